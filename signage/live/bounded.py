"""A bound on what a websocket may send, checked before it is read.

gevent-websocket reads a frame of any declared length and unmasks it byte by byte; only then does
Engine.IO look at its size. One large frame from a stranger would hold the loop for minutes.
"""

from collections.abc import Callable
from typing import Any

from geventwebsocket.exceptions import ProtocolError
from geventwebsocket.handler import WebSocketHandler
from geventwebsocket.websocket import WebSocket

LARGEST_MESSAGE = 64 * 1024
"""Bytes of one message; a hello with every feed takes under 1 KB."""

_SO_FAR = "signage.websocket.so_far"


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
            raise ProtocolError("a message over the bound")
        return header, payload


class BoundedHandler(WebSocketHandler):  # type: ignore[misc]  # gevent-websocket ships no types
    """Serves HTTP, and websockets whose messages are bounded."""

    def upgrade_connection(self) -> Any:  # noqa: ANN401 - the library's own answer
        """Upgrade, then hold the socket to the bound: the library makes it by itself, of its own
        class, in the midst of this."""
        answer = super().upgrade_connection()
        if getattr(self, "websocket", None) is not None:
            self.websocket.__class__ = BoundedWebSocket
            self.websocket.raw_read = _bounded(self.websocket.raw_read)
        return answer


def _bounded(read: Callable[[int], bytes]) -> Callable[[int], bytes]:
    def read_no_more(length: int) -> bytes:
        if length > LARGEST_MESSAGE:
            raise ProtocolError("a frame over the bound")
        return read(length)

    return read_no_more
