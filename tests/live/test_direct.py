"""What only direct sockets do: reasons always reach the client, and frames are made here."""

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from signage.live.direct import text_frame
from signage.live.limits import BURST
from tests.live.raw import EchoServer, Raw


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EchoServer]:
    with EchoServer("direct", tmp_path) as running:
        yield running


def test_the_reason_reaches_also_who_talks_on(server: EchoServer) -> None:
    noisy = Raw(server.port).join()
    for _ in range(int(BURST) * 2):  # it fills up again meanwhile
        noisy.say('42/wall,["heartbeat"]')

    assert noisy.ending() == (1008, "too-often")
    noisy.leave()


def test_a_server_that_ends_says_so(server: EchoServer) -> None:
    wall, young = Raw(server.port).join(), Raw(server.port)

    server.ask("stop")

    assert wall.ending() == young.ending() == (1001, "stopping")
    wall.leave()
    young.leave()


def test_a_handshake_without_a_version_is_told_which_one(server: EchoServer) -> None:
    asking = http.client.HTTPConnection("127.0.0.1", server.port)
    asking.request(
        "GET", "/socket.io/?EIO=4&transport=websocket",
        headers={"Upgrade": "websocket", "Connection": "Upgrade"},
    )  # fmt: skip
    answer = asking.getresponse()

    assert (answer.status, answer.getheader("Sec-WebSocket-Version")) == (426, "13")
    asking.close()
    assert server.ask("count")[:2] == [0, 0]


@pytest.mark.parametrize(
    ("size", "head"),
    [
        (125, b"\x81\x7d"),
        (126, b"\x81\x7e\x00\x7e"),
        (65_535, b"\x81\x7e\xff\xff"),
        (65_536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
    ],
)
def test_a_frame_says_how_long_it_is(size: int, head: bytes) -> None:
    assert text_frame("x" * size) == head + b"x" * size


def test_a_frame_counts_bytes_and_not_letters() -> None:
    assert text_frame("å") == b"\x81\x02\xc3\xa5"
