"""What a stranger may send before anybody has asked who it is."""

import socket
import struct
from collections.abc import Iterator
from contextlib import suppress

import pytest

from signage.live.limits import LARGEST_MESSAGE
from tests.live.conftest import PATIENCE
from tests.serving import Server

TEXT, CONTINUATION = 0x1, 0x0


@pytest.fixture
def stranger(server: Server) -> Iterator[socket.socket]:
    """A websocket that is open and has not said which namespace it wants."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as opened:
        opened.sendall(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
            b"Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2lnbmFnZS1zaWduYWdlIQ==\r\n\r\n"
        )
        head = b""
        while b"\r\n\r\n" not in head:
            head += opened.recv(1)
        assert b" 101 " in head
        yield opened


def frame(opcode: int, length: int, *, last: bool) -> bytes:
    """The head of a masked frame of so many bytes."""
    return struct.pack("!BBQI", (0x80 if last else 0) | opcode, 0x80 | 127, length, 0)


def ended(opened: socket.socket) -> bool:
    """True once the server has closed, with or without having read all that was sent; a server that
    reads on makes the test time out."""
    with suppress(ConnectionResetError):
        while opened.recv(65536):
            continue
    return True


def test_a_frame_that_declares_too_much_is_cut_off_before_it_is_sent(
    stranger: socket.socket,
) -> None:
    stranger.sendall(frame(TEXT, 1 << 40, last=True))

    assert ended(stranger)


def test_many_frames_of_one_message_are_bounded_together(stranger: socket.socket) -> None:
    part = b"2" * (LARGEST_MESSAGE // 2)
    stranger.sendall(frame(TEXT, len(part), last=False) + part)
    stranger.sendall(frame(CONTINUATION, len(part), last=False) + part)
    stranger.sendall(frame(CONTINUATION, 1, last=False) + b"2")

    assert ended(stranger)
