"""Keeping the witness up to date while the server runs."""

import logging
from pathlib import Path

import gevent
from sqlalchemy.exc import SQLAlchemyError

from signage.actions.witness import Witness, keep, seen_now
from signage.live.ending import end
from signage.models import Database

EVERY_SECONDS = 30.0

log = logging.getLogger(__name__)


class Witnessing:
    """One greenlet that writes down, now and then, how far the feeds have come."""

    def __init__(self, database: Database, data: Path) -> None:
        self._database = database
        self._data = data
        self._running: gevent.Greenlet | None = None
        self._last: Witness | None = None

    def start(self) -> None:
        """Begin; again is harmless."""
        if self._running is None:
            self._running = gevent.spawn(self._run)

    def stop(self) -> None:
        """End, noting that the server ended by itself."""
        if self._running is not None:
            end(self._running)
            self._running = None
            self.note(running=False)

    def note(self, *, running: bool = True) -> None:
        """Write it down if anything moved. A fault costs only that: the next time may do it."""
        try:
            witness = seen_now(self._database, running=running)
            if witness != self._last:
                # Waiting for the disk is for another thread than the one that serves.
                gevent.get_hub().threadpool.apply(keep, (witness, self._data))
                self._last = witness
        except (OSError, SQLAlchemyError) as error:
            log.warning("the witness was not written: %s", type(error).__name__)

    def _run(self) -> None:
        while True:
            gevent.sleep(EVERY_SECONDS)
            self.note()
