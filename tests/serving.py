"""A real `signage serve` on a free port, and what starts Chromium."""

import os
import random
import shutil
import socket
import subprocess
import sys
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from signage import clock
from signage.actions import screens
from signage.actions.screens import ScreenDraft
from signage.models import Database
from tests.patience import PATIENCE

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WORKERS = 16
REFUSED = {10_080}
"""Ports of these that browsers open no page on (the Fetch standard's bad ports)."""


@dataclass
class Server:
    """A `signage serve` process that can be killed and started again on its data."""

    data: Path
    port: int
    secret_key: str = "a key that only this test knows, long enough"
    chosen: dict[str, str] = field(default_factory=dict)
    """More of the environment, such as DATABASE_URL."""
    process: "subprocess.Popen[str] | None" = None
    log: Path | None = None
    """A file that its log is written to; the test's own standard error where none is."""
    database: Database = field(init=False)

    def __post_init__(self) -> None:
        inside = f"sqlite:///{self.data / 'signage.db'}"
        self.database = Database(self.chosen.get("DATABASE_URL", inside))

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "SIGNAGE_DATA": str(self.data),
            "SIGNAGE_PORT": str(self.port),
            "SIGNAGE_SECRET_KEY": self.secret_key,
            "LANG": "en",
            **self.chosen,
        }

    def start(self, program: tuple[str, ...] = ("-m", "signage", "serve")) -> None:
        """Start it; back once it says that it takes requests."""
        with nullcontext() if self.log is None else self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-u", *program],
                env=self.environment, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert "Serving on" in line, line

    def stop(self) -> None:
        """End it as a service manager would; again is harmless."""
        if self.process is not None:
            self.process.terminate()
            self.wait()

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.wait()

    def wait(self) -> int:
        """Until it has ended; gives its exit code."""
        assert self.process is not None
        code = self.process.wait(timeout=PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None
        return code

    def wall_link(self, **chosen: object) -> str:
        """The link of a new screen."""
        draft = ScreenDraft("Canteen", site="Solna, floor 4", theme="ink", **chosen)  # type: ignore[arg-type]
        _, key = screens.add_screen(self.database, self.secret_key, draft, at=clock.now())
        return f"{self.url}/wall#{key}"


def free_port() -> int:
    """A port that nothing listens on, and that no other worker of this run of the tests is given
    between this and the start of the one who will."""
    for port in _ports:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("every port is taken")


def _shuffled() -> list[int]:
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    # Below the ports that the system hands to outgoing connections.
    ports = range(10_000 + worker % WORKERS, 32_000, WORKERS)
    chosen = [port for port in ports if port not in REFUSED]
    return random.sample(chosen, len(chosen))


_ports = cycle(_shuffled())


def chromium() -> str:
    """Where this machine's Chromium is."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(path for name in names if (path := shutil.which(name)))
