"""What every test starts from: an empty product on a real database, and a moment that stands still.

The database is SQLite; tests marked `both` run on PostgreSQL too.
"""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright
from sqlalchemy import event

from signage.actions.setup import set_up
from signage.migrate import migrate
from signage.models import Database, User
from tests.patience import PATIENCE
from tests.services import fresh_postgres
from tests.serving import FLAGS, chromium

# A busy machine must not fail a test, and the same code must give the same result twice.
settings.register_profile("signage", deadline=None, derandomize=True)
settings.load_profile("signage")
expect.set_options(timeout=1000 * PATIENCE)


BACKENDS = ("sqlite", "postgresql")
BOTH = (
    "models/*",
    *(
        f"actions/test_{name}.py"
        for name in (
            "decide", "editions", "epochs", "erase", "hang", "outbox", "receipts", "receive",
            "screens", "tally", "turns",
        )
    ),
)  # fmt: skip
"""Tests that all run on both: of models, and of what must not be lost on the way to a wall."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "both: run on SQLite and on PostgreSQL")
    config.addinivalue_line("markers", "sqlite_alone: about SQLite, where all others run on both")
    for name in ("engineio.client", "socketio.client"):
        logging.getLogger(name).propagate = False  # the tests' own: the product has none


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    both = "both" in marks or any(metafunc.definition.path.match(each) for each in BOTH)
    if both and "sqlite_alone" not in marks and "backend" in metafunc.fixturenames:
        metafunc.parametrize("backend", BACKENDS, indirect=True, scope="session")


@pytest.fixture(scope="session")
def backend(request: pytest.FixtureRequest) -> str:
    """sqlite or postgresql: what this test's product keeps its data in."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture(autouse=True)
def _levels() -> Iterator[None]:
    """What one test has the log tell, the next does not inherit."""
    names = ("", "signage.delivery", "apscheduler.scheduler")
    loggers = [logging.getLogger(name) for name in names]
    levels = [each.level for each in loggers]
    yield
    for each, level in zip(loggers, levels, strict=True):
        each.setLevel(level)


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
def database_url(backend: str, empty_file: Path, tmp_path: Path) -> Iterator[str]:
    """Where an empty product keeps its data; several processes may open it."""
    if backend == "postgresql":
        with fresh_postgres() as url:
            yield url
        return
    path = tmp_path / "signage.db"
    path.write_bytes(empty_file.read_bytes())
    yield f"sqlite:///{path}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty product's database."""
    opened = Database(database_url)
    if opened.is_sqlite:
        # A test's file need not outlive a power cut; without the waiting the suite is twice as
        # fast.
        event.listen(opened.engine, "connect", write_without_waiting)
    yield opened
    opened.engine.dispose()


def write_without_waiting(connection: Connection, _record: object) -> None:
    """For SQLAlchemy's `connect`."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def lead(database: Database, at: datetime) -> int:
    """The id of a CX lead who may do everything."""
    with database.write() as session:
        user = User(
            email="lead@example.com", name="Lead", password_hash="-", language="en", role="admin",
            created_at=at,
        )  # fmt: skip
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
    launched.on("context", patient)
    yield launched
    launched.close()


def patient(context: BrowserContext) -> None:
    """Have a browser's pages wait for a busy machine as long as `expect` does."""
    context.set_default_timeout(1000 * PATIENCE)
