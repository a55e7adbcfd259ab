"""A service that a test starts, stops, pauses and kills."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.patience import PATIENCE
from tests.serving import free_port


class Service:
    """A process that listens on `port` of 127.0.0.1, with its files in `folder`."""

    user = ""
    """Who runs it where this is run by root; "" for root itself."""
    abruptly = signal.SIGKILL

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="signage-"))
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def start(self) -> None:
        """Run; back once it answers. Again is harmless."""
        if self._process is not None:
            return
        command = [*self.as_user("--pdeathsig=INT"), *self.command()]
        said = self.folder / "said"
        with said.open("wb") as out:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=self.folder
            )
        patient_until = time.monotonic() + PATIENCE
        while not self.answers():
            told = f"{command}: {said.read_text(errors='replace')}"
            assert self._process.poll() is None, f"ended at once: {told}"
            assert time.monotonic() < patient_until, f"does not answer: {told}"
            time.sleep(0.02)

    def stop(self, *, kill: bool = False) -> None:
        """End it, cutting off whoever is connected; `kill` as a power cut would. Again is
        harmless."""
        if self._process is not None:
            self._process.send_signal(self.abruptly if kill else signal.SIGINT)
            self._process.wait(timeout=PATIENCE)
            self._process = None

    def pause(self) -> None:
        """It keeps its connections and answers nothing."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """After a pause."""
        self._signal(signal.SIGCONT)

    def end(self) -> None:
        """Stop it and forget its files."""
        self.go_on()
        self.stop(kill=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def as_user(self, *options: str) -> Sequence[str]:
        """What stands before a command so that the right user runs it."""
        if self.user and os.geteuid() == 0:
            options = (f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups", *options)
        return ("setpriv", *options) if options else ()

    def command(self) -> Sequence[str]:
        """What is run."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Whether it is up."""
        raise NotImplementedError

    def _signal(self, number: int) -> None:
        if self._process is not None:
            for pid in (self._process.pid, *_children(self._process.pid)):
                with suppress(ProcessLookupError):  # one of its children ended meanwhile
                    os.kill(pid, number)


def _children(parent: int) -> Iterator[int]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:  # it has ended meanwhile
            continue
        if int(text.rpartition(")")[2].split()[1]) == parent:
            yield int(stat.parent.name)
