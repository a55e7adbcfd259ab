"""One running desk for a module of tests, emptied for each of them, and people who review at it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete, select

from signage import clock
from signage.actions import accounts
from signage.actions.prefer import LONGEST_GRACE, prefer
from signage.models import (
    Claim,
    Database,
    Decision,
    Preferences,
    Quote,
    Shortcuts,
    SurveyResponse,
    Tag,
    User,
)
from tests import answers
from tests.live.conftest import eventually
from tests.serving import Server, free_port

UNHURRIED = Preferences(grace_seconds=LONGEST_GRACE)
"""What is approved is not on the wall, and can be taken back, until a slow machine has looked."""


@contextmanager
def serving(empty_file: Path, data: Path) -> Iterator[Server]:
    shutil.copy(empty_file, data / "signage.db")
    running = Server(data, free_port())
    prefer(running.database, UNHURRIED, at=clock.now())
    running.start()
    yield running
    running.stop()
    running.database.engine.dispose()


def empty(database: Database) -> None:
    """Nothing has come in, and nobody chose keys."""
    with database.write() as session:
        for table in (SurveyResponse, Tag, Shortcuts, Claim):
            session.execute(delete(table))


def person(database: Database, name: str) -> int:
    """An account; the same one for the same name."""
    email = f"{name.lower()}@example.com"
    with database.write() as session:
        found = session.scalar(select(User.id).where(User.email == email))
        if found is not None:
            return found
        user = User(
            email=email, name=name, password_hash="-", language="en", role="lead",
            created_at=clock.now(),
        )  # fmt: skip
        session.add(user)
        session.flush()
        return user.id


def sign_in(page: Page, server: Server, user_id: int) -> None:
    """By a one-time link, as a person would."""
    token = accounts.invite(server.database, at=clock.now(), user_id=user_id)
    page.goto(f"{server.url}/link/{token}")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/review**")


@contextmanager
def at_desk(browser: Browser, server: Server, name: str) -> Iterator[Page]:
    """Somebody who is signed in, on a page of their own."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    sign_in(page, server, person(server.database, name))
    yield page
    context.close()


def wait(server: Server, *comments: str, **fields: object) -> list[int]:
    """Comments that wait; gives their quotes."""
    return [
        answers.waiting(
            server.database,
            f"{clock.now().timestamp()}-{number}",
            at=clock.now(),
            comment=comment,
            **fields,
        )
        for number, comment in enumerate(comments)
    ]


def review(page: Page, server: Server) -> Page:
    """The review page, ready for the next key; marked, so that a page load would be noticed."""
    page.goto(f"{server.url}/desk/review")
    page.locator("#preview-facts li").first.wait_for()
    page.evaluate("window.neverLoaded = true")
    return page


def shows(page: Page, words: str) -> None:
    """These words are on show, and the page takes decisions again."""
    expect(page.locator("#words")).to_have_text(words)
    page.locator("main[data-settled]:not([data-settled=''])").wait_for()


def stayed(page: Page) -> bool:
    """Whether no page was loaded since `review`."""
    return page.evaluate("window.neverLoaded") is True


def becomes(page: Page, quote: int, verdict: str) -> None:
    """The line of the queue says so."""
    expect(page.locator(f"#lines li[data-quote='{quote}'] .note")).to_contain_text(verdict)


def is_now(server: Server, quote: int, state: str) -> None:
    """The server has it: the page goes on before it does."""
    eventually(lambda: answers.state_of(server.database, quote) == state)


def latest(database: Database, quote: int) -> Decision:
    """The latest decision on a quote."""
    with database.read() as session:
        return (
            session.scalars(
                select(Decision).where(Decision.quote_id == quote).order_by(Decision.id.desc())
            ).first()
            or Decision()
        )


def quote_of(database: Database, quote: int) -> Quote:
    with database.read() as session:
        return session.get_one(Quote, quote)
