"""The sockets of people at the desk, in each mode."""

import queue
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import socketio
from flask import Flask
from socketio.exceptions import ConnectionError as Refused

from signage import clock
from signage.actions import decide, people, sign_ins
from signage.actions.claims import claim
from signage.models import User
from signage.models.desk_news import held
from signage.settings import read_settings
from signage.web.security import guard
from tests import answers
from tests.live.conftest import PATIENCE, eventually, hang_up
from tests.serving import Server

PAGE = "a1b2"


def cookie_of(server: Server, token: str) -> str:
    """The session's cookie as a browser holds it. Whoever guards an app says where all apps of this
    process count tries: these stay in its memory."""
    app = Flask("signage")
    guard(app, replace(read_settings(server.environment), redis_url=""))
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps({'sign_in': token})}"


class DeskSocket:
    """A page of the desk, as far as its socket goes."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.told: queue.Queue[tuple[str, Any]] = queue.Queue()
        self._client = socketio.Client(reconnection=False, handle_sigint=False)
        self._client.on("news", lambda news: self.told.put(("news", news)), namespace="/desk")
        self._client.on(
            "disconnect", lambda *_: self.told.put(("disconnect", None)), namespace="/desk"
        )

    def connect(self, cookie: str, **headers: str) -> "DeskSocket":
        self._client.connect(
            self._url, auth={"page": PAGE}, headers={"Cookie": cookie, **headers},
            namespaces=["/desk"], transports=["websocket"], wait_timeout=PATIENCE,
        )  # fmt: skip
        return self

    def next(self, event: str) -> Any:  # noqa: ANN401 - JSON
        while True:
            name, said = self.told.get(timeout=PATIENCE)
            if name == event:
                return said

    def say(self, event: str) -> None:
        self._client.emit(event, {}, namespace="/desk")

    def leave(self) -> None:
        hang_up(self._client)


@pytest.fixture
def socket(server: Server) -> Iterator[DeskSocket]:
    made = DeskSocket(server.url)
    yield made
    made.leave()


@pytest.fixture
def token(server: Server, lead_id: int) -> str:
    return sign_ins.sign_in(server.database, lead_id, at=clock.now())


@pytest.fixture
def quote(server: Server, request: pytest.FixtureRequest) -> int:
    return answers.waiting(server.database, request.node.name, at=clock.now())


def test_whoever_is_signed_in_hears_of_decisions_and_claims(
    server: Server, socket: DeskSocket, token: str, quote: int, lead_id: int
) -> None:
    socket.connect(cookie_of(server, token))

    claim(server.database, [quote], user_id=lead_id, page=PAGE, at=clock.now())
    while not (seen := [h for h in socket.next("news")["held"] if h["quote"] == quote]):
        pass
    assert seen == [{"quote": quote, "user": lead_id, "by": "Lead"}]

    made = decide.set_aside(server.database, quote, revision=0, user_id=lead_id, at=clock.now())
    while not (told := [d for d in socket.next("news")["decided"] if d["quote"] == quote]):
        pass
    assert told == [
        {"id": made.id, "quote": quote, "verdict": "set_aside", "user": lead_id, "by": "Lead"}
    ]


def test_when_the_socket_drops_what_the_page_held_is_free(
    server: Server, socket: DeskSocket, token: str, quote: int, lead_id: int
) -> None:
    socket.connect(cookie_of(server, token))
    claim(server.database, [quote], user_id=lead_id, page=PAGE, at=clock.now())

    socket.leave()

    def free() -> bool:
        with server.database.read() as session:
            return not held(session, at=clock.now(), of=[quote])

    eventually(free)


def test_when_the_sign_in_ends_so_does_the_socket(
    server: Server, socket: DeskSocket, token: str
) -> None:
    socket.connect(cookie_of(server, token))

    sign_ins.sign_out(server.database, token)

    assert socket.next("disconnect") is None


def test_who_may_no_longer_moderate_hears_no_more(
    server: Server, socket: DeskSocket, token: str, lead_id: int
) -> None:
    with server.database.write() as session:
        session.add(
            User(
                email="ida@example.com", name="Ida", password_hash="-", language="en",
                role="admin", created_at=clock.now(),
            )
        )  # fmt: skip
    socket.connect(cookie_of(server, token))

    people.change_role(server.database, lead_id, "viewer", by=None, at=clock.now())
    try:
        assert socket.next("disconnect") is None
    finally:  # the server is the other tests', too
        people.change_role(server.database, lead_id, "admin", by=None, at=clock.now())


@pytest.mark.parametrize("cookie", ["", "signage=made-up", "signage="])
def test_nobody_else_is_let_in(socket: DeskSocket, cookie: str) -> None:
    with pytest.raises(Refused):
        socket.connect(cookie)


def test_a_sign_in_that_has_ended_lets_nobody_in(
    server: Server, socket: DeskSocket, token: str
) -> None:
    cookie = cookie_of(server, token)
    sign_ins.sign_out(server.database, token)

    with pytest.raises(Refused):
        socket.connect(cookie)


def test_another_sites_page_is_not_let_in(server: Server, socket: DeskSocket, token: str) -> None:
    with pytest.raises(Refused):
        socket.connect(cookie_of(server, token), Origin="https://elsewhere.example")


def test_whoever_says_anything_is_cut_off(server: Server, socket: DeskSocket, token: str) -> None:
    socket.connect(cookie_of(server, token))

    socket.say("hello")

    assert socket.next("disconnect") is None
