"""What every test starts from: an empty product on real SQLite, and a moment that stands still."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from sqlalchemy import event

from signage.actions.setup import set_up
from signage.migrate import migrate
from signage.models import Database, User
from tests.serving import FLAGS, chromium

# A busy machine must not fail a test, and the same code must give the same result twice.
settings.register_profile("signage", deadline=None, derandomize=True)
settings.load_profile("signage")
expect.set_options(timeout=30_000)


@pytest.fixture
def at() -> datetime:
    """The moment: a Tuesday morning."""
    return datetime(2026, 4, 14, 7, 42, tzinfo=UTC)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file, made once and copied for each test."""
    path = tmp_path_factory.mktemp("empty") / "signage.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    set_up(database)
    database.engine.dispose()
    return path


@pytest.fixture
def database(empty_file: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty product's database."""
    path = tmp_path / "signage.db"
    path.write_bytes(empty_file.read_bytes())
    opened = Database(f"sqlite:///{path}")
    # A test's file need not outlive a power cut; without the waiting the suite is twice as fast.
    event.listen(opened.engine, "connect", _write_without_waiting)
    yield opened
    opened.engine.dispose()


def _write_without_waiting(connection: Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def lead(database: Database, at: datetime) -> int:
    """The id of a CX lead."""
    with database.write() as session:
        user = User(
            email="lead@example.com", name="Lead", password_hash="-", language="en", created_at=at
        )
        session.add(user)
        session.flush()
        return user.id


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    launched = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
    yield launched
    launched.close()
