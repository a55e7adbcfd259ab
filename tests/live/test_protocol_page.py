"""The examples of docs/protocol.md, said to a running server."""

import http.client
from dataclasses import replace
from typing import Any

import pytest

from signage import clock
from signage.actions import decide
from signage.actions.epochs import renew_epochs
from signage.actions.prefer import prefer
from signage.actions.screens import revoke_screen
from signage.core.feeds import UNKNOWN, FeedState, apply_all, read_changes
from signage.models import preferences
from tests.answers import hung
from tests.docs.pages import examples, page
from tests.live.conftest import Wall
from tests.live.test_gateway import refusal
from tests.patience import PATIENCE
from tests.serving import Server

SHOWN = examples(page("docs/protocol.md"))
BY_ITEM = {"items", "words", "body"}
"""Objects whose names or content are not the protocol's: they are compared elsewhere."""


def same_shape(shown: Any, sent: Any, where: str = "") -> None:  # noqa: ANN401 - JSON
    """Whether two pieces of JSON have the same fields with values of the same types. Null fits
    all: where it may stand the page says so."""
    if shown is None or sent is None:
        return
    assert type(shown) is type(sent), where
    if isinstance(shown, dict) and where.rpartition(".")[2] not in BY_ITEM:
        assert set(shown) == set(sent), where
        for name in shown:
            same_shape(shown[name], sent[name], f"{where}.{name}")
    elif isinstance(shown, list):
        for one, other in zip(shown, sent, strict=False):
            same_shape(one, other, f"{where}[]")


@pytest.fixture
def gone(server: Server, lead_id: int, request: pytest.FixtureRequest) -> int:
    """A quote that hung and was withdrawn: the latest change is its drop."""
    name = f"page-{request.node.name}"
    quote = hung(server.database, name, lead=lead_id, at=clock.now())
    decide.withdraw(server.database, quote, reason="other", user_id=lead_id, at=clock.now())
    return quote


@pytest.mark.usefixtures("gone")
def test_hello_as_it_stands_there_is_answered_as_it_stands_there(connected: Wall) -> None:
    """Its epoch is not this server's: every feed comes whole."""
    told = connected.call("hello", SHOWN["hello"])

    assert set(told) == set(SHOWN["answer"])
    assert set(told["feeds"]) == set(SHOWN["answer"]["feeds"])
    for feed in told["feeds"].values():
        same_shape(SHOWN["answer"]["feeds"]["improvements"], feed)
    same_shape(SHOWN["programme"], told["programme"], "programme")


@pytest.mark.parametrize("event", ["hello", "heartbeat"])
@pytest.mark.usefixtures("gone")
def test_from_a_position_of_its_own_it_is_told_what_it_lacks(connected: Wall, event: str) -> None:
    whole = connected.call("hello", {})
    quotes = whole["feeds"]["quotes"]
    position = {"quotes": {"epoch": quotes["epoch"], "rev": quotes["rev"] - 1}}
    version = whole["programme"]["version"]
    said = {**SHOWN[event], "feeds": position, "painted": position, "programme": version}

    told = connected.call(event, said)

    same_shape(SHOWN["answer"], told)
    assert told["programme"] is None
    assert [change["op"] for change in told["feeds"]["quotes"]["changes"]] == ["drop"]


def test_changes_are_told_as_they_stand_there(
    connected: Wall, server: Server, lead_id: int
) -> None:
    before = connected.call("hello", {})["feeds"]["quotes"]
    state = FeedState(before["epoch"], before["rev"], before["items"])
    quote = hung(server.database, "page-changes", lead=lead_id, at=clock.now())
    decide.withdraw(server.database, quote, reason="other", user_id=lead_id, at=clock.now())

    while state.rev < before["rev"] + 2:
        state = followed(connected, state, connected.next("changes"))
    assert state.items == before["items"]


def followed(wall: Wall, state: FeedState, told: dict[str, Any]) -> FeedState:
    """The quotes of a wall that does what players do, after a message as it stands on the page.

    The relay looks at another process's commits once a second. Where an earlier test ended the
    history since it last did, it has every wall ask, this one too, though its hello knew that."""
    assert set(told) == set(SHOWN["changes"])
    if told["feed"] != "quotes":
        return state
    if told["epoch"] == UNKNOWN:
        position = {"quotes": {"epoch": state.epoch, "rev": state.rev}}
        told = wall.call("hello", {"feeds": position})["feeds"]["quotes"]
    put, drop = SHOWN["changes"]["changes"]
    for change in told["changes"]:
        same_shape(drop if change["op"] == "drop" else put, change)
    step = apply_all(state, told["epoch"], read_changes(told["changes"]))
    assert not step.gap, (told, state.epoch, state.rev)
    return step.feed


