"""One websocket of a simulated wall, as browsers open it."""

import contextlib
import ssl
from functools import cache
from urllib.parse import urlsplit

from gevent import socket
from gevent.ssl import SSLContext
from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    CloseConnection,
    Event,
    Ping,
    RejectConnection,
    RejectData,
    Request,
    TextMessage,
)
from wsproto.utilities import RemoteProtocolError

TARGET = "/socket.io/?EIO=4&transport=websocket"
PATIENCE = 10.0
"""Seconds for connecting, and for each piece of sending."""
AT_ONCE = 65_536


class Lost(Exception):
    """The connection came to nothing, or has ended."""


class Line:
    """Opened when it is made; raises Lost where it cannot be, and whenever it has ended."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        host, secure = parts.hostname or "localhost", parts.scheme == "https"
        self._protocol = WSConnection(ConnectionType.CLIENT)
        self._text = ""
        try:
            address = (host, parts.port or (443 if secure else 80))
            self._plug = socket.create_connection(address, timeout=PATIENCE)
            if secure:
                self._plug = _trusted().wrap_socket(self._plug, server_hostname=host)
        except OSError as error:
            raise Lost(str(error)) from error
        self._put(self._protocol.send(Request(host=parts.netloc, target=TARGET)))

    def send(self, text: str) -> None:
        """Say something."""
        self._put(self._protocol.send(TextMessage(text)))

    def receive(self, seconds: float) -> list[str]:
        """What came; waited for so long at most."""
        self._plug.settimeout(max(0.001, seconds))
        try:
            data = self._plug.recv(AT_ONCE)
            self._protocol.receive_data(data or None)
            events = list(self._protocol.events())
        except TimeoutError:
            return []
        except (OSError, RemoteProtocolError) as error:
            raise Lost(str(error)) from error
        texts = [text for event in events if (text := self._take(event)) is not None]
        if not data:
            raise Lost("closed")
        return texts

    def close(self) -> None:
        """Hang up; again is harmless."""
        with contextlib.suppress(OSError):
            self._plug.close()

    def _take(self, event: Event) -> str | None:
        match event:
            case TextMessage():
                self._text += event.data
                if event.message_finished:
                    whole, self._text = self._text, ""
                    return whole
            case Ping():
                self._put(self._protocol.send(event.response()))
            case CloseConnection() | RejectConnection() | RejectData():
                raise Lost(type(event).__name__)
        return None

    def _put(self, data: bytes) -> None:
        try:
            self._plug.settimeout(PATIENCE)
            self._plug.sendall(data)
        except OSError as error:
            self.close()
            raise Lost(str(error)) from error


@cache
def _trusted() -> SSLContext:
    context = SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    return context
