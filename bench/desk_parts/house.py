"""A running product in which so many comments wait, and a lead who is signed in in Chromium."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from bench.answers import comment, the_same_chance
from bench.table import say
from signage import clock
from signage.actions import accounts
from signage.actions.receive import receive
from signage.actions.setup import set_up
from signage.intake.draft import draft_from
from signage.migrate import migrate
from signage.models import Database, User
from tests.services import fresh_postgres
from tests.serving import FLAGS, Server, chromium, free_port

BATCH = 2_000


@contextmanager
def desk(kind: str, waiting: int) -> Iterator[Page]:
    """The review page over `kind` (sqlite or postgresql), loaded."""
    say(f"{kind}: {waiting:,} comments come in")
    with ExitStack() as ending:
        data = Path(ending.enter_context(TemporaryDirectory(prefix="bench-desk-")))
        chosen = {"SIGNAGE_SCHEDULE": "0"}
        if kind == "postgresql":
            chosen["DATABASE_URL"] = ending.enter_context(fresh_postgres())
        server = Server(data, free_port(), chosen=chosen, log=data / "log")
        ending.callback(server.database.engine.dispose)
        _fill(server.database, waiting, at=clock.now())
        token = accounts.invite(server.database, at=clock.now(), user_id=_lead(server.database))
        ending.callback(server.stop)
        server.start()
        browser = ending.enter_context(_browser())
        yield _signed_in(browser, server.url, token)


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield launched
        launched.close()


def _signed_in(browser: Browser, url: str, token: str) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{url}/link/{token}")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/review**")
    page.locator("#preview-facts li").first.wait_for()
    return page


def _lead(database: Database) -> int:
    with database.write() as session:
        user = User(
            email="lead@example.com", name="Lead", language="en", role="lead",
            password_hash="-",  # noqa: S106 - nobody signs in with it
            created_at=clock.now(),
        )  # fmt: skip
        session.add(user)
        session.flush()
        return user.id


def _fill(database: Database, waiting: int, *, at: datetime) -> None:
    if database.is_sqlite:
        migrate(database)
        set_up(database)
    chance = the_same_chance()
    for first in range(0, waiting, BATCH):
        drafts = [
            draft_from(
                {
                    "source": "bench", "external_id": str(number), "score": number % 11,
                    "comment": comment(chance), "touchpoint": f"Place {number % 7}",
                },
                at=at, payload="{}",
            )
            for number in range(first, min(first + BATCH, waiting))
        ]  # fmt: skip
        receive(database, drafts, at=at)
