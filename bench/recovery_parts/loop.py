"""Real time, and real sockets: one loop for players, proxy and whatever happens later."""

import heapq
import selectors
import socket
from collections import deque
from collections.abc import Callable
from itertools import count
from time import monotonic

from bench.recovery_parts.world import Timer

MOST_WAITED = 0.02
"""Seconds until it looks again what other threads said."""


class Loop:
    """Time that goes on by itself."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._pending: list[tuple[float, int, Timer]] = []
        self._order = count()
        self._selector = selectors.DefaultSelector()
        self._said: deque[Callable[[], object]] = deque()

    def now(self) -> float:
        """Seconds since it began."""
        return monotonic() - self._began

    def later(self, seconds: float, call: Callable[[], object]) -> Timer:
        """Have `call` called then."""
        timer = Timer(call)
        heapq.heappush(self._pending, (self.now() + max(0.0, seconds), next(self._order), timer))
        return timer

    def run(self, seconds: float) -> None:
        """Let so much time pass."""
        until = self.now() + seconds
        while (now := self.now()) < until:
            while self._pending and self._pending[0][0] <= now:
                heapq.heappop(self._pending)[2].fire()
            while self._said:
                self._said.popleft()()
            due = self._pending[0][0] if self._pending else until
            self._select(max(0.0, min(due, until, now + MOST_WAITED) - self.now()))

    def soon(self, call: Callable[[], object]) -> None:
        """Have `call` called by the loop; from any thread."""
        self._said.append(call)

    def read(self, plug: socket.socket, call: Callable[[], object]) -> None:
        """Have `call` called whenever there is something to read, instead of what was before."""
        self.forget(plug)
        self._selector.register(plug, selectors.EVENT_READ, call)

    def forget(self, plug: socket.socket) -> None:
        """No more of a socket; again is harmless."""
        if plug.fileno() >= 0 and plug.fileno() in self._selector.get_map():
            self._selector.unregister(plug)

    def close(self) -> None:
        """End."""
        self._selector.close()

    def _select(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            # An earlier one of the row may have hung up, and another have got its number.
            if self._selector.get_map().get(key.fd) is key:
                key.data()
