"""Sockets in both modes: what strangers may do, and who is cut off and why."""

import socket
import struct
from collections.abc import Iterator
from contextlib import suppress

import pytest

from signage.live.handlers import HEAD_SECONDS, IDLE_SECONDS
from signage.live.limits import BURST, CLOSINGS, LARGEST_MESSAGE
from tests.live.raw import MASK, EchoServer, Raw
from tests.patience import PATIENCE


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


TOO_MUCH = "x" * (LARGEST_MESSAGE + 1)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ('42/wall,["nosuch"]', "malformed"),
        ('42/wall,["connect",{}]', "malformed"),
        ('42/wall,["hello",1,2]', "malformed"),
        ('42/wall,["hello"', "malformed"),
        ('42/wall,{"hello":1}', "malformed"),
        ("42/wall,[]", "malformed"),
        ("42/wall," + "[" * 30_000, "malformed"),
        ('42/other,["hello"]', "malformed"),
        ("40", "malformed"),
        ("40/nosuch,", "malformed"),
        ("49/wall,", "malformed"),
        ("4", "malformed"),
        ("9", "malformed"),
        ("hello", "malformed"),
        ('451-/wall,["hello",{"_placeholder":true,"num":0}]', "binary"),
        (f'42/wall,["hello","{TOO_MUCH}"]', "too-large"),
        (f'42/wall,["hello","{"🙂" * (LARGEST_MESSAGE // 4)}"]', "too-large"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason_and_one_line(
    server: EchoServer, wall: Raw, said: str, reason: str
) -> None:
    meter = f'signage_cut_off_total{{reason="{reason}"}}'
    before, lines = server.meter(meter), len(server.log.splitlines())

    wall.say(said)

    ending = wall.ending()
    # The library may have closed an oversized message by itself.
    assert ending == (CLOSINGS[reason], reason) or (server.mode, ending) == ("ordinary", None)
    assert server.meter(meter) == before + 1
    assert len(server.log.splitlines()) <= lines + 1
    assert "Traceback" not in server.log


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"\x81\x80" + MASK, "malformed"),  # a packet without a letter
        (b"\x82\x81" + MASK + b"x", "binary"),
        (b"\x81\x05hello", "malformed"),  # unmasked
        (b"\xc1\x81" + MASK + b"2", "malformed"),  # a reserved bit
        (b"\x8f\x80" + MASK, "malformed"),  # no such opcode
        (b"\x80\x81" + MASK + b"2", "malformed"),  # goes on with nothing
        (b"\x81\x82" + MASK + b"\xc3\x28", "malformed"),  # no UTF-8
        (b"\xff" * 40, "malformed"),
    ],
)
def test_a_frame_that_cannot_be_taken_is_refused(
    server: EchoServer, wall: Raw, sent: bytes, reason: str
) -> None:
    meter = f'signage_cut_off_total{{reason="{reason}"}}'
    before, lines = server.meter(meter), len(server.log.splitlines())

    wall.send(sent)

    # A client that still sends when it is cut off may be reset before it has read why.
    assert wall.ending() in {None, (CLOSINGS[reason], reason)}
    assert server.meter(meter) == before + 1
    assert len(server.log.splitlines()) <= lines + 1
    assert "Traceback" not in server.log


@pytest.mark.parametrize(
    "sent",
    [
        b"\x8a\x80" + MASK,  # pongs that nobody asked for
        b"\x89\x80" + MASK,  # pings
        b"\x00\x80" + MASK,  # pieces of one message without end, and nothing in them
    ],
)
def test_who_sends_frames_without_end_is_cut_off_and_delays_nobody(
    server: EchoServer, wall: Raw, sent: bytes
) -> None:
    meter = 'signage_cut_off_total{reason="too-often"}'
    before, lines = server.meter(meter), len(server.log.splitlines())
    stranger = Raw(server.port)
    stranger.send(b"\x01\x80" + MASK if sent[0] == 0 else b"")

    with suppress(ConnectionError):
        for _ in range(100):
            stranger.send(sent * 1000)

    assert wall.call("heartbeat", 1) == [1]
    assert stranger.ending() in {None, (CLOSINGS["too-often"], "too-often")}
    assert server.meter(meter) == before + 1
    assert len(server.log.splitlines()) <= lines + 1
    stranger.leave()


