"""What goes to a client that reads slowly: whole messages, a bound, and a last word."""

import socket
from collections.abc import Iterator

import gevent
import pytest

from signage.live import wire
from signage.live.wire import Wire

BOUND = 100_000
LARGE = b"large" * 1_000_000
SMALL = b"small" * 2_000


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of a connection; who is cut off has all the time to read why."""
    monkeypatch.setattr(wire, "LARGEST_BACKLOG", BOUND)
    monkeypatch.setattr(wire, "LINGER_SECONDS", 3600)
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    yield ours, theirs
    ours.close()
    theirs.close()


class Cut:
    """Says a last word when too much waits."""

    def __init__(self, ours: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
        # Of a pair there is no TCP to set up.
        monkeypatch.setattr(socket.socket, "setsockopt", lambda *_: None)
        self.times = 0
        self.wire = Wire(ours, lambda _: None, self._overflow)

    def _overflow(self) -> None:
        self.times += 1
        self.wire.farewell(b"bye")


def read(theirs: socket.socket, size: int | None = None) -> bytes:
    """So much, or all until the other side has ended."""
    got = bytearray()
    while size is None or len(got) < size:
        try:
            part = theirs.recv(65536)
        except BlockingIOError:
            gevent.sleep(0)
            continue
        if not part:
            break
        got += part
    return bytes(got)


def test_a_large_message_is_no_lag_wherever_it_stands(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = ends
    cut = Cut(ours, monkeypatch)
    said = [LARGE[:BOUND], SMALL, LARGE, SMALL]

    for each in said:
        cut.wire.write(each)

    assert read(theirs, sum(map(len, said))) == b"".join(said)
    assert cut.times == 0
    cut.wire.close()


def test_large_messages_do_not_pile_up(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = ends
    cut = Cut(ours, monkeypatch)

    cut.wire.write(LARGE)
    cut.wire.write(LARGE)

    assert cut.times == 1
    assert read(theirs) == LARGE + b"bye"
    cut.wire.close()


def test_who_lags_is_told_why_after_what_waited(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = ends
    cut = Cut(ours, monkeypatch)
    cut.wire.write(LARGE)
    written = 1

    while not cut.times:
        cut.wire.write(SMALL)
        written += 1

    assert written > BOUND // len(SMALL)
    got = read(theirs)
    assert got.startswith(LARGE + SMALL)
    assert got.endswith(SMALL + b"bye")
    assert cut.times == 1
    assert Wire.waiting == 0
    cut.wire.close()


def test_nothing_follows_a_part_of_a_message(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = ends
    monkeypatch.setattr(wire, "LARGEST_BACKLOGS", BOUND)
    cut = Cut(ours, monkeypatch)

    cut.wire.write(LARGE)

    assert cut.times == 1
    got = read(theirs)
    assert LARGE.startswith(got)
    assert len(got) < len(LARGE)
