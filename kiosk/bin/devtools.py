# ruff: noqa: INP001 - lies beside the programs that share it
"""A picture of the page, by Chromium's DevTools on this device: a little of RFC 6455, no more."""

import base64
import json
import os
import socket
import struct
import time
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

PATIENCE = 20
"""Seconds for all of it."""
LARGEST = 16 * 1024 * 1024
QUALITY = 70
TEXT, CLOSE, PING = 1, 8, 9


class NoBrowserError(Exception):
    """Chromium does not answer, or shows no page."""


def photograph(port: int) -> bytes:
    """A JPEG of what the page shows. Raises NoBrowserError."""
    until = time.monotonic() + PATIENCE
    try:
        with _opened(port, _page(port), until) as talk:
            talk.say({
                "id": 1, "method": "Page.captureScreenshot",
                "params": {"format": "jpeg", "quality": QUALITY},
            })  # fmt: skip
            while (told := talk.hear()).get("id") != 1:
                pass
        return base64.b64decode(told["result"]["data"], validate=True)
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        raise NoBrowserError from error


def _page(port: int) -> str:
    """By which path the wall's page is talked to: the first that is a page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/json/list")
        targets = json.loads(connection.getresponse().read(LARGEST))
    finally:
        connection.close()
    pages = [each["webSocketDebuggerUrl"] for each in targets if each["type"] == "page"]
    if not pages:
        raise ValueError("no page")
    path = urlsplit(str(pages[0])).path
    if not path.startswith("/") or any(each in path for each in " \r\n"):
        raise ValueError("no path")
    return path


def _opened(port: int, path: str, until: float) -> "_Talk":
    """Always on this device, whatever it says where it is."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=5)
    try:
        key = base64.b64encode(os.urandom(16)).decode()
        connection.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
            .encode()
        )  # fmt: skip
        talk = _Talk(connection, until)
        talk.let_in()
    except BaseException:
        connection.close()
        raise
    return talk


class _Talk:
    """Text messages there and back, over one websocket."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self._connection = connection
        self._until = until
        self._read = b""

    def __enter__(self) -> "_Talk":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def let_in(self) -> None:
        """The end of the handshake."""
        while b"\r\n\r\n" not in self._read:
            self._more()
        head, _, self._read = self._read.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 101"):
            raise ValueError("no websocket")

    def say(self, message: dict[str, object]) -> None:
        """Send one. Whoever asks has to mask it; nothing here is secret."""
        body = json.dumps(message).encode()
        mask = os.urandom(4)
        size = bytes([0x80 | len(body)])  # what is said here is short: below 126 bytes
        masked = bytes(each ^ mask[place % 4] for place, each in enumerate(body))
        self._connection.sendall(bytes([0x80 | TEXT]) + size + mask + masked)

    def hear(self) -> dict[str, object]:
        """The next whole message."""
        parts: list[bytes] = []
        size, last = 0, False
        while not last:
            last, kind, body = self._frame()
            if kind == CLOSE:
                raise ValueError("closed")
            if kind >= CLOSE:  # a ping needs no answer in so short a talk
                last = False
                continue
            size += len(body)
            if size > LARGEST:
                raise ValueError("too large")
            parts.append(body)
        told = json.loads(b"".join(parts))
        if not isinstance(told, dict):
            raise ValueError("no object")
        return told

    def _frame(self) -> tuple[bool, int, bytes]:
        first, second = self._take(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack("!H", self._take(2))
        elif size == 127:
            (size,) = struct.unpack("!Q", self._take(8))
        if size > LARGEST:
            raise ValueError("too large")
        return bool(first & 0x80), first & 0x0F, self._take(size)

    def _take(self, size: int) -> bytes:
        while len(self._read) < size:
            self._more()
        taken, self._read = self._read[:size], self._read[size:]
        return taken

    def _more(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        read = self._connection.recv(256 * 1024)
        if not read:
            raise ValueError("closed")
        self._read += read
