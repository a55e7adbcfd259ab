"""Processes that are told lines and answer lines, and what they cost."""

import contextlib
import os
import select
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

SERVERS, GENERATOR = 0, 1
"""The cores: whoever serves has one, and who measures the other."""
_END_SECONDS = 10


class Talker:
    """A process with one core that ends as soon as nobody holds its input; log: where its errors
    are written, those of the bench where none is."""

    def __init__(
        self,
        command: Sequence[str],
        core: int,
        environ: Mapping[str, str] | None = None,
        *,
        log: IO[str] | None = None,
    ) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            start_new_session=True,  # Ctrl+C is for the bench alone, which ends the others
            env=None if environ is None else {**os.environ, **environ},
            stderr=log,
        )
        # Threads that it starts from now on have the same core.
        pin(core, self._process.pid)

    @property
    def process_id(self) -> int:
        """Of the process."""
        return self._process.pid

    def tell(self, line: str) -> None:
        """Say a line and go on."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")

    def hear(self) -> str:
        """The next line; raises RuntimeError when the process has ended."""
        assert self._process.stdout is not None
        if line := self._process.stdout.readline():
            return line.rstrip("\n")
        self._process.wait()
        raise RuntimeError(f"{self._process.args!r} ended with {self._process.returncode}")

    def has_spoken(self) -> bool:
        """Whether there is a line to hear, or an end, without waiting."""
        assert self._process.stdout is not None
        poll = select.poll()
        poll.register(self._process.stdout, select.POLLIN)
        return bool(poll.poll(0))

    def ask(self, line: str) -> str:
        """Say a line and wait for the answer."""
        self.tell(line)
        return self.hear()

    def processor(self) -> int:
        """Nanoseconds of processor time so far, of all its threads."""
        tasks = Path(f"/proc/{self._process.pid}/task")
        return sum(
            int((task / "schedstat").read_text().split()[0]) for task in list(tasks.iterdir())
        )

    def memory(self) -> int:
        """Bytes that are its own, shared pages in parts (PSS)."""
        rollup = Path(f"/proc/{self._process.pid}/smaps_rollup").read_text("ascii")
        line = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
        return int(line.split()[1]) * 1024

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._close()

    def end(self) -> None:
        """Close its input, which ends it; again is harmless."""
        with contextlib.suppress(BrokenPipeError, ValueError):
            assert self._process.stdin is not None
            self._process.stdin.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._close()

    def _close(self) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(BrokenPipeError):
                if stream is not None:
                    stream.close()
        self._process.wait()


def pin(core: int, process: int = 0) -> None:
    """Let a process, or this one, run on one core; where there is only one, on that."""
    cores = sorted(os.sched_getaffinity(0) | set(range(os.cpu_count() or 1)))
    os.sched_setaffinity(process, {cores[min(core, len(cores) - 1)]})
