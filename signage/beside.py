"""Running what keeps Python busy in a process of its own, beside the server.

A thread is not enough for it: recognising languages holds the interpreter while it reads its
models, for a second on a quiet machine and for many on a busy one, and the loop stands still
meanwhile – in the worst case with the database's write lock in its hand (docs/decisions/0034).

Only a server starts one. Everywhere else, such as in a command, the work is done at the spot.
"""

import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, ParamSpec, TypeVar, cast

from gevent import Timeout
from gevent.lock import RLock
from gevent.subprocess import PIPE, Popen

from signage.offloop import off_loop

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 60.0
"""Seconds for one call, on a machine that has much else to do."""

_LENGTH = struct.Struct("!Q")


class TookTooLong(Exception):
    """The process was given up, and what it was asked is not known."""


class Helper:
    """One process, started when it is first asked, and again when it is gone."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._process: Popen[bytes] | None = None
        self._turn = RLock()

    def call(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `call` gives; it and all that it takes must be known by name there. Raises
        TookTooLong after the patience, and EOFError where the process died of it twice."""
        asked = pickle.dumps((call, args, kwargs))
        with self._turn:
            try:
                done, error = self._ask(asked)
            except (EOFError, OSError):  # killed, e.g. for want of memory: one more may do it
                done, error = self._ask(asked)
        if error is not None:
            raise error
        return cast("T", done)

    def stop(self) -> None:
        """End the process; again is harmless."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    pipe.close()
            process.wait()

    def _ask(self, asked: bytes) -> tuple[object, Exception | None]:
        if self._process is None:
            self._process = Popen([sys.executable, "-m", __name__], stdin=PIPE, stdout=PIPE)
        try:
            with Timeout(self._patience, TookTooLong()):
                _write(self._process.stdin, asked)
                # Its own child's words, through a pipe that nobody else has.
                answered = pickle.loads(_read(self._process.stdout))  # noqa: S301
                return cast("tuple[object, Exception | None]", answered)
        except BaseException:  # its answer may still come, and would be taken for the next one's
            self.stop()
            raise


_HELPERS: list[Helper] = []
"""The server's, while there is one."""


def start() -> None:
    """From now on `beside` has a process of its own."""
    if not _HELPERS:
        _HELPERS.append(Helper())


def stop() -> None:
    """End it; again is harmless."""
    while _HELPERS:
        _HELPERS.pop().stop()


def beside(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `call` in the process beside the server; off the loop where there is none."""
    if _HELPERS:
        return _HELPERS[0].call(call, *args, **kwargs)
    return off_loop(call, *args, **kwargs)


def answer(asked: IO[bytes], answers: IO[bytes]) -> None:
    """What the process does: one call after another until nobody asks any more."""
    with suppress(EOFError):
        while True:
            call, args, kwargs = pickle.loads(_read(asked))  # noqa: S301 - the parent's
            done: tuple[object, Exception | None]
            try:
                done = call(*args, **kwargs), None
            except Exception as error:
                done = None, error
            _write(answers, pickle.dumps(done))


def _write(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)) + message)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    found = b""
    while len(found) < length:
        if not (more := pipe.read(length - len(found))):
            raise EOFError
        found += more
    return found


if __name__ == "__main__":
    os.nice(5)  # pages go first
    # Whoever stops the server from a terminal stops it; this process ends when its pipe does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        answer(sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:  # the server was killed: nobody waits for the answer
        os._exit(0)
