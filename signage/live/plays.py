"""What walls say that they have shown, kept beside the loop and confirmed once it is.

The gateway only notes. A wall says a batch again until it hears that it was kept, so whatever is
lost here comes again, and counts once.
"""

from collections.abc import Callable
from itertools import islice
from typing import Any

import gevent

from signage import clock
from signage.actions.plays import keep_plays
from signage.core.plays import Batch
from signage.live.sweep import Sweep
from signage.models import Database

AT_ONCE = 50
"""Batches in one transaction: other greenlets run between two of them."""

Emit = Callable[[str, dict[str, Any], str], None]
"""Event, message, sid."""


class Plays:
    """One greenlet that keeps what was noted."""

    def __init__(self, database: Database, emit: Emit) -> None:
        self._database = database
        self._emit = emit
        self._noted: dict[tuple[int, str, int], tuple[str, Batch]] = {}
        self._sweep = Sweep("keeping what was shown", self.flush)

    def start(self) -> None:
        """Begin; again is harmless."""
        self._sweep.start()

    def stop(self) -> None:
        """End."""
        self._sweep.stop()

    def note(self, sid: str, screen_id: int, batch: Batch | None) -> None:
        """A screen said by a socket what it has shown."""
        if batch is not None:
            self._noted[screen_id, batch.queue, batch.number] = sid, batch

    def flush(self) -> None:
        """Keep what was noted, and say so. Raises what the database raises; then nothing is
        lost."""
        while self._noted:
            some = dict(islice(self._noted.items(), AT_ONCE))
            batches = [(screen_id, batch) for (screen_id, _, _), (_, batch) in some.items()]
            keep_plays(self._database, batches, at=clock.now())
            for place, (sid, batch) in some.items():
                self._noted.pop(place, None)
                self._emit("plays", {"queue": batch.queue, "batch": batch.number}, sid)
            gevent.sleep(0)
