"""One client's end of a websocket, as little of it as counting needs.

A client is slow and exact here, for handshakes and whatever is not one whole broadcast; the
generator counts whole broadcasts by itself.
"""

import json
import socket
from base64 import b64encode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.fanout_parts.generator import Generator

_KEY = b64encode(b"the same for all").decode()
NAMESPACE = "/wall"


def frame(text: str, opcode: int = 1) -> bytes:
    """A client's frame; masked with zeros, as masking is for proxies and there are none here."""
    payload = text.encode()
    size = len(payload)
    head = bytes((0x80 | opcode,))
    length = bytes((0x80 | size,)) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    return head + length + bytes(4) + payload


PONG = frame("3")


class Client:
    """A plain websocket: every text that comes counts."""

    path = "/"

    def __init__(self, owner: "Generator") -> None:
        self.owner = owner
        self.plug = socket.socket()
        self.plug.setblocking(False)
        self.fd = self.plug.fileno()
        self._asked = self._upgraded = False
        self._rest = b""

    def connect(self, port: int) -> None:
        """Begin; the generator tells when there is something to do."""
        self.plug.connect_ex(("127.0.0.1", port))

    def writable(self) -> None:
        """Connected: ask for the websocket, once."""
        if self._asked:
            return
        self._asked = True
        address = "{}:{}".format(*self.plug.getpeername())
        self.plug.send(
            f"GET {self.path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {_KEY}\r\n\r\n".encode()
        )
        self.owner.written(self)

    def received(self, data: bytes) -> None:
        """Bytes came, in whatever pieces."""
        data = self._rest + data
        if not self._upgraded:
            head, found, data = data.partition(b"\r\n\r\n")
            if not found:
                self._rest = head
                return
            if b" 101 " not in head.partition(b"\r\n")[0]:
                raise ConnectionRefusedError(head.decode("latin-1"))
            self._upgraded = True
            self.upgraded()
        self._rest = self._frames(data)
        self.owner.holds_part(self, part=bool(self._rest))

    def upgraded(self) -> None:
        """It is a websocket now."""
        self.owner.ready(self)

    def heard(self, text: bytes) -> None:
        """One whole text."""
        self.owner.count(self.fd, text)

    def say(self, text: str) -> None:
        """Send one text."""
        self.plug.send(frame(text))

    def _frames(self, data: bytes) -> bytes:
        """Take whole frames from the front; gives what is left over."""
        start = 0
        while len(data) - start >= 2:
            size, body = data[start + 1] & 0x7F, start + 2
            if size >= 126:
                body += 2 if size == 126 else 8
                size = int.from_bytes(data[start + 2 : body], "big")
            if len(data) < body + size:
                break
            opcode = data[start] & 0x0F
            if opcode == 8:
                raise ConnectionAbortedError(data[body : body + size])
            if opcode == 1:
                self.heard(data[body : body + size])
            start = body + size
        return data[start:]


class Listener(Client):
    """A Socket.IO client in one namespace."""

    path = "/socket.io/?EIO=4&transport=websocket"

    def auth(self) -> dict[str, Any]:
        """What it opens the namespace with."""
        return {"protocol": 1}

    def upgraded(self) -> None:
        """Engine.IO speaks first."""

    def heard(self, text: bytes) -> None:
        """Engine.IO's and Socket.IO's packets, told apart by their first digits."""
        match text[:2]:
            case b"42":
                self.event(text)
            case b"43":
                self.answered(json.loads(text[text.index(b"[") :])[0])
            case b"40":
                self.joined()
            case b"44" | b"41" | b"1":
                raise ConnectionRefusedError(text.decode())
            case b"2":
                self.plug.send(PONG)
            case _ if text[:1] == b"0":
                self.say(f"40{NAMESPACE},{json.dumps(self.auth())}")

    def joined(self) -> None:
        """The namespace is open."""
        self.owner.ready(self)

    def event(self, text: bytes) -> None:
        """The server emitted something."""
        self.owner.count(self.fd, text)

    def answered(self, answer: Any) -> None:  # noqa: ANN401 - JSON
        """The server acknowledged."""