def test_renewed_epochs_are_told_as_a_gap(connected: Wall, server: Server) -> None:
    before = connected.call("hello", {})["feeds"]["quotes"]
    state = FeedState(before["epoch"], before["rev"], before["items"])

    renew_epochs(server.database, at=clock.now(), why="asked")

    told = connected.next("changes")
    while told["feed"] != "quotes" or told["epoch"] == state.epoch:
        told = connected.next("changes")
    same_shape(SHOWN["changes-of-another-epoch"], told)
    assert apply_all(state, told["epoch"], read_changes(told["changes"])).gap
    position = {"quotes": {"epoch": state.epoch, "rev": state.rev}}
    after = connected.call("hello", {"feeds": position})["feeds"]["quotes"]
    assert after["epoch"] not in {state.epoch, ""}
    assert after["items"] == before["items"]


def test_a_rev_beyond_the_feed_renews_its_epoch_before_the_answer(connected: Wall) -> None:
    """Unless that was done in the last ten minutes: then the wall gets a snapshot all the same."""
    feed = connected.call("hello", {})["feeds"]["quotes"]
    beyond = {"quotes": {"epoch": feed["epoch"], "rev": feed["rev"] + 1000}}

    told = connected.call("hello", {"feeds": beyond})["feeds"]["quotes"]

    assert told["items"] == feed["items"]


@pytest.mark.usefixtures("gone")
def test_confirm_is_taken_and_not_answered(connected: Wall) -> None:
    position = connected.call("hello", {})["feeds"]["quotes"]
    said = {**SHOWN["confirm"], "epoch": position["epoch"], "rev": position["rev"]}
    assert set(said) == set(SHOWN["confirm"])
    answers: list[tuple[object, ...]] = []
    connected.say("confirm", said, lambda *told: answers.append(told))
    connected.call("hello", {})
    assert not any(answers)


def test_what_was_shown_is_kept_as_it_stands_there(connected: Wall) -> None:
    for _ in range(2):
        connected.call("heartbeat", SHOWN["heartbeat"])
        assert connected.next("plays") == SHOWN["plays"]


def test_a_new_programme_is_told_as_it_stands_there(connected: Wall, server: Server) -> None:
    before = connected.call("hello", {})["programme"]
    with server.database.read() as session:
        chosen = preferences(session)
    prefer(server.database, replace(chosen, title=f"{chosen.title} again"), at=clock.now())

    told = connected.next("programme")

    same_shape(SHOWN["programme"], told, "programme")
    assert told["version"] != before["version"]


def test_the_end_of_a_link_is_told_as_it_stands_there(
    connected: Wall, server: Server, screen: tuple[int, str]
) -> None:
    connected.call("hello", {})
    revoke_screen(server.database, screen[0], at=clock.now())
    assert connected.next("bye") == SHOWN["bye"]
    connected.next("disconnect")


def test_the_key_and_the_number_are_all_that_is_asked(wall: Wall, screen: tuple[int, str]) -> None:
    wall.connect({**SHOWN["auth"], "token": screen[1], "more": 1})
    assert wall.call("hello", {"more": 1})["programme"] is not None


def test_a_refusal_is_as_it_stands_there(wall: Wall) -> None:
    """The key of the example is not one of this server."""
    assert refusal(wall, SHOWN["auth"]) == SHOWN["refusal"]["data"]["reason"]


@pytest.mark.parametrize("number", [0, 2, -1, 99, "1", None, [1]], ids=repr)
def test_another_protocol_is_refused_whatever_the_key(
    wall: Wall, screen: tuple[int, str], number: object
) -> None:
    """There is one number so far: neither an older nor a newer player is spoken to."""
    assert refusal(wall, {"token": screen[1], "protocol": number}) == "protocol"


@pytest.mark.parametrize(
    "query",
    ["EIO=4&transport=polling", "EIO=3&transport=websocket"],
    ids=["another transport", "another version"],
)
def test_a_handshake_that_does_not_fit_gets_400(server: Server, query: str) -> None:
    assert handshake(server, query, {}) == 400


def test_a_handshake_from_another_origin_gets_400(server: Server) -> None:
    upgrade = {
        "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "c2lnbmFnZS1zaWduYWdlIQ==",
    }  # fmt: skip
    query = "EIO=4&transport=websocket"
    assert handshake(server, query, upgrade) == 101
    assert handshake(server, query, {**upgrade, "Origin": "https://elsewhere.example"}) == 400


def handshake(server: Server, query: str, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("localhost", server.port, timeout=PATIENCE)
    try:
        connection.request("GET", f"/socket.io/?{query}", headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()
