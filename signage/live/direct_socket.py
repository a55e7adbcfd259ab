"""One wall's Engine.IO socket, without a queue and without a greenlet."""

from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from engineio import packet
from engineio.base_socket import BaseSocket
from wsproto.connection import Connection, ConnectionState, ConnectionType
from wsproto.events import BytesMessage, CloseConnection, Event, Ping, Pong, TextMessage
from wsproto.utilities import LocalProtocolError, RemoteProtocolError, generate_accept_token

from signage.live.limits import (
    CLOSINGS,
    LARGEST_MESSAGE,
    MOST_PENDING,
    Allowance,
    Refusal,
)
from signage.live.wire import Wire

if TYPE_CHECKING:
    from signage.live.direct import DirectEngine

NORMAL = 1000


class DirectSocket(BaseSocket):  # type: ignore[misc]  # python-engineio ships no types
    """An Engine.IO socket; `signage.upgrade` in the WSGI environment hands it the connection."""

    def __init__(self, server: "DirectEngine", sid: str) -> None:
        # Not the library's own: that makes a queue for each socket.
        self.server = server
        self.sid = sid
        self.connected = self.upgraded = True
        self.closing = self.closed = self.awaits_pong = self.was_let_in = False
        self.session: dict[str, Any] = {}
        self.allowance = Allowance(monotonic())
        self._parser = Connection(ConnectionType.SERVER)
        self._wire: Wire | None = None
        self._early = b""
        # A broadcast calls this for each of thousands: after the upgrade it is the wire's own.
        self.write: Callable[[bytes], object] = self._keep_early
        self._said, self._size = "", 0
        self._inbox: deque[str | None] = deque()  # None: it has closed
        self._busy = False
        self._why = server.reason.TRANSPORT_CLOSE

    def handle_get_request(
        self, environ: dict[str, Any], start_response: Callable[..., object]
    ) -> list[bytes]:
        """Take the connection over from the HTTP server, which forgets it."""
        key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "").strip()
        upgrade = environ.get("signage.upgrade")
        if upgrade is None or not key or environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13":
            self.closed = True
            self.server.handlers["disconnect"](self.sid, self._why)
            start_response("426 Upgrade Required", [("Sec-WebSocket-Version", "13")])
            return [b"A websocket of version 13 is wanted here.\n"]
        self._wire = Wire(upgrade(), self._take, lambda: self.server.cut(self, "lagging"))
        self._wire.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + generate_accept_token(key.encode("latin-1")) + b"\r\n\r\n"
        )
        self._wire.write(self._early)
        self._early = b""
        self.write = self._wire.write
        return []

    def send(self, pkt: packet.Packet) -> None:
        """Send one packet to this client alone."""
        self.server.broadcasts.flush()
        if not self.closed:
            self.write(self._parser.send(TextMessage(data=pkt.encode())))

    def cut(self, reason: str) -> None:
        """Close with a reason that the client is told."""
        self._end(CLOSINGS[reason], reason)

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:  # noqa: ARG002 - the library's signature
        """Close as the library asks for it."""
        self._why = reason or self.server.reason.SERVER_DISCONNECT
        self._end(NORMAL, "")

    def handle_next(self) -> None:
        """Handle the oldest thing that the client said; in a worker's greenlet."""
        said = self._inbox.popleft()
        if said is not None:
            self.server.receive(self, said)
            return
        self.server.handlers["disconnect"](self.sid, self._why)
        self.server.forget(self)

    def has_more(self) -> bool:
        """Whether a worker must come again."""
        self._busy = bool(self._inbox)
        return self._busy

    def _keep_early(self, frame: bytes) -> None:
        self._early += frame

    def _take(self, data: bytes) -> None:
        """Bytes came; called from the loop."""
        if not data:
            self._end(NORMAL, "", gone=True)
            return
        try:
            self._parser.receive_data(data)
            for event in self._parser.events():
                self._hear(event)
        except RemoteProtocolError:
            self.server.cut(self, "malformed")
        except Refusal as refusal:
            self.server.cut(self, refusal.reason)

    def _hear(self, event: Event) -> None:
        if self.closed:
            return
        if isinstance(event, (TextMessage, BytesMessage)):
            self._gather(event)
        elif isinstance(event, Ping):
            self._allow()
            self.write(self._parser.send(event.response()))
        elif isinstance(event, Pong):
            self._allow()
        elif isinstance(event, CloseConnection):
            # The parser tells what it cannot read as if the client had closed.
            if self._parser.state is ConnectionState.OPEN:
                raise Refusal("malformed")
            self._end(NORMAL, "")

    def _gather(self, part: TextMessage | BytesMessage) -> None:
        if isinstance(part, BytesMessage):
            raise Refusal("binary")
        self._size += len(part.data.encode())
        if self._size > LARGEST_MESSAGE:
            raise Refusal("too-large")
        self._said += part.data
        if part.frame_finished:  # each fragment counts, since a message may have any number
            self._allow()
        if part.message_finished:
            said, self._said, self._size = self._said, "", 0
            self._packet(said)

    def _allow(self) -> None:
        if not self.allowance.take(monotonic()):
            raise Refusal("too-often")

    def _packet(self, said: str) -> None:
        kind = said[:1]
        if kind == str(packet.PONG):
            self.awaits_pong = False
        elif kind == str(packet.MESSAGE) and len(self._inbox) < MOST_PENDING:
            self._note(said[1:])
        elif kind == str(packet.CLOSE):
            self._end(NORMAL, "")
        else:
            raise Refusal("too-often" if kind == str(packet.MESSAGE) else "malformed")

    def _note(self, said: str | None) -> None:
        self._inbox.append(said)
        if not self._busy:
            self._busy = True
            self.server.hear(self)

    def _end(self, code: int, reason: str, *, gone: bool = False) -> None:
        if not gone and not self.closed:
            self.server.broadcasts.flush()  # which may be too much for it, and end it
        if self.closed:
            return
        self.closed = True
        self.write = _ignore
        self._inbox.clear()
        if self._wire is not None and gone:
            self._wire.close()
        elif self._wire is not None:
            self._wire.farewell(self._last_word(code, reason))
        self._note(None)

    def _last_word(self, code: int, reason: str) -> bytes:
        try:
            return self._parser.send(CloseConnection(code=code, reason=reason))
        except LocalProtocolError:
            return b""


def _ignore(_: bytes) -> None:
    """Nothing is said to who has left."""
