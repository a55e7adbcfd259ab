"""Pings in both modes: they come as often as is said, and who does not answer is gone."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from signage.live.limits import NAMESPACE_SECONDS
from signage.live.pings import Pings
from tests.live.raw import EchoServer, Raw
from tests.patience import eventually

CUT_OFF = 'signage_cut_off_total{reason="no-answer"}'


@pytest.fixture(params=["direct", "ordinary"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EchoServer]:
    """One server for each test: its clock is put forward."""
    with EchoServer(request.param, tmp_path) as running:
        yield running


def test_the_first_ping_comes_as_soon_as_the_handshake_says(server: EchoServer) -> None:
    wall = Raw(server.port)
    interval = json.loads(wall.hear()[1:])["pingInterval"] / 1000
    wall.join()

    server.ask("later", NAMESPACE_SECONDS)  # it came in: nobody is cut off
    server.ask("later", interval)

    assert wall.hear() == "2"
    wall.leave()


def test_who_does_not_answer_is_cut_off_told_why_and_forgotten(server: EchoServer) -> None:
    lively, dead = Raw(server.port).join(), Raw(server.port).join()
    server.ask("later", 11)
    server.ask("later", 26)
    assert (lively.hear(), dead.hear()) == ("2", "2")
    lively.say("3")
    lively.call("heartbeat")

    server.ask("later", 47)

    assert dead.ending() == (1001, "no-answer")
    assert server.meter(CUT_OFF) == 1
    eventually(lambda: server.ask("count") == [1, 1, 1], lambda: server.ask("count"))
    assert server.meter("signage_connections") == 1
    server.ask("later", 52)
    assert lively.hear() == "2"
    lively.leave()
    dead.leave()


def test_a_ping_does_not_wait_for_those_who_came_later(server: EchoServer) -> None:
    wall = Raw(server.port).join()
    server.ask("later", 11)
    server.ask("later", 26)
    assert wall.hear() == "2"
    wall.say("3")
    wall.call("heartbeat")
    other = Raw(server.port).join()

    server.ask("later", 47)  # the other came in, and this one is to be pinged again in five seconds
    server.ask("later", 52)

    assert wall.hear() == "2"
    wall.leave()
    other.leave()


class Pinged:
    """A socket that always answers, and when it was pinged."""

    closed = awaits_pong = False

    def __init__(self) -> None:
        self.at: list[float] = []


def test_while_others_come_and_go_pings_are_no_further_apart() -> None:
    pings = Pings(25, 20)
    sockets: list[Pinged] = []
    for now in range(200):
        for left in sockets[now - 60 : now - 50] if now % 60 == 0 else ():
            left.closed = True
        sockets.append(Pinged())
        pings.begin(sockets[-1], now)
        for due in pings.due(now):
            pings.pinged(due, now)
            due.at.append(now)
            due.awaits_pong = False
        assert not list(pings.silent(now))

    for opened, socket in enumerate(sockets):
        if not socket.closed:
            assert socket.at == list(range(opened + 25, 200, 25))
