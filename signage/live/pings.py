"""Who is pinged when, and who did not answer: one timer for all sockets of a process."""

from collections import deque
from collections.abc import Iterator
from typing import Any


class Pings:
    """Sockets in three queues. Whoever is put into one waits as long there as all the others, so
    each is in order of time, and a look at its head is enough."""

    def __init__(self, interval: float, timeout: float) -> None:
        self._interval, self._timeout = interval, timeout
        self._first: deque[tuple[float, Any]] = deque()
        self._again: deque[tuple[float, Any]] = deque()
        self._answers: deque[tuple[float, Any]] = deque()

    def begin(self, socket: Any, opened: float) -> None:  # noqa: ANN401 - the libraries ship no types
        """Ping a socket from now on; it opened then, in seconds of the steady clock."""
        self._first.append((opened + self._interval, socket))

    def due(self, now: float) -> Iterator[Any]:
        """Who is to be pinged."""
        for queue in (self._first, self._again):
            while queue and queue[0][0] <= now:
                _, socket = queue.popleft()
                if not socket.closed:
                    yield socket

    def pinged(self, socket: Any, now: float) -> None:  # noqa: ANN401 - the libraries ship no types
        """It is: its answer is awaited."""
        socket.awaits_pong = True
        self._answers.append((now + self._timeout, socket))

    def silent(self, now: float) -> Iterator[Any]:
        """Who did not answer in time; who did is to be pinged again."""
        while self._answers and self._answers[0][0] <= now:
            due, socket = self._answers.popleft()
            if socket.closed:
                continue
            if socket.awaits_pong:
                yield socket
            else:
                self._again.append((due - self._timeout + self._interval, socket))
