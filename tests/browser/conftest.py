"""A real server on a free port, a real Chromium, a desk that is signed in."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from signage import clock
from signage.actions import accounts, screens
from signage.actions.screens import ScreenDraft
from signage.models import Database, User

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@dataclass
class Server:
    """A `signage serve` process that can be killed and started again on its data."""

    data: Path
    port: int
    secret_key: str = "a key that only this test knows, long enough"
    process: "subprocess.Popen[str] | None" = None
    database: Database = field(init=False)

    def __post_init__(self) -> None:
        self.database = Database(f"sqlite:///{self.data / 'signage.db'}")

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
        }

    def start(self, program: tuple[str, ...] = ("-m", "signage", "serve")) -> None:
        """Start it; back once it says that it takes requests."""
        self.process = subprocess.Popen(
            [sys.executable, "-u", *program],
            env=self.environment, stdout=subprocess.PIPE, text=True,
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
        code = self.process.wait(timeout=20)
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
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(empty_file: Path, tmp_path: Path) -> Iterator[Server]:
    """A running server with an empty database."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(empty_file, data / "signage.db")
    running = Server(data, free_port())
    running.start()
    yield running
    running.stop()
    running.database.engine.dispose()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    found = next(
        path
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (path := shutil.which(name))
    )
    launched = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
    yield launched
    launched.close()


@pytest.fixture
def lead_id(server: Server) -> int:
    """An account at the server's desk."""
    with server.database.write() as session:
        user = User(
            email="lead@example.com", name="Lead", password_hash="-", language="en",
            created_at=clock.now(),
        )  # fmt: skip
        session.add(user)
        session.flush()
        return user.id


@pytest.fixture
def desk(server: Server, browser: Browser, lead_id: int) -> Iterator[Page]:
    """A desk that is signed in, by a one-time link as a person would."""
    token = accounts.invite(server.database, at=clock.now(), user_id=lead_id)
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{server.url}/link/{token}")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/review**")
    yield page
    context.close()


def moment() -> datetime:
    """Now: browser tests run against a server whose clock goes on."""
    return clock.now()
