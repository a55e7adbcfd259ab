"""A running product with the demo's content, and a Chromium that looks at its wall."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from sqlalchemy import select

from signage import clock
from signage.actions import decide
from signage.actions.prefer import prefer
from signage.actions.setup import set_up
from signage.demo.seed import seed
from signage.migrate import migrate
from signage.models import Database, Preferences, User
from tests import answers
from tests.serving import FLAGS, Server, chromium, free_port

THROTTLE = 4
SIZE = {"width": 1920, "height": 1080}
SCENE = ".stage .layer"
SAID = "the lamp was mended while I drank a coffee downstairs."
KIOSK = Path(__file__).parents[2] / "kiosk" / "chromium" / "flags.conf"
_NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class House:
    """A server, and the address of the demo's wall."""

    server: Server
    wall: str

    def publish(self) -> int:
        """Somebody says something, and it goes on show, as by a lead's key; gives its id."""
        at, number = clock.now(), next(_NUMBERS)
        quote_id = answers.waiting(
            self.database, f"bench-{number}", at=at, comment=f"Visit {number}: {SAID}"
        )
        decide.approve(self.database, quote_id, revision=0, user_id=self._lead(), at=at)
        return quote_id

    def withdraw(self, quote_id: int, at: datetime | None = None) -> None:
        """It leaves all walls."""
        decide.withdraw(
            self.database, quote_id, reason="other", user_id=self._lead(), at=at or clock.now()
        )

    @property
    def database(self) -> Database:
        """The server's."""
        return self.server.database

    def _lead(self) -> int:
        with self.database.read() as session:
            return session.scalars(select(User.id).limit(1)).one()


@contextmanager
def house() -> Iterator[House]:
    """The demo, served on a port of its own; ended afterwards."""
    with ExitStack() as ending:
        data = Path(ending.enter_context(TemporaryDirectory(prefix="bench-player-")))
        server = Server(data, free_port(), log=data / "log")
        ending.callback(server.database.engine.dispose)
        migrate(server.database)
        set_up(server.database)
        seeded = seed(server.database, server.secret_key, kept=data / "wall-link", at=clock.now())
        prefer(server.database, Preferences(grace_seconds=0), at=clock.now())
        ending.callback(server.stop)
        server.start()
        yield House(server, f"{server.url}/wall#{seeded.wall_key}")


@contextmanager
def browsers(many: int) -> Iterator[list[Browser]]:
    """So many Chromiums, each with processes of its own; ended afterwards. The first runs scripts
    as a kiosk does, the others as Chromium comes."""
    flags = [*FLAGS, "--enable-precise-memory-info"]
    with sync_playwright() as playwright, ExitStack() as ending:
        launched = []
        for place in range(many):
            chosen = flags if place else [*flags, *_kiosks()]
            each = playwright.chromium.launch(executable_path=chromium(), args=chosen)
            ending.callback(each.close)
            launched.append(each)
        yield launched


def _kiosks() -> list[str]:
    """Of the kiosk's flags those for scripts."""
    lines = KIOSK.read_text("utf-8").splitlines()
    return [line for line in lines if line.startswith("--js-flags")]


def cdp(page: Page, *, slow: bool) -> CDPSession:
    """The page's own line to the browser; its main thread is throttled where `slow`."""
    line = page.context.new_cdp_session(page)
    if slow:
        line.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
    return line


def metrics(line: CDPSession) -> dict[str, Any]:
    """Chromium's figures of a page, after a collection: heap, nodes, time of tasks."""
    told = line.send("Performance.getMetrics")["metrics"]
    return {each["name"]: each["value"] for each in told}
