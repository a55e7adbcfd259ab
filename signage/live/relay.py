"""Announcing what committed: each change once to the room of its feed.

An action's commit nudges the relay; a one-second sweep announces whatever a crash left. Announcing
twice is harmless, since players ignore revs that they have.
"""

import logging
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import gevent
from gevent.event import Event
from sqlalchemy import Row, select, update

from signage import clock
from signage.live.presence import Presence
from signage.models import Database, Feed, FeedChange

SWEEP_SECONDS = 1.0
BATCH = 200

Emit = Callable[[str, dict[str, Any], str], None]
"""Event, message, room."""

log = logging.getLogger(__name__)


class Relay:
    """One greenlet that announces."""

    def __init__(self, database: Database, presence: Presence, emit: Emit) -> None:
        self._database = database
        self._presence = presence
        self._emit = emit
        self._wake = Event()
        self._running: gevent.Greenlet | None = None

    def start(self) -> None:
        """Begin; again is harmless."""
        if self._running is None:
            self._database.on_commit(self.nudge)
            self._running = gevent.spawn(self._run)

    def stop(self) -> None:
        """End."""
        if self._running is not None:
            self._running.kill()
            self._running = None

    def nudge(self) -> None:
        """Something committed: look now rather than at the next sweep."""
        # After the commit is often in another thread of gevent's pool; Event.set is safe there.
        self._wake.set()

    def announce(self) -> int:
        """Emit every change not announced yet, in order; gives how many."""
        pending = self.pending()
        for (name, epoch), rows in groupby(pending, key=lambda row: (row.name, row.epoch)):
            changes = [change_body(row.FeedChange) for row in rows]
            self._emit("changes", {"feed": name, "epoch": epoch, "changes": changes}, name)
        self._mark([row.FeedChange.id for row in pending])
        return len(pending)

    def pending(self) -> Sequence[Row[FeedChange, str, str]]:
        """Changes that committed and were not announced: at most BATCH, each with its feed's
        name and epoch."""
        with self._database.read() as session:
            return session.execute(
                select(FeedChange, Feed.name, Feed.epoch)
                .join(Feed, Feed.id == FeedChange.feed_id)
                .where(FeedChange.announced_at.is_(None))
                .order_by(Feed.name, FeedChange.rev)
                .limit(BATCH)
            ).all()

    def _mark(self, ids: list[int]) -> None:
        if ids:
            with self._database.write() as session:
                session.execute(
                    update(FeedChange)
                    .where(FeedChange.id.in_(ids))
                    .values(announced_at=clock.now())
                )

    def _run(self) -> None:
        while True:
            self._wake.wait(timeout=SWEEP_SECONDS)
            self._wake.clear()
            try:
                while self.announce() == BATCH:
                    gevent.sleep(0)
                self._presence.keep_current(self._emit)
            except Exception:  # whatever it was, the next sweep must come
                log.exception("changes stay unannounced until the next sweep")
                gevent.sleep(SWEEP_SECONDS)


def change_body(change: FeedChange) -> dict[str, Any]:
    """One change as players read it."""
    body = {"rev": change.rev, "op": change.op, "item": change.item}
    return body if change.body is None else {**body, "body": change.body}
