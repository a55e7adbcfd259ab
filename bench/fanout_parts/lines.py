"""Asking a process of the bench's own: one line of JSON there, one back."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Protocol

from bench.fanout_parts.processes import GENERATOR, Talker

IDLE_SECONDS = 1.0
"""So long is a line waited for before there is a rest."""


class _Asked(Protocol):
    def rest(self) -> None: ...
    def close(self) -> None: ...


def obey(whom: _Asked) -> None:
    """Call what standard input names, until it ends. While nothing is asked it rests once a second:
    a server cuts off clients that leave its pings unanswered, however busy others are meanwhile."""
    lines: SimpleQueue[str] = SimpleQueue()
    Thread(target=_read, args=(lines,), daemon=True).start()
    try:
        print(json.dumps("ready"), flush=True)
        while line := _next(lines, whom):
            name, arguments = json.loads(line)
            print(json.dumps(getattr(whom, name)(*arguments)), flush=True)
    finally:
        whom.close()


def _read(lines: SimpleQueue[str]) -> None:
    for line in sys.stdin:
        lines.put(line)
    lines.put("")


def _next(lines: SimpleQueue[str], whom: _Asked) -> str:
    while True:
        try:
            return lines.get(timeout=IDLE_SECONDS)
        except Empty:
            whom.rest()


class Asked:
    """The other end."""

    def __init__(self, module: str, *arguments: str, core: int = GENERATOR) -> None:
        self._talker = Talker(
            (sys.executable, "-m", f"bench.fanout_parts.{module}", *arguments), core
        )

    def ready(self) -> None:
        """Wait until it can be asked."""
        assert self.answer() == "ready"

    def begin(self, name: str, *arguments: object) -> None:
        """Ask without waiting."""
        self._talker.tell(json.dumps([name, arguments]))

    def answer(self) -> Any:  # noqa: ANN401 - JSON
        """What it says to what was begun."""
        return json.loads(self._talker.hear())

    def ask(self, name: str, *arguments: object) -> Any:  # noqa: ANN401 - JSON
        """Ask and wait."""
        self.begin(name, *arguments)
        return self.answer()

    @property
    def process_id(self) -> int:
        """Of the process."""
        return self._talker.process_id

    def end(self) -> None:
        """Let it end, and what it started."""
        self._talker.end()


@contextmanager
def asked(module: str, *arguments: str, core: int = GENERATOR) -> Iterator[Asked]:
    """A process that starts, and is ended whatever happens."""
    process = Asked(module, *arguments, core=core)
    try:
        yield process
    finally:
        process.end()
