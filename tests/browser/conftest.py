"""A real server on a free port, a real Chromium, a desk that is signed in."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from signage import clock
from signage.actions import accounts
from signage.models import User
from tests.browser.house import House
from tests.browser.house import house as opened
from tests.serving import Server, free_port


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
def house(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Two versions of the server behind one gate, started once."""
    with opened(tmp_path_factory.mktemp("house"), empty_file) as made:
        yield made


@pytest.fixture
def lead_id(server: Server) -> int:
    """An account at the server's desk."""
    with server.database.write() as session:
        user = User(
            email="lead@example.com", name="Lead", password_hash="-", language="en", role="admin",
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