def test_who_speaks_before_being_let_in_is_cut_off(server: EchoServer) -> None:
    meter = 'signage_cut_off_total{reason="no-namespace"}'
    before, lines = server.meter(meter), len(server.log.splitlines())
    stranger = Raw(server.port)

    stranger.say('42/wall,["hello",{}]')

    assert stranger.ending() in {None, (CLOSINGS["no-namespace"], "no-namespace")}
    assert server.meter(meter) == before + 1
    assert len(server.log.splitlines()) <= lines + 1
    stranger.leave()


def test_who_speaks_too_often_is_cut_off(server: EchoServer, wall: Raw) -> None:
    before = server.meter('signage_cut_off_total{reason="too-often"}')
    try:
        for _ in range(int(BURST) * 3):
            wall.say('42/wall,["heartbeat"]')
    except ConnectionError:
        pass

    wall.ending()
    assert server.meter('signage_cut_off_total{reason="too-often"}') == before + 1


def test_who_names_no_namespace_in_time_is_cut_off(server: EchoServer, wall: Raw) -> None:
    silent = Raw(server.port)
    stranger = Raw(server.port)
    stranger.say('40/wall,{"token":"bad"}')
    assert silent.hear().startswith("0{")
    while not stranger.hear().startswith("44/wall"):
        continue

    server.ask("later", 9)
    assert wall.call("heartbeat", 1) == [1]
    server.ask("later", 11)

    assert silent.ending() in {None, (1008, "no-namespace")}
    assert stranger.ending() in {None, (1008, "no-namespace")}
    assert wall.call("heartbeat", 2) == [2]
    silent.leave()
    stranger.leave()


def test_who_asks_for_nothing_does_not_keep_a_connection(server: EchoServer, wall: Raw) -> None:
    before = server.meter('signage_refused_total{reason="not-http"}')
    server.ask("patience", 0.1, 0.1)
    with (
        socket.create_connection(("127.0.0.1", server.port), PATIENCE) as silent,
        socket.create_connection(("127.0.0.1", server.port), PATIENCE) as slow,
    ):
        slow.sendall(b"GET / HTTP/1.1\r\nHost:")
        assert silent.recv(1) == b""
        with suppress(ConnectionError):  # closed before its first word came
            slow.recv(1)
    server.ask("patience", IDLE_SECONDS, HEAD_SECONDS)

    assert wall.call("heartbeat", 1) == [1]
    assert server.meter('signage_refused_total{reason="not-http"}') in {before, before + 1}
    assert "Traceback" not in server.log


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost"])
def test_a_foreign_origin_is_refused_before_the_upgrade(server: EchoServer, origin: str) -> None:
    stranger = Raw(server.port, more=f"Origin: {origin}\r\n")

    assert stranger.head.startswith(b"HTTP/1.1 400")
    stranger.leave()


def test_a_body_with_the_handshake_upgrades_nothing(server: EchoServer) -> None:
    stranger = Raw(server.port, more="Content-Length: 5\r\n")

    assert stranger.head.startswith(b"HTTP/1.1 4") or server.mode == "ordinary"
    stranger.leave()
    assert "Traceback" not in server.log


def test_who_is_gone_in_the_middle_of_a_request_leaves_no_trace(
    server: EchoServer, wall: Raw
) -> None:
    before = len(server.log)
    for number in range(20):
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            client.sendall(b"GET /socket.io/ HTTP/1.1\r\nHost: here\r\n")
            assert wall.call("heartbeat", number) == [number]  # the server has read so far
            # Closed by a reset, and not by a goodbye.
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        assert wall.call("heartbeat", number) == [number]

    said = server.log[before:]
    assert "Traceback" not in said
    assert "Greenlet ended" not in said
