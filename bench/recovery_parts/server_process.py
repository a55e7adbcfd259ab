"""A real `signage serve` that can be killed and started again, and what it says meanwhile."""

import resource
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from bench.recovery_parts.own_clock import set_clock

SERVE = ("-m", "bench.recovery_parts.own_clock", "serve")
FSIZE = resource.RLIMIT_FSIZE
LINES, WIDTH = 4, 300
"""Of what a server said last: so many lines, with so many characters each."""


@dataclass(slots=True)
class ServerProcess:
    """One server, that can be killed and started again."""

    port: int
    environment: dict[str, str]
    log: Path
    program: tuple[str, ...] = SERVE
    """What Python runs, with its port behind."""
    process: "subprocess.Popen[bytes] | None" = None
    by_itself: bool = False
    """Whether it ended by itself, and no fault of the program has started it again since."""
    started_at: float = 0.0
    """By the monotonic clock."""
    _before: int = 0
    """Bytes of the log from before this start."""

    @property
    def name(self) -> str:
        """As its log's file is called."""
        return self.log.stem

    @property
    def code(self) -> int | None:
        """With which it ended by itself; None while it runs, or where it was killed."""
        return None if self.process is None else self.process.poll()

    @property
    def served(self) -> bool:
        """Whether it came to take requests, after its latest start."""
        return any(line.startswith("Serving on ") for line in self.words())

    def age(self) -> float:
        """Seconds since its latest start."""
        return monotonic() - self.started_at

    def words(self) -> list[str]:
        """What it said since its latest start, in lines."""
        with self.log.open("rb") as log:
            log.seek(self._before)
            return log.read().decode("utf-8", "replace").splitlines()

    def last_words(self) -> str:
        """The end of it, cut to what a line can take."""
        return " / ".join(line[:WIDTH] for line in self.words()[-LINES:]) or "it said nothing"

    def takes_requests(self) -> bool:
        """Whether it said so, and listens. It listens for a moment as soon as it begins to start,
        to see whether it may."""
        return self.served and self.takes_connections()

    def takes_connections(self) -> bool:
        """Whether somebody listens."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=0.5):
                return True
        except OSError:
            return False

    def start(self, *, by_itself: bool = False) -> None:
        """Run; it takes requests a moment later."""
        self.kill()
        self.by_itself, self.started_at = by_itself, monotonic()
        with self.log.open("ab") as log:
            self._before = log.tell()
            # It ends with this process, even if that is killed.
            tied = ("setpriv", "--pdeathsig=KILL", sys.executable)
            self.process = subprocess.Popen(
                [*tied, *self.program, "--port", str(self.port)],
                env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip

    def kill(self) -> None:
        """As a power cut would; again is harmless."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def pause(self, *, on: bool) -> None:
        """It answers nothing for a while."""
        if self.process is not None:
            self.process.send_signal(signal.SIGSTOP if on else signal.SIGCONT)

    def set_clock(self, seconds: float) -> None:
        """Its clock is ahead by so much from now on."""
        set_clock(Path(self.environment["BENCH_CLOCK"]), seconds)

    def fill_disk(self, most: int) -> None:
        """No file of it grows beyond so many bytes; -1: as before."""
        if self.process is not None and self.process.poll() is None:
            hard = resource.prlimit(self.process.pid, FSIZE)[1]
            resource.prlimit(self.process.pid, FSIZE, (hard if most < 0 else most, hard))
