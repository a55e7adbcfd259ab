"""Who is let in, and what they can learn."""

import http.client
from datetime import datetime
from typing import Any

import pytest
import websocket
from socketio.exceptions import ConnectionError as NotLetIn

from signage import clock
from signage.actions.outbox import FEEDS
from signage.actions.screens import renew_link, revoke_screen
from signage.models import Screen
from tests.live.conftest import PATIENCE, Wall, eventually
from tests.serving import Server

NAMES = {name for name, _, _ in FEEDS}


def last_seen(server: Server, screen_id: int) -> datetime | None:
    with server.database.read() as session:
        return session.get_one(Screen, screen_id).last_seen_at


def refusal(wall: Wall, auth: object) -> str:
    with pytest.raises(NotLetIn):
        wall.connect(auth)
    said = wall.next("connect_error")
    assert said["message"] == "refused"
    return str(said["data"]["reason"])


def test_the_key_of_a_screen_opens_the_wall(
    connected: Wall, screen: tuple[int, str], server: Server
) -> None:
    told = connected.call("hello", {})

    assert told["programme"]["screen"] == {
        "id": screen[0], "name": "Canteen", "site": "Solna", "group": None,
    }  # fmt: skip
    eventually(lambda: last_seen(server, screen[0]) is not None)


@pytest.mark.parametrize(
    ("auth", "reason"),
    [
        (None, "protocol"),
        ({}, "protocol"),
        ("text", "protocol"),
        ({"token": "x"}, "protocol"),
        ({"token": "x", "protocol": 2}, "protocol"),
        ({"protocol": 1}, "unknown"),
        ({"token": None, "protocol": 1}, "unknown"),
        ({"token": "WzEsIngiXQ.forged", "protocol": 1}, "unknown"),
        ({"token": ["x"], "protocol": 1}, "unknown"),
        ({"token": "x" * 50_000, "protocol": 1}, "unknown"),
    ],
    ids=str,
)
def test_without_a_key_nobody_is_let_in_and_the_reason_is_told(
    wall: Wall, auth: object, reason: str
) -> None:
    assert refusal(wall, auth) == reason


def test_a_revoked_key_is_told_so(wall: Wall, screen: tuple[int, str], server: Server) -> None:
    revoke_screen(server.database, screen[0], at=clock.now())

    assert refusal(wall, {"token": screen[1], "protocol": 1}) == "revoked"


def test_a_renewed_link_lets_the_new_key_in_and_not_the_old(
    wall: Wall, screen: tuple[int, str], server: Server
) -> None:
    key = renew_link(server.database, server.secret_key, screen[0], at=clock.now())

    assert refusal(wall, {"token": screen[1], "protocol": 1}) == "revoked"
    assert wall.connect({"token": key, "protocol": 1}).call("hello", {})["programme"]


def test_the_desks_door_is_not_opened_by_the_key_of_a_screen(
    wall: Wall, screen: tuple[int, str]
) -> None:
    with pytest.raises(NotLetIn, match="/desk"):
        wall.connect({"token": screen[1], "protocol": 1}, namespace="/desk")


@pytest.mark.parametrize("namespace", ["/", "/admin"])
def test_there_is_no_other_door(wall: Wall, screen: tuple[int, str], namespace: str) -> None:
    assert wall.is_turned_away({"token": screen[1], "protocol": 1}, namespace)


@pytest.mark.parametrize("event", ["feeds", "join", "desk", "snapshot", "connect", "disconnect"])
def test_who_says_what_no_wall_says_is_cut_off(connected: Wall, event: str) -> None:
    """Also the library's own words: a wall that could say "disconnect" would stay in the room of
    its feeds, and could not be revoked."""
    answers: list[Any] = []
    connected.say(event, {"feed": "quotes"}, lambda *said: answers.extend(said))

    connected.next("disconnect")
    assert answers == []


def test_a_heartbeat_without_a_hello_is_answered_as_one(connected: Wall) -> None:
    assert set(connected.call("heartbeat", {})["feeds"]) == NAMES


@pytest.mark.parametrize(
    "said",
    [
        None,
        [],
        "text",
        7,
        {"feeds": []},
        {"feeds": {"quotes": None, "nps": 7, "no such feed": {"epoch": "x", "rev": 1}}},
        {"feeds": {"quotes": {"epoch": 7, "rev": "x"}}, "programme": {}},
        {"feeds": {"quotes": {"epoch": "x", "rev": True}}},
        {"feeds": {"quotes": {"epoch": "x", "rev": 1e308}}, "painted": [[[[[[]]]]]]},
        {"feeds": {"quotes": {"epoch": "x" * 1000, "rev": 1}}},
        {"feeds": {"q" * 50_000: {"epoch": "x", "rev": 1}}},
        {"painted": {"quotes": {"epoch": "x", "rev": 2**80}, "nps": {"epoch": "", "rev": 0}}},
    ],
    ids=range(12),
)
def test_a_hello_that_makes_no_sense_is_answered_as_one_that_has_nothing(
    connected: Wall, said: object
) -> None:
    for event in ("hello", "heartbeat"):
        told = connected.call(event, said)

        assert told["programme"] is not None
        assert set(told["feeds"]) == NAMES
        assert all("items" in feed for feed in told["feeds"].values())


def test_a_confirmation_that_makes_no_sense_harms_nothing(connected: Wall) -> None:
    nonsense: tuple[object, ...] = (
        None, [], "text", {"feed": 7, "rev": {}}, {"feed": [], "epoch": "x", "rev": 1},
        {"feed": "quotes", "epoch": "x", "rev": 2**70},
    )  # fmt: skip
    for said in nonsense:
        connected.say("confirm", said, lambda *_: None)

    assert connected.call("heartbeat", {})["now"]


def test_polling_is_refused(server: Server) -> None:
    connection = http.client.HTTPConnection("localhost", server.port, timeout=PATIENCE)
    connection.request("GET", "/socket.io/?EIO=4&transport=polling")
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()

    assert answer.status == 400
    assert "Traceback" not in body


@pytest.mark.parametrize(
    ("origin", "let_in"), [("{url}", True), ("http://elsewhere.example", False), ("null", False)]
)
def test_only_our_own_pages_may_knock(server: Server, origin: str, let_in: bool) -> None:
    address = server.url

    def knock() -> websocket.WebSocket:
        return websocket.create_connection(
            f"{address.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket",
            origin=origin.format(url=address), timeout=PATIENCE,
        )  # fmt: skip

    if not let_in:
        with pytest.raises(websocket.WebSocketBadStatusException, match="400"):
            knock()
        return
    knocking = knock()
    assert str(knocking.recv()).startswith("0{")
    knocking.shutdown()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(("path", "status"), [("/desk/wall", 302), ("/api/v1/responses", 401)])
def test_a_walls_key_opens_nothing_else(
    server: Server, screen: tuple[int, str], path: str, status: int
) -> None:
    connection = http.client.HTTPConnection("localhost", server.port, timeout=PATIENCE)
    headers = {"Authorization": f"Bearer {screen[1]}", "Cookie": f"signage={screen[1]}"}
    connection.request("GET" if status == 302 else "POST", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()

    assert answer.status == status
