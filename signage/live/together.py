"""One reading for all who ask at the same moment."""

from collections.abc import Callable
from typing import Generic, TypeVar

import gevent
from gevent.event import AsyncResult
from gevent.lock import BoundedSemaphore

T = TypeVar("T")


class Together(Generic[T]):
    """Reads for everybody at once. Who asks gets what was read after they asked, never before:
    a thousand walls that say hello in one moment cost a few queries, and each hears the truth."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._turn = BoundedSemaphore(1)
        self._next: AsyncResult | None = None

    def get(self) -> T:
        """What a reading says that begins now or later; raises what it raises."""
        if self._next is None:
            self._next = AsyncResult()
            # In a greenlet of its own: whoever asked first may be gone before the others.
            gevent.spawn(self._answer, self._next)
        value: T = self._next.get()
        return value

    def _answer(self, asked: AsyncResult) -> None:
        with self._turn:
            # From here on, whoever asks is for the next reading.
            self._next = None
            try:
                asked.set(self._read())
            except Exception as error:  # theirs to handle
                asked.set_exception(error)
