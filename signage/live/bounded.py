"""Flask-SocketIO as it comes, over gevent-websocket, held to the same bounds as direct sockets.

gevent-websocket reads a frame of any declared length and unmasks it byte by byte; only then does
Engine.IO look at its size. One large frame from a stranger would hold the loop for minutes.
"""

import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

import gevent
from engineio import packet
from engineio import socket as engine_socket
from gevent.lock import BoundedSemaphore
from geventwebsocket.exceptions import ProtocolError, WebSocketError
from geventwebsocket.handler import WebSocketHandler
from geventwebsocket.websocket import WebSocket

from signage.live.engine import WallEngine
from signage.live.handlers import PatientHandler
from signage.live.limits import CLOSINGS, LARGEST_MESSAGE, LONGEST_QUEUE, Allowance

_SO_FAR = "signage.websocket.so_far"
_CUT = "signage.cut"
_ALLOWANCE = "signage.allowance"
_WRITING = "signage.writing"


class OrdinarySocket(engine_socket.Socket):  # type: ignore[misc]  # python-engineio ships no types
    """Engine.IO's own socket, with a bound on its queue and on what it hears."""

    def __init__(self, server: WallEngine, sid: str) -> None:
        super().__init__(server, sid)
        self.last_ping: float | None = None  # the engine pings, and not the library
        self.allowance = Allowance(monotonic())
        self.awaits_pong = self.was_let_in = False
        self._websocket: Any = None

    def send(self, pkt: packet.Packet) -> None:
        """Queue a packet, or cut off a client that takes none."""
        if self.closed:
            return
        if self.queue.qsize() >= LONGEST_QUEUE:
            self.server.cut(self, "lagging")
        else:
            super().send(pkt)

    def receive(self, pkt: packet.Packet) -> None:
        """Take a packet from the client."""
        if not self.allowance.take(monotonic()):
            self.server.cut(self, "too-often")
        elif pkt.packet_type == packet.MESSAGE:
            self.server.receive(self, pkt.data)
        elif pkt.packet_type == packet.PONG:
            self.awaits_pong = False
        elif pkt.packet_type == packet.CLOSE:
            super().receive(pkt)
        else:
            self.server.cut(self, "malformed")

    def cut(self, reason: str) -> None:
        """Close with a reason that the client is told, unless a part of a frame has gone out:
        whatever follows would be read as the rest of it."""
        self._hang_up(self._websocket, reason)
        self.close(wait=False, abort=True, reason=self.server.reason.SERVER_DISCONNECT)

    def _websocket_handler(self, ws: Any) -> object:  # noqa: ANN401 - the library ships no types
        self._websocket = ws._sock  # noqa: SLF001 - the library's wrapper hides what can be closed
        self._websocket.environ[_CUT] = lambda reason: self.server.cut(self, reason)
        self._websocket.environ[_ALLOWANCE] = self.allowance
        try:
            return super()._websocket_handler(ws)
        except (ValueError, IndexError):
            self.server.cut(self, "malformed")  # an Engine.IO packet that is none
            return []

    def _hang_up(self, websocket: Any, reason: str) -> None:  # noqa: ANN401 - the library ships no types
        if websocket is None or websocket.closed:
            return
        raw = websocket.handler.socket
        # In the midst of a broadcast, where whoever lags is cut off, nothing may wait.
        if reason != "lagging" and not websocket.environ[_WRITING].locked():
            # Its own close() leaves the code out.
            word = struct.pack("!H", CLOSINGS[reason]) + reason.encode()
            with suppress(OSError, WebSocketError), gevent.Timeout(1, False):
                websocket.send_frame(word, websocket.OPCODE_CLOSE)
        with suppress(OSError):
            # Its greenlets may wait in a read or a write: both end now.
            raw.shutdown(socket.SHUT_RDWR)


class BoundedWebSocket(WebSocket):  # type: ignore[misc]  # gevent-websocket ships no types
    """Refuses messages over LARGEST_MESSAGE, in one frame or in many."""

    __slots__ = ()

    def read_frame(self) -> tuple[Any, bytes]:
        """One frame; counts the frames that make one message."""
        header, payload = super().read_frame()
        if header.opcode in {self.OPCODE_TEXT, self.OPCODE_BINARY}:
            self.environ[_SO_FAR] = 0
        if header.opcode <= self.OPCODE_BINARY:
            self.environ[_SO_FAR] = self.environ.get(_SO_FAR, 0) + len(payload)
        if self.environ.get(_SO_FAR, 0) > LARGEST_MESSAGE:
            self.refuse("too-large")
        # Whole messages are counted where they are received. The loop is not left while frames
        # are there to be read: nobody else would be heard until they end.
        ends_message = header.fin and header.opcode <= self.OPCODE_BINARY
        allowance: Allowance | None = self.environ.get(_ALLOWANCE)
        if not ends_message and allowance and not allowance.take(monotonic()):
            self.refuse("too-often")
        return header, payload

    def read_message(self) -> Any:  # noqa: ANN401 - text, bytes or nothing
        """One message; what is none is counted and told."""
        try:
            return super().read_message()
        except (UnicodeError, ProtocolError):
            if cut := (self.environ or {}).get(_CUT):
                cut("malformed")
            raise

    def close(self, code: int = 1000, message: object = b"") -> None:
        """Close, and end the connection: the library leaves that to who reads from it, and would
        read on until the client speaks again."""
        raw = getattr(self.handler, "socket", None)  # the server takes it away at the end
        super().close(code, message)
        if raw is not None:
            with suppress(OSError):
                raw.shutdown(socket.SHUT_RDWR)

    def refuse(self, reason: str) -> None:
        """Cut the socket off; raises ProtocolError."""
        if cut := self.environ.get(_CUT):
            cut(reason)
        raise ProtocolError(reason)

    def bound(self) -> None:
        """Hold what is read to the bound, before it is read; and let a frame go out whole before
        the next begins, since reader and writer both write."""
        read: Callable[[int], bytes] = self.stream.read
        write: Callable[[bytes], None] = self.stream.write
        self.environ[_WRITING] = writing = BoundedSemaphore()

        def read_no_more(length: int) -> bytes:
            if length > LARGEST_MESSAGE:
                self.refuse("too-large")
            return read(length)

        def write_whole(data: bytes) -> None:
            with writing:
                write(data)

        self.raw_read = read_no_more  # type: ignore[misc]  # a slot of the library's class
        self.raw_write = write_whole  # type: ignore[misc]


class BoundedHandler(PatientHandler, WebSocketHandler):  # type: ignore[misc]  # gevent-websocket ships no types
    """Serves HTTP, and websockets whose messages are bounded."""

    def upgrade_websocket(self) -> Any:  # noqa: ANN401 - the library's own answer
        """Upgrade who comes from our own pages or from none; others get an HTTP refusal."""
        engine: WallEngine = self.server.engine
        return super().upgrade_websocket() if engine.origin_fits(self.environ) else None

    def upgrade_connection(self) -> Any:  # noqa: ANN401 - the library's own answer
        """Upgrade, then hold the socket to the bound: the library makes it by itself, of its own
        class, in the midst of this."""
        answer = super().upgrade_connection()
        if getattr(self, "websocket", None) is not None:
            self.websocket.__class__ = BoundedWebSocket
            self.websocket.bound()
        return answer
