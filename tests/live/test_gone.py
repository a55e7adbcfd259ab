"""Without its database a server says so to walls in one word, and heals by itself."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from socketio.exceptions import ConnectionError as NotLetIn

from signage import clock
from signage.actions.screens import ScreenDraft, add_screen
from signage.models import User
from tests.answers import at_once, hung
from tests.live.conftest import PATIENCE, Wall, eventually
from tests.live.raw import Raw
from tests.live.test_announce import next_change
from tests.services import Postgres
from tests.serving import Server, free_port


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL that may be stopped."""
    with Postgres() as running:
        yield running


@pytest.fixture
def server(postgres: Postgres, tmp_path: Path) -> Iterator[Server]:
    """A server on it, whose log is kept."""
    chosen = {"DATABASE_URL": postgres.create()}
    running = Server(tmp_path, free_port(), chosen=chosen, log=tmp_path / "log")
    running.start()
    yield running
    running.stop()
    running.database.engine.dispose()


def comes_in(server: Server, key: str) -> str:
    """Why a new wall is refused; "" when it is let in and answered."""
    wall = Wall(server.url)
    try:
        wall.connect({"token": key, "protocol": 1}).call("hello", {})
    except NotLetIn:
        return str(wall.next("connect_error")["data"]["reason"])
    finally:
        wall.leave()
    return ""


def test_walls_are_told_to_come_later_and_do(server: Server, postgres: Postgres) -> None:
    at_once(server.database)
    with server.database.write() as session:
        user = User(
            email="lead@example.com", name="Lead", password_hash="-", language="en", role="admin",
            created_at=clock.now(),
        )  # fmt: skip
        session.add(user)
    _, key = add_screen(server.database, server.secret_key, ScreenDraft("Lobby"), at=clock.now())
    wall = Wall(server.url).connect({"token": key, "protocol": 1})
    wall.call("hello", {})
    raw, auth = Raw(server.port), json.dumps({"token": key, "protocol": 1})
    raw.say(f"40/wall,{auth}")
    while not raw.hear().startswith("40/wall,{"):
        continue

    postgres.stop(kill=True)
    raw.say('42/wall,1["heartbeat",{}]')
    while raw.hear() != "41/wall,":
        continue
    raw.say(f"40/wall,{auth}")
    assert "later" in raw.hear(), "nothing comes after the goodbye"
    raw.leave()
    wall.say("heartbeat", {}, lambda *_: None)
    wall.next("disconnect")
    wall.leave()
    assert [comes_in(server, key) for _ in range(3)] == ["later"] * 3
    counted = requests.get(f"{server.url}/metrics", timeout=PATIENCE).text
    assert 'signage_refused_total{reason="later"} 4.0' in counted
    assert 'signage_cut_off_total{reason="database"} 2.0' in counted

    postgres.start()
    eventually(lambda: comes_in(server, key) == "")
    wall = Wall(server.url).connect({"token": key, "protocol": 1})
    wall.call("hello", {})
    quote = hung(server.database, "after", lead=user.id, at=clock.now())
    next_change(wall, f"q{quote}", "put")
    wall.leave()
    told = (server.data / "log").read_text()
    assert "Traceback" not in told
    about = [line.split()[2] for line in told.splitlines() if "answering walls" in line]
    assert about == ["failing", "healed"], told
    assert " refused " not in told
    assert " cut-off " not in told
