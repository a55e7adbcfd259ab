"""Bytes to and from one client, without a greenlet: the loop watches the socket."""

import _socket
import socket
from collections.abc import Callable
from typing import Any

import gevent

from signage import meters
from signage.live.limits import LARGEST_BACKLOG, LARGEST_BACKLOGS

_READ, _WRITE = 1, 2
_CHUNK = 64 * 1024
LINGER_SECONDS = 2.0
"""How long a client that is cut off may take to read why."""


class Wire:
    """A connected, non-blocking socket. `take` is called with what came, b"" at its end; `overflow`
    when more waits for the client than it may. Both are called from the loop and must not wait."""

    __slots__ = (
        "_ahead", "_backlog", "_overflow", "_raw", "_reading", "_take", "_torn", "_writing",
    )  # fmt: skip

    waiting = 0
    """Bytes that wait for lagging clients, of all wires together."""

    def __init__(
        self,
        raw: _socket.socket,  # as C makes it, without gevent's waiting
        take: Callable[[bytes], object],
        overflow: Callable[[], object],
    ) -> None:
        raw.setblocking(False)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._raw = raw
        self._take = take
        self._overflow = overflow
        self._backlog: bytearray | None = None
        self._ahead = 0
        """Bytes of the backlog up to the end of the message under way, or of a large one."""
        self._torn = False
        """Whether a part of a message went out whose rest will not."""
        self._writing: Any = None
        self._reading = gevent.get_hub().loop.io(raw.fileno(), _READ)
        self._reading.start(self._readable)

    def write(self, data: bytes) -> None:
        """Write at once if the client keeps up, else behind what waits already."""
        if self._backlog is not None:
            self._wait(data)
            return
        try:
            sent = self._raw.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            # It is gone: the loop sees that as well, and tells `take`.
            return
        if sent < len(data):
            self._torn = sent > 0
            self._wait(data[sent:])

    def farewell(self, data: bytes) -> None:
        """Write a last word, and leave the client a moment to read it; what it says is ignored.
        None, where it would be read as a part of another message."""
        if self._raw.fileno() < 0:
            return
        if self._torn:
            self.close()
            return
        self._take = self._overflow = _ignore
        if self._backlog is None:
            self.write(data)
        else:  # beyond the bound, for which it may be cut off
            self._backlog += data
            Wire.waiting += len(data)
        if self._backlog is None:
            self._half_close()
        gevent.spawn_later(LINGER_SECONDS, self.close)

    def close(self) -> None:
        """End it; again is harmless."""
        if self._raw.fileno() < 0:
            return
        self._take = self._overflow = _ignore  # no cycle keeps a dead socket in memory
        self._reading.stop()
        self._reading.close()
        self._stop_writing()
        self._raw.close()

    def _wait(self, data: bytes) -> None:
        if self._backlog is None:
            self._backlog = bytearray()
            meters.LAGGING.inc()
            self._writing = gevent.get_hub().loop.io(self._raw.fileno(), _WRITE)
            self._writing.start(self._writable)
        size = len(data)
        # A large answer is no lag: whoever was cut off for it would come back and ask the same.
        # A second one behind it is: there would be no end to them.
        ahead = 0 if size > LARGEST_BACKLOG else self._ahead
        behind = len(self._backlog) - ahead
        if behind > LARGEST_BACKLOG or Wire.waiting + size > LARGEST_BACKLOGS:
            self._overflow()
            return
        if not self._backlog or size > LARGEST_BACKLOG:
            self._ahead = len(self._backlog) + size
        self._torn = False
        self._backlog += data
        Wire.waiting += size

    def _writable(self) -> None:
        if self._backlog is None:
            return
        try:
            sent = self._raw.send(self._backlog)
        except BlockingIOError:
            return
        except OSError:
            sent = len(self._backlog)
        del self._backlog[:sent]
        self._ahead = max(0, self._ahead - sent)
        Wire.waiting -= sent
        if not self._backlog:
            self._stop_writing()
            if self._take is _ignore:
                self._half_close()

    def _readable(self) -> None:
        try:
            data = self._raw.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._take(data)
            return
        self._reading.stop()
        if self._take is _ignore:
            self.close()
        else:
            self._take(data)

    def _stop_writing(self) -> None:
        if self._backlog is not None:
            Wire.waiting -= len(self._backlog)
            meters.LAGGING.dec()
            self._writing.stop()
            self._writing.close()
            self._backlog = self._writing = None

    def _half_close(self) -> None:
        try:
            self._raw.shutdown(socket.SHUT_WR)
        except OSError:
            self._reading.stop()


def _ignore(*_: object) -> None:
    """The other side has been told goodbye."""


meters.QUEUED_BYTES.set_function(lambda: Wire.waiting)
