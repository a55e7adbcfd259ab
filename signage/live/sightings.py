"""What walls say of themselves, gathered in memory and kept about twice a second.

The gateway only notes; nothing that a wall says waits for the database. A crash loses what came
since the last flush: the next heartbeat of each wall says it again.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from itertools import islice

import gevent
from gevent.event import Event
from sqlalchemy.exc import SQLAlchemyError

from signage import logs, meters
from signage.actions.see import see
from signage.actions.sights import Confirmed, Known, Sight
from signage.core.vitals import Vitals
from signage.live.ending import end
from signage.live.worth_keeping import WorthKeeping
from signage.models import Database

FLUSH_SECONDS = 0.5
BATCH = 200
"""Screens in one transaction: other greenlets run between two of them."""
FAULT_SECONDS = 2.0
"""Between tries while the database does not answer."""

log = logging.getLogger(__name__)


class Sightings:
    """One greenlet that keeps what was noted."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._noted: dict[int, Sight] = {}
        self._known: dict[int, Known] = {}
        self._worth = WorthKeeping()
        self._ending = Event()
        self._running: gevent.Greenlet | None = None

    def start(self) -> None:
        """Begin; again is harmless."""
        if self._running is None:
            self._ending.clear()
            self._running = gevent.spawn(self._run)

    def stop(self) -> None:
        """End, keeping what was noted until now where the database answers."""
        if self._running is not None:
            self._ending.set()
            self._running.join(timeout=FAULT_SECONDS)
            end(self._running)
            self._running = None

    def note(
        self,
        screen_id: int,
        *,
        at: datetime,
        painted: Mapping[str, tuple[str, int]] | None = None,
        edition: int | None = None,
        vitals: Vitals | None = None,
        whole: bool = False,
        has: frozenset[str] | None = None,
    ) -> None:
        """A screen is there. `painted`: feed name → (epoch, rev) that its page shows; `edition`:
        the programme that it has applied; `vitals`: how its page is; `whole`, `has` as in Sight."""
        keep = vitals and self._worth.of(screen_id, vitals, at=at)
        self._add(screen_id, Sight(at, painted or {}, edition or 0, keep, whole, has))

    def _add(self, screen_id: int, sight: Sight) -> None:
        had = self._noted.get(screen_id, Sight(sight.at))
        self._noted[screen_id] = Sight(
            at=sight.at,
            painted={**had.painted, **sight.painted},
            edition=max(had.edition, sight.edition),
            vitals=sight.vitals or had.vitals,
            whole=sight.whole or had.whole,
            has=had.has if sight.has is None else sight.has,
        )

    def flush(self) -> None:
        """Keep what was noted. Raises what the database raises; then nothing noted is lost."""
        while self._noted:
            self._flush_some()

    def _flush_some(self) -> None:
        some = dict(islice(self._noted.items(), BATCH))
        for screen_id in some:
            del self._noted[screen_id]
        try:
            known = {id_: self._known[id_] for id_ in some if id_ in self._known}
            after, confirmed = see(self._database, some, known)
        except BaseException:
            self._put_back(some)
            raise
        self._known.update(after)
        for receipt in confirmed:
            _tell(receipt)

    def _put_back(self, sights: Mapping[int, Sight]) -> None:
        """What was noted meanwhile is newer. What was known may be what is wrong: look it up."""
        for screen_id, sight in sights.items():
            newer = self._noted.pop(screen_id, sight)
            self._noted[screen_id] = sight
            self._add(screen_id, newer)
            self._known.pop(screen_id, None)

    def _run(self) -> None:
        wait = FLUSH_SECONDS
        while not self._ending.is_set():
            self._ending.wait(timeout=wait)
            try:
                while self._noted:
                    self._flush_some()
                    gevent.sleep(0)
                wait = FLUSH_SECONDS
            except SQLAlchemyError as error:
                if wait == FLUSH_SECONDS:
                    log.warning("what walls say waits for the database: %s", type(error).__name__)
                wait = FAULT_SECONDS
            except Exception:  # whatever it was, the next flush must come
                log.exception("what walls say was not kept")
                wait = FAULT_SECONDS


def _tell(receipt: Confirmed) -> None:
    meters.CONFIRMED.observe(receipt.seconds)
    logs.event(
        "confirmed",
        cause=receipt.cause,
        screen=receipt.screen_id,
        seconds=round(receipt.seconds, 3),
    )
