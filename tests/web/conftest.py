"""The HTTP side of an empty product, with browsers that are signed in and out."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import gevent
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from signage import clock
from signage.actions import sign_ins, tokens
from signage.models import Database
from signage.settings import Settings
from signage.web import create_flask
from signage.web.context import Parts
from signage.web.security import limiter
from signage.words import speaking
from tests.providers import HonestProvider, Liar, liar
from tests.serving import free_port

SECRET = "a key that only this test knows, long enough"


class Browser:
    """A Flask test client that sends CSRF tokens as a page's form would."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, headers: dict[str, str] | None = None) -> TestResponse:
        """Open a page."""
        return self.client.get(path, buffered=True, headers=headers)

    def csrf(self) -> str:
        """The token that this browser's forms hold."""
        page = self.get("/sign-in").text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, page
        return found[1]

    def post(self, path: str, **fields: object) -> TestResponse:
        """Send a form."""
        return self.client.post(path, data={"csrf_token": self.csrf(), **fields})


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Requests choose a language; none of it must reach another test."""
    with speaking("en"):
        yield


@pytest.fixture(autouse=True)
def no_minute_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries are counted by the minute; on a busy machine a test may take longer to make them."""
    began = time.time()
    monkeypatch.setattr("limits.storage.memory.time", SimpleNamespace(time=lambda: began))


def at_home(folder: Path) -> Settings:
    """Settings for a product reached on this machine."""
    return Settings(
        data=folder, database_url=f"sqlite:///{folder / 'signage.db'}", secret_key=SECRET,
        url="http://localhost", host="127.0.0.1", port=80,
    )  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return at_home(tmp_path)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The HTTP side, made once: compiling its templates takes longer than most tests."""
    folder = tmp_path_factory.mktemp("web")
    database = Database(f"sqlite:///{folder / 'signage.db'}")
    yield create_flask(at_home(folder), database, dict)
    database.engine.dispose()
    gevent.get_hub().destroy(destroy_loop=True)


@pytest.fixture
def app(made_once: Flask, settings: Settings, database: Database) -> Flask:
    """The HTTP side on this test's database, with nobody's tries counted yet."""
    made_once.extensions["signage"] = Parts(settings, database, dict)
    limiter.reset()
    return made_once


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A program, or a browser that sends no form."""
    return app.test_client()


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The moment: handlers ask the clock themselves, and it stands still meanwhile, however slow
    the machine is."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


@pytest.fixture
def nobody(app: Flask, lead: int) -> Browser:  # noqa: ARG001 - somebody has an account
    """A browser that is not signed in."""
    return Browser(app.test_client())


@pytest.fixture
def desk(app: Flask, database: Database, lead: int, now: datetime) -> Browser:
    """A browser of the lead, signed in."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["sign_in"] = sign_ins.sign_in(database, lead, at=now)
    return Browser(client)


@pytest.fixture
def gone() -> Iterator[Database]:
    """A database whose server does not answer."""
    database = Database(f"postgresql+psycopg://nobody:word@127.0.0.1:{free_port()}/none")
    yield database
    database.engine.dispose()


@pytest.fixture
def token(database: Database, lead: int, now: datetime) -> str:
    """An API token."""
    return tokens.issue_token(database, "Survey tool", user_id=lead, at=now)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Every SQL statement that runs meanwhile, but for BEGIN."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


@pytest.fixture(scope="session")
def honest() -> Iterator[HonestProvider]:
    with HonestProvider() as provider:
        yield provider


@pytest.fixture
def lying() -> Iterator[Liar]:
    with liar() as provider:
        yield provider
