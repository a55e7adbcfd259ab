"""Thousands of clients in one loop, which notes when the last of them has each message.

Made so that it costs less than any server: one epoll, one shared buffer, and for a whole broadcast
a few operations on its head. Nothing of a message is read but by the last receiver of it, who looks
whether the number at its end is the expected one.
"""

import select
from collections.abc import Callable
from time import monotonic

from bench.fanout_parts.clients import Client

WINDOW = 100
"""Connections under way at a time."""
AT_ONCE = 1024
"""Connections that are looked at in one step."""
OPEN_SECONDS = 60
_LARGEST = 512 * 1024
_LARGE = 126
"""The mark of a frame whose length is in the two bytes that follow."""


class Generator:
    """The clients of one server."""

    def __init__(self) -> None:
        self.clients: dict[int, Client] = {}
        self.opened = 0
        self.lost: Callable[[Client, OSError], None] = _refuse
        self.last = b""
        """The latest message that was whole."""
        self.whole = 0
        self.counting = True
        """Whether broadcasts are only counted; else each client reads them."""
        self._done: list[float] = []
        self._left: list[int] = []
        self._counts: list[int] = []
        self._parts: set[int] = set()
        self._receive: dict[int, Callable[[bytearray], int]] = {}
        self._buffer = bytearray(_LARGEST)
        self._epoll = select.epoll()

    def open(self, make: Callable[[], Client], n: int, port: int) -> float:
        """Open n more connections; gives the seconds it took until all were ready."""
        began, wanted, started = monotonic(), self.opened + n, 0
        while self.opened < wanted:
            while started < n and len(self.clients) - self.opened < WINDOW:
                self.begin(make(), port)
                started += 1
            if monotonic() > began + OPEN_SECONDS:
                raise RuntimeError(f"only {self.opened} of {wanted} connections came about")
            self.step(1)
        return monotonic() - began

    def begin(self, client: Client, port: int) -> None:
        """Start connecting one client."""
        client.connect(port)
        self.clients[client.fd] = client
        self._receive[client.fd] = client.plug.recv_into
        self._counts.extend([0] * (client.fd + 1 - len(self._counts)))
        self._epoll.register(client.fd, select.EPOLLIN | select.EPOLLOUT)

    def expect(self, messages: int) -> None:
        """From now on so many messages come, each to all clients."""
        self._counts = [0] * len(self._counts)
        self._left = [len(self.clients)] * messages
        self._done = [float("inf")] * messages
        self.whole = 0

    def done(self, message: int) -> float:
        """When the last receiver had it, in seconds of the steady clock; infinite if none has."""
        return self._done[message]

    def wait(self, whole: int, until: float) -> bool:
        """Receive until so many messages are whole, or the time has come."""
        while self.whole < whole:
            left = until - monotonic()
            if left <= 0:
                return False
            self.step(left)
        return True

    def rest(self) -> None:
        """Take what has come and wait for nothing: pings are answered."""
        for _ in range(len(self.clients) // AT_ONCE + 1):
            self.step(0)

    def step(self, seconds: float) -> None:
        """Take what has come; wait for it so long at most."""
        buffer, parts, receive, counts = self._buffer, self._parts, self._receive, self._counts
        left = self._left if self.counting else ()
        for fd, _ in self._epoll.poll(max(seconds, 0), AT_ONCE):
            try:
                size = receive[fd](buffer)
                if (
                    left
                    and buffer[1] == _LARGE
                    and size == (buffer[2] << 8 | buffer[3]) + 4
                    and fd not in parts
                ):
                    message = counts[fd]
                    counts[fd] = message + 1
                    left[message] -= 1
                    if not left[message]:
                        self._whole(message, bytes(buffer[4:size]))
                else:
                    self._slowly(fd, size)
            except BlockingIOError:
                self.clients[fd].writable()
            except OSError as error:
                self.forget(self.clients[fd], error)

    def count(self, fd: int, text: bytes) -> None:
        """One client received one message."""
        message = self._counts[fd]
        self._counts[fd] += 1
        self._left[message] -= 1
        if not self._left[message]:
            self._whole(message, text)

    def ready(self, _: Client) -> None:
        """One connection came about."""
        self.opened += 1

    def written(self, client: Client) -> None:
        """From now on only what comes from the server matters."""
        self._epoll.modify(client.fd, select.EPOLLIN | select.EPOLLET)

    def holds_part(self, client: Client, *, part: bool) -> None:
        """Whether a client waits for the rest of a frame."""
        (self._parts.add if part else self._parts.discard)(client.fd)

    def forget(self, client: Client, error: OSError) -> None:
        """Close a connection, and tell who wants to know."""
        self._epoll.unregister(client.fd)
        del self.clients[client.fd], self._receive[client.fd]
        self._parts.discard(client.fd)
        client.plug.close()
        self.lost(client, error)

    def _whole(self, message: int, text: bytes) -> None:
        self._done[message] = monotonic()
        self.last = text
        self.whole += 1

    def _slowly(self, fd: int, size: int) -> None:
        if not size:
            raise ConnectionResetError("closed by the server")
        self.clients[fd].received(bytes(self._buffer[:size]))


def _refuse(_: Client, error: OSError) -> None:
    raise RuntimeError(f"a connection was lost: {error}")
