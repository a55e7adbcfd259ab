"""Fast sockets for walls, through the libraries' own extension points.

Flask-SocketIO as it comes encodes and frames a broadcast for every client, and hands it to a queue
and a greenlet of that client. Here a broadcast is encoded and framed once and written straight to
each idle socket without blocking, together with others of the same turn of the loop; only what a
lagging client could not take waits, in a bounded buffer. No connection has a greenlet: the loop
watches it, and a few workers handle what it says.
"""

import struct
from collections import deque
from collections.abc import Iterator
from typing import Any

import gevent
import socketio
from engineio import packet as engine_packet
from socketio import packet

from signage.live.broadcasts import Broadcasts
from signage.live.direct_socket import DirectSocket
from signage.live.engine import Said, WallEngine

WORKERS = 16
"""Messages handled at once; a storm of hellos waits its turn without a greenlet each."""


def text_frame(text: str) -> bytes:
    """One whole websocket frame of text, as a server sends it: unmasked (RFC 6455, 5.2)."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        return b"\x81" + bytes((size,)) + payload
    if size < 65536:
        return b"\x81\x7e" + struct.pack("!H", size) + payload
    return b"\x81\x7f" + struct.pack("!Q", size) + payload


class DirectManager(socketio.Manager):  # type: ignore[misc]  # python-socketio ships no types
    """Broadcasts with one encoding and one frame for all who are in a room."""

    def emit(
        self,
        event: str,
        data: object,
        namespace: str,
        room: object = None,
        skip_sid: object = None,
        callback: object = None,
        to: object = None,
        **kwargs: object,
    ) -> None:
        """Emit as the library does; what needs a packet for each client is left to it."""
        if callback or skip_sid:
            super().emit(event, data, namespace, room, skip_sid, callback, to, **kwargs)
            return
        told = list(data) if isinstance(data, tuple) else [] if data is None else [data]
        encoded = self.server.packet_class(
            packet.EVENT, namespace=namespace, data=[event, *told]
        ).encode()
        if isinstance(encoded, list):  # with binary attachments, which we never send
            super().emit(event, data, namespace, room, skip_sid, callback, to, **kwargs)
            return
        frame = text_frame(f"{engine_packet.MESSAGE}{encoded}")
        whom = to or room
        self.server.eio.broadcasts.add(
            (namespace, whom), lambda: self._sockets(namespace, whom), frame
        )

    def basic_enter_room(self, sid: str, namespace: str, room: str, eio_sid: object = None) -> None:
        """Join: what was told before that is not for who joins now."""
        self.server.eio.broadcasts.flush()
        super().basic_enter_room(sid, namespace, room, eio_sid)

    def basic_leave_room(self, sid: str, namespace: str, room: str) -> None:
        """Leave: what was told before that is for who leaves now."""
        self.server.eio.broadcasts.flush()
        super().basic_leave_room(sid, namespace, room)

    def _sockets(self, namespace: str, whom: object) -> Iterator[Any]:
        sockets = self.server.eio.sockets
        for _, eio_sid in self.get_participants(namespace, whom):
            if (socket := sockets.get(eio_sid)) is not None:
                yield socket


class DirectEngine(WallEngine):
    """Engine.IO over sockets that the loop itself watches."""

    def __init__(self, said: Said, **options: Any) -> None:  # noqa: ANN401 - the library ships no types
        super().__init__(DirectSocket, said, **options)
        self.broadcasts = Broadcasts()
        self._spoken: deque[DirectSocket] = deque()
        self._workers = 0

    def hear(self, socket: DirectSocket) -> None:
        """A socket has something to be handled; called from the loop, so it only makes a note."""
        self._spoken.append(socket)
        if self._workers < WORKERS:
            self._workers += 1
            gevent.spawn(self._work)

    def _work(self) -> None:
        """Handle one message of each socket in turn, until nobody has anything to say."""
        try:
            while self._spoken:
                socket = self._spoken.popleft()
                socket.handle_next()
                if socket.has_more():
                    self._spoken.append(socket)
        finally:
            self._workers -= 1
