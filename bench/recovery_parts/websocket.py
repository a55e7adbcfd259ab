"""A line over a real websocket: Engine.IO, as browsers speak it."""

import contextlib
import socket
from collections.abc import Callable

from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    BytesMessage,
    CloseConnection,
    Event,
    Ping,
    RejectConnection,
    Request,
    TextMessage,
)
from wsproto.utilities import RemoteProtocolError

from bench.recovery_parts.conversation import Conversation
from bench.recovery_parts.loop import Loop

PATH = "/socket.io/?EIO=4&transport=websocket"
AT_ONCE = 65536


class WebSocketLine:
    """One connection of a player to `port` of this machine."""

    def __init__(self, loop: Loop, player: Conversation, port: int) -> None:
        self._loop = loop
        self._player = player
        self._protocol = WSConnection(ConnectionType.CLIENT)
        self._text = ""
        self._plug: socket.socket | None = None
        self._deaf_until = 0.0
        self.reason: str | None = None
        """Why the server closed it, as it said itself."""
        try:
            self._plug = socket.create_connection(("127.0.0.1", port), timeout=1)
        except OSError:
            loop.later(0, lambda: player.closed(self))
            return
        self._plug.setblocking(False)
        loop.read(self._plug, self._readable)
        self.put(self._protocol.send(Request(host=f"localhost:{port}", target=PATH)))

    def send(self, frame: str) -> None:
        """A Socket.IO packet."""
        self.send_raw(f"4{frame}")

    def send_raw(self, text: str | bytes) -> None:
        """Any message at all."""
        with contextlib.suppress(Exception):  # a connection that is ending takes no more
            message = TextMessage(text) if isinstance(text, str) else BytesMessage(text)
            self.put(self._protocol.send(message))

    def close(self) -> None:
        """Hang up."""
        if self._plug is not None:
            self._loop.forget(self._plug)
            self._plug.close()
            self._plug = None

    def stop_reading(self, seconds: float) -> None:
        """Read nothing for so long; asked again meanwhile, until the later end."""
        if (plug := self._plug) is not None:
            self._deaf_until = max(self._deaf_until, self._loop.now() + seconds)
            self._loop.forget(plug)
            self._loop.later(seconds, lambda: self._read_on(plug))

    def _read_on(self, plug: socket.socket) -> None:
        if plug is self._plug and self._loop.now() >= self._deaf_until:
            self._loop.read(plug, self._readable)

    def put(self, data: bytes) -> None:
        """Bytes as they are, under the websocket."""
        if self._plug is not None:
            try:
                self._plug.sendall(data)
            except OSError:
                self._end()

    def _readable(self) -> None:
        if self._plug is None:
            return
        try:
            data = self._plug.recv(AT_ONCE)
            self._protocol.receive_data(data or None)
            events = list(self._protocol.events())
        except BlockingIOError:
            return
        except (OSError, RemoteProtocolError):
            self._end()
            return
        for event in events:
            self._take(event)
        if not data:
            self._end()

    def _take(self, event: Event) -> None:
        if isinstance(event, TextMessage):
            self._text += event.data
            if event.message_finished:
                text, self._text = self._text, ""
                self._hear(text)
        elif isinstance(event, Ping):
            self.put(self._protocol.send(event.response()))
        elif isinstance(event, CloseConnection):
            self.reason = f"{event.code} {event.reason or ''}".strip()
            self._end()
        elif isinstance(event, RejectConnection):
            self._end()

    def _hear(self, text: str) -> None:
        kind, rest = text[:1], text[1:]
        calls: dict[str, Callable[[], object]] = {
            "0": lambda: self._player.opened(self),
            "1": self._end,
            "2": lambda: self.send_raw("3"),
            "4": lambda: self._player.heard(self, rest),
        }
        try:
            calls.get(kind, lambda: None)()
        except ValueError:  # what a proxy made of it
            self._end()

    def _end(self) -> None:
        if self._plug is not None:
            self.close()
            self._player.closed(self)
