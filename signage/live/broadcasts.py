"""Broadcasts of one turn of the loop, written together.

Each write costs the kernel as much as a whole message does: what goes to the same clients one
message after the other goes in one write. Nothing is reordered, and nothing waits for more to come.
"""

from collections.abc import Callable, Iterable
from typing import Protocol

import gevent

MOST_BYTES = 64 * 1024
"""Gathered at most, for a client whose buffer is of ordinary size."""


class Writes(Protocol):
    """A client's socket."""

    def write(self, frame: bytes) -> object:
        """Write at once; never waits."""
        ...


Clients = Callable[[], Iterable[Writes]]


class Broadcasts:
    """What is to be written when this turn of the loop is over, or before anything else is."""

    def __init__(self) -> None:
        self._told: list[tuple[object, Clients, bytearray]] = []
        self._size = 0

    def add(self, whom: object, clients: Clients, frame: bytes) -> None:
        """Write a frame to all `clients`; `whom` is equal for the same ones."""
        if not self._told:
            gevent.spawn(self.flush)
        if self._told and self._told[-1][0] == whom:
            self._told[-1][2].extend(frame)
        else:
            self._told.append((whom, clients, bytearray(frame)))
        self._size += len(frame)
        if self._size >= MOST_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write all of it now. Who says something to one client does so first: it must not come
        before a broadcast that was made before it."""
        if not self._told:
            return
        told, self._told, self._size = self._told, [], 0
        for _, clients, frames in told:
            ready = bytes(frames)
            for client in clients():
                client.write(ready)
