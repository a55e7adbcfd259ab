"""A websocket without a library's manners, and the server that it speaks to."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from wsproto import ConnectionType
from wsproto.connection import Connection
from wsproto.events import CloseConnection, TextMessage

from tests.patience import PATIENCE

HANDSHAKE = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost:{port}\r\n"
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: c2lnbmFnZS1zaWduYWdlIQ==\r\n{more}\r\n"
)


MASK = b"\0\0\0\0"
"""Of a frame that a client sends."""


class EchoServer:
    """A running tests.live.echo_server."""

    def __init__(self, mode: str, folder: Path) -> None:
        self._errors = (folder / "stderr").open("w+")
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-m", "tests.live.echo_server", mode, str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True,
        )  # fmt: skip
        self.mode = mode
        self.port = int(self._line())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def ask(self, name: str, *arguments: object) -> Any:  # noqa: ANN401 - JSON
        """Give a command and wait for its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([name, *arguments]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._line())

    def meter(self, line: str) -> float:
        """The value of one line of the metrics; 0 where there is none."""
        found = [row for row in self.ask("meters").splitlines() if row.startswith(f"{line} ")]
        return float(found[0].rpartition(" ")[2]) if found else 0.0

    @property
    def log(self) -> str:
        """What it wrote on standard error so far."""
        self._errors.seek(0)
        return self._errors.read()

    def stop(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=PATIENCE)
        self._process.stdout.close()
        self._errors.close()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


class Raw:
    """One connection; texts are Engine.IO packets."""

    def __init__(self, port: int, more: str = "", receive_buffer: int = 0) -> None:
        self.socket = socket.socket()
        self.socket.settimeout(PATIENCE)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.connect(("127.0.0.1", port))
        self.socket.sendall(HANDSHAKE.format(port=port, more=more).encode())
        head = b""
        while b"\r\n\r\n" not in head:
            head += self.socket.recv(65536) or b"\r\n\r\n"
        self.head, _, rest = head.partition(b"\r\n\r\n")
        self._wire = Connection(ConnectionType.CLIENT)
        self._wire.receive_data(rest)
        self._events = self._all()
        self.closed: CloseConnection | None = None

    def join(self) -> "Raw":
        """Name the namespace; back once the server has let it in."""
        self.say("40/wall,")
        while not self.hear().startswith("40/wall,{"):
            continue
        return self

    def call(self, event: str, *said: object) -> Any:  # noqa: ANN401 - JSON
        """Say something and wait for its answer; what else comes is passed over."""
        self.say(f"42/wall,7{json.dumps([event, *said])}")
        while not (heard := self.hear()).startswith("43/wall,7"):
            continue
        return json.loads(heard.removeprefix("43/wall,7"))

    def say(self, text: str) -> None:
        """Send one packet."""
        self.socket.sendall(self._wire.send(TextMessage(data=text)))

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.socket.sendall(data)

    def hear(self) -> str:
        """The next text; raises EOFError once the server has closed."""
        return next(self._events)

    def ending(self) -> tuple[int, str] | None:
        """Read on until the server has closed: the code and reason it gave, if any."""
        try:
            while True:
                self.hear()
        except (EOFError, ConnectionError):
            return (int(self.closed.code), self.closed.reason or "") if self.closed else None

    def leave(self) -> None:
        """Go without a word."""
        self.socket.close()

    def _all(self) -> Iterator[str]:
        part = ""
        while True:
            for event in self._wire.events():
                if isinstance(event, CloseConnection):
                    self.closed = event
                elif isinstance(event, TextMessage):
                    part += event.data
                    if event.message_finished:
                        yield part
                        part = ""
            if not (data := self.socket.recv(65536)):
                raise EOFError
            self._wire.receive_data(data)
