"""Sockets in both modes: what walls hear, and that nobody delays another."""

import json
from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from signage.live.limits import CLOSINGS, LARGEST_BACKLOG
from tests.live.raw import MASK, EchoServer, Raw
from tests.patience import PATIENCE, eventually


@pytest.fixture(scope="module", params=["direct", "ordinary"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EchoServer]:
    """One running server for each mode; the tests bring clients of their own."""
    with EchoServer(request.param, tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture
def wall(server: EchoServer) -> Iterator[Raw]:
    """A client that was let in."""
    made = Raw(server.port).join()
    yield made
    made.leave()


def told(text: str) -> int:
    """The number that a broadcast carries."""
    event, body = json.loads(text.removeprefix("42/wall,"))
    assert event == "changes"
    return int(body["n"])


def test_what_is_said_to_a_room_reaches_all_in_it_in_order(server: EchoServer, wall: Raw) -> None:
    other, outside = Raw(server.port).join(), Raw(server.port).join()
    wall.call("hello"), other.call("hello")

    for n in range(50):
        server.ask("say", n, n * 40, "all")

    assert [told(wall.hear()) for _ in range(50)] == list(range(50))
    assert [told(other.hear()) for _ in range(50)] == list(range(50))
    assert outside.call("heartbeat", "nothing came before") == ["nothing came before"]
    other.leave()
    outside.leave()


def test_one_wall_alone_is_spoken_to_by_its_id(server: EchoServer, wall: Raw) -> None:
    other = Raw(server.port).join()
    (sid,), _ = wall.call("hello"), other.call("hello")

    server.ask("say", 1, 0, sid)
    server.ask("say", 2, 0, "all")

    assert (told(wall.hear()), told(other.hear())) == (1, 2)
    other.leave()


def test_a_question_with_an_answer_goes_the_librarys_own_way(server: EchoServer, wall: Raw) -> None:
    (sid,) = wall.call("hello")

    server.ask("ask", sid)

    assert wall.hear() == '42/wall,1["ask",{}]'


def test_who_leaves_a_room_hears_it_no_more(server: EchoServer, wall: Raw) -> None:
    wall.call("hello")
    wall.say('42/wall,["confirm","room"]')
    wall.call("heartbeat", "left")

    server.ask("say", 3, 0, "all")

    assert wall.call("heartbeat", "still here") == ["still here"]


@pytest.mark.parametrize("size", [LARGEST_BACKLOG // 4, LARGEST_BACKLOG])
def test_a_large_answer_arrives_whole_however_slowly_it_is_read(
    server: EchoServer, size: int
) -> None:
    slow = Raw(server.port, receive_buffer=4096).join()
    slow.call("hello")

    server.ask("say", 4, size, "all")
    server.ask("say", 5, 0, "all")

    assert json.loads(slow.hear().removeprefix("42/wall,"))[1]["fill"] == "å" * size
    assert told(slow.hear()) == 5
    slow.leave()


def test_who_stops_reading_is_cut_off_and_delays_nobody(server: EchoServer, wall: Raw) -> None:
    stuck = Raw(server.port, receive_buffer=4096).join()
    stuck.call("hello"), wall.call("hello")
    before = server.meter('signage_cut_off_total{reason="lagging"}')

    said = 0
    while server.meter('signage_cut_off_total{reason="lagging"}') == before:
        server.ask("say", said, LARGEST_BACKLOG // 20, "all")
        assert told(wall.hear()) == said
        said += 1

    # It reads on too late to be told, or reads why it was cut off: nothing else.
    assert stuck.ending() in {None, (CLOSINGS["lagging"], "lagging")}
    assert wall.call("heartbeat", 1) == [1]
    again = Raw(server.port).join()
    assert again.call("heartbeat", 2) == [2]
    again.leave()
    stuck.leave()


def test_who_leaves_is_forgotten(server: EchoServer) -> None:
    wall, other = Raw(server.port).join(), Raw(server.port).join()
    wall.call("hello")

    wall.leave()

    def only_the_other() -> bool:
        other.call("heartbeat")
        sockets, environments, _ = server.ask("count")
        return bool(sockets == environments == 1)

    eventually(only_the_other, lambda: server.ask("count"))
    other.leave()


@pytest.mark.parametrize("who", ["the client", "the server"])
def test_when_one_side_closes_the_connection_ends(server: EchoServer, wall: Raw, who: str) -> None:
    (sid,) = wall.call("hello")

    wall.say("1") if who == "the client" else server.ask("away", sid)

    assert wall.ending() in {(1000, ""), (1005, "")}  # with ordinary sockets the code is left out
    eventually(lambda: server.ask("count")[:2] == [0, 0], lambda: server.ask("count"))


def test_whom_the_server_sends_away_is_told(wall: Raw) -> None:
    wall.say('42/wall,["confirm"]')

    assert wall.hear() == "41/wall,"


def test_the_answer_to_a_ping_does_not_fall_into_a_message(server: EchoServer) -> None:
    slow = Raw(server.port, receive_buffer=4096).join()
    slow.call("hello")
    server.ask("say", 6, LARGEST_BACKLOG, "all")

    slow.send(b"\x89\x84" + MASK + b"ping")

    assert json.loads(slow.hear().removeprefix("42/wall,"))[1]["fill"] == "å" * LARGEST_BACKLOG
    slow.leave()


def test_what_was_under_way_when_the_server_left_is_dropped(server: EchoServer, wall: Raw) -> None:
    lines = len(server.log.splitlines())
    wall.say('42/wall,["confirm"]')
    wall.say('42/wall,["heartbeat"]')

    assert wall.hear() == "41/wall,"
    assert wall.join().call("heartbeat", 1) == [1]
    assert len(server.log.splitlines()) == lines


def test_our_own_page_is_let_in(server: EchoServer) -> None:
    wall = Raw(server.port, more=f"Origin: http://localhost:{server.port}\r\n").join()

    assert wall.call("heartbeat", 1) == [1]
    wall.leave()


def test_plain_http_is_served_beside(server: EchoServer) -> None:
    with urlopen(f"http://localhost:{server.port}/", timeout=PATIENCE) as answer:
        assert answer.read() == b"plain HTTP"


def test_a_handler_of_ours_that_fails_leaves_the_socket_open(wall: Raw) -> None:
    wall.say('42/wall,["confirm","fail"]')

    assert wall.call("heartbeat", 1) == [1]
