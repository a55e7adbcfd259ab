"""One id in the log, from the desk's decision to what a wall has painted."""

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from signage import clock
from signage.actions import accounts, screens, tokens
from signage.actions.prefer import prefer
from signage.actions.screens import ScreenDraft
from signage.models import Database, Preferences, User
from tests.answers import hung, waiting
from tests.live.conftest import PATIENCE, Wall
from tests.live.test_announce import next_change
from tests.patience import eventually
from tests.serving import Server, free_port

WORDS = "Up four flights, and swept after."
LEAD = "Ingrid Lindqvist"
SCREEN = "Canteen in Solna"


class Desk:
    """A browser at the desk, by HTTP alone."""

    def __init__(self, url: str) -> None:
        self._session = requests.Session()
        self._url = url

    def post(self, path: str, form_on: str, **fields: str) -> None:
        """Send a form, with the token of the page that it stands on."""
        page = self._session.get(self._url + form_on, timeout=PATIENCE).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found
        sent = {"csrf_token": found[1], **fields}
        self._session.post(self._url + path, data=sent, timeout=PATIENCE).raise_for_status()


def lead_of(database: Database) -> int:
    """The id of an account at its desk."""
    with database.write() as session:
        user = User(
            email="lead@example.com", name=LEAD, password_hash="-", language="en", role="admin",
            created_at=clock.now(),
        )  # fmt: skip
        session.add(user)
        session.flush()
        return user.id


@pytest.fixture
def logging_server(tmp_path: Path) -> Iterator[Server]:
    """A running server whose log can be read."""
    running = Server(
        tmp_path, free_port(), chosen={"SIGNAGE_LOG_FORMAT": "json"}, log=tmp_path / "log"
    )
    running.start()
    prefer(running.database, Preferences(grace_seconds=0), at=clock.now())
    yield running
    running.stop()
    running.database.engine.dispose()


@pytest.fixture
def signed_in(logging_server: Server) -> Desk:
    """The lead at the desk."""
    database = logging_server.database
    token = accounts.invite(database, at=clock.now(), user_id=lead_of(database))
    desk = Desk(logging_server.url)
    desk.post(f"/link/{token}", f"/link/{token}")
    return desk


@pytest.fixture
def looking(logging_server: Server) -> Iterator[tuple[Wall, str]]:
    """A wall that is connected, and its key."""
    at = clock.now()
    _, key = screens.add_screen(
        logging_server.database, logging_server.secret_key, ScreenDraft(SCREEN), at=at
    )
    wall = Wall(logging_server.url).connect({"token": key, "protocol": 1})
    wall.call("hello", {"feeds": {}, "programme": None})
    yield wall, key
    wall.leave()


def told(log: Path) -> list[dict[str, Any]]:
    """Every whole line so far; each is an object."""
    return [json.loads(line) for line in log.read_text().split("\n")[:-1]]


def awaited(log: Path, event: str, **fields: object) -> dict[str, Any]:
    """The first such line, as soon as it stands there."""

    def first() -> dict[str, Any] | None:
        lines = (line for line in told(log) if line["event"] == event)
        return next((line for line in lines if fields.items() <= line.items()), None)

    found = eventually(first, lambda: f"no {event} with {fields} in {log.read_text()}")
    assert found is not None
    return found


def test_from_the_decision_to_the_receipt(
    logging_server: Server, signed_in: Desk, looking: tuple[Wall, str]
) -> None:
    wall, key = looking
    log = logging_server.log
    assert log is not None
    quote = waiting(logging_server.database, at=clock.now(), comment=WORDS)

    signed_in.post(f"/desk/quotes/{quote}/approval", "/desk/review", revision="0")
    next_change(wall, f"q{quote}", "put")
    approved = awaited(log, "decided", verdict="approve", quote=quote)
    awaited(log, "published", cause=approved["cause"], quote=quote)
    awaited(log, "announced", cause=approved["cause"])

    signed_in.post(f"/desk/quotes/{quote}/withdrawal", "/desk/wall", reason="private")
    dropped = next_change(wall, f"q{quote}", "drop")
    wall.call("heartbeat", painted(dropped))
    withdrawn = awaited(log, "decided", verdict="withdraw", quote=quote)
    announced = awaited(log, "announced", cause=withdrawn["cause"])
    confirmed = awaited(log, "confirmed", cause=withdrawn["cause"])

    assert approved["user"] == withdrawn["user"]
    assert withdrawn["time"] <= announced["time"] <= confirmed["time"]
    assert announced["rev"] == dropped["rev"]
    text = log.read_text()
    for secret in (WORDS, LEAD, "lead@example.com", SCREEN, key):
        assert secret not in text


def painted(change: dict[str, Any]) -> dict[str, Any]:
    """What a wall says whose page shows a feed as it is after this change."""
    feeds = {change["feed"]: {"epoch": change["epoch"], "rev": change["rev"]}}
    return {"feeds": feeds, "painted": feeds, "programme": None, "player": "0.1.0"}


def test_an_erasure_has_an_id_too(logging_server: Server, looking: tuple[Wall, str]) -> None:
    wall, _ = looking
    database, log = logging_server.database, logging_server.log
    assert log is not None
    quote = hung(database, "77", lead=lead_of(database), at=clock.now(), comment=WORDS)
    next_change(wall, f"q{quote}", "put")
    token = tokens.issue_token(database, "Survey tool", user_id=None, at=clock.now())

    requests.delete(
        f"{logging_server.url}/api/v1/responses",
        params={"source": "shop", "external_id": "77"},
        headers={"Authorization": f"Bearer {token}"},
        timeout=PATIENCE,
    ).raise_for_status()
    wall.call("heartbeat", painted(next_change(wall, f"q{quote}", "drop")))

    decided = awaited(log, "decided", verdict="erase")
    assert decided["cause"].startswith("r")
    awaited(log, "announced", cause=decided["cause"])
    awaited(log, "confirmed", cause=decided["cause"])
    assert token not in log.read_text()


def test_a_request_that_is_none_is_one_line(logging_server: Server) -> None:
    log = logging_server.log
    assert log is not None
    wrong = (b'GET /sgn_key\x1b HTTP/9.9 {"event": "decided"}\r\n\r\n', b"\x16\x03\x01\r\n\r\n")
    for sent in wrong:
        with socket.create_connection(("127.0.0.1", logging_server.port), PATIENCE) as plug:
            plug.sendall(sent)
            answer = plug.recv(4096)
        assert answer.startswith(b"HTTP/1.1 400 ")

    assert [(line["event"], line.get("reason")) for line in told(log)] == [
        ("refused", "not-http"), ("refused", "not-http"),
    ]  # fmt: skip
    assert "sgn_key" not in log.read_text()


def test_a_handshake_from_elsewhere_is_one_line(logging_server: Server) -> None:
    log = logging_server.log
    assert log is not None
    with socket.create_connection(("127.0.0.1", logging_server.port), PATIENCE) as plug:
        plug.sendall(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n"
            b"Origin: http://evil.example\x1b\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        )
        assert plug.recv(4096).startswith(b"HTTP/1.1 400 ")

    assert [(line["event"], line.get("reason")) for line in told(log)] == [
        ("refused", "bad-origin")
    ]
    assert "evil" not in log.read_text()
