"""Announcing what committed: each change once to the walls of this process.

An action's commit wakes the relay, and by it the relays of other processes; each looks every second
anyway. A relay keeps a cursor for each feed, up to which its walls were told, so it needs no word
from anybody: what the database has beyond the cursor is emitted, in order and without a hole.
Announcing twice is harmless, since players ignore revs that they have.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import gevent
from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from signage import clock, meters
from signage.live.asking import make_ask
from signage.live.outbox_marks import OutboxMarks
from signage.live.presence import Emit, Presence
from signage.live.state import Head, change_body, read_heads
from signage.live.sweep import Sweep
from signage.models import Database, FeedChange

BATCH = 200

# Made once: making it takes longer than asking it.
_BEYOND = (
    select(
        FeedChange.id, FeedChange.feed_id, FeedChange.rev, FeedChange.op, FeedChange.item,
        FeedChange.body, FeedChange.made_at, FeedChange.cause,
    )
    .where(FeedChange.feed_id == bindparam("feed"), FeedChange.rev > bindparam("rev"))
    .order_by(FeedChange.rev)
    .limit(BATCH)
)  # fmt: skip


class Relay:
    """Announces to the walls of this process. `wake_others` wakes the relays of other processes;
    it must not wait."""

    def __init__(
        self,
        database: Database,
        presence: Presence,
        emit: Emit,
        wake_others: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._presence = presence
        self._emit = emit
        self._wake_others = wake_others
        self._cursors: dict[str, tuple[str, int]] = {}
        self._committed_here = False
        self._marks = OutboxMarks(database)
        self._announcing = Sweep("announcing", self.announce)
        self._marking = Sweep("marking", lambda: self._marks.write(self._cursors, at=clock.now()))
        self._following = Sweep("following editions", self._follow)
        self.swept: datetime | None = None
        """When it last looked for changes."""

    def start(self) -> None:
        """Begin; again is harmless."""
        if self.swept is None:
            self._database.on_commit(self.nudge)
            self.announce()
        for sweep in (self._announcing, self._following, self._marking):
            sweep.start()

    def stop(self) -> None:
        """End."""
        for sweep in (self._announcing, self._following, self._marking):
            sweep.stop()

    def nudge(self) -> None:
        """Something committed here: look now rather than in a second, and have others look. They
        are not kept waiting until it is known here what it was: then all look at the same time."""
        # After the commit is often in another thread of gevent's pool; waking is safe there.
        self._committed_here = True
        self._wake_others()
        self.look()

    def look(self) -> None:
        """Something committed somewhere: look now."""
        self._announcing.wake()
        self._following.wake()

    def announce(self) -> int:
        """Emit what the database has beyond the cursors; gives how many changes."""
        told, left, here = 0, True, self._committed_here
        self._committed_here = False  # what commits meanwhile is the next look's
        while left:
            news = self._news()
            told += sum(self._tell(head, changes) for head, changes in news if changes)
            self._make_ask([head for head, changes in news if not changes])
            left = any(self._cursors[head.name] != (head.epoch, head.rev) for head, _ in news)
        self.swept = clock.now()
        if told and here:
            # Where it committed it is marked; others find that done when they come to it.
            self._marking.wake()
        return told

    def _news(self) -> list[tuple[Head, Sequence[Row[Any]]]]:
        """Feeds that are not where their cursor is, each with the changes between: at most BATCH,
        and none where they do not follow on."""
        with self._database.read() as session:
            return [
                (head, self._beyond(session, head))
                for head in read_heads(session).values()
                if self._cursors.get(head.name) != (head.epoch, head.rev)
            ]

    def _beyond(self, session: Session, head: Head) -> Sequence[Row[Any]]:
        epoch, rev = self._cursors.get(head.name, ("", 0))
        if epoch != head.epoch:
            return ()
        rows = session.execute(_BEYOND, {"feed": head.id, "rev": rev}).all()
        follows = [row.rev for row in rows] == list(range(rev + 1, rev + 1 + len(rows)))
        return rows if follows else ()

    def _tell(self, head: Head, changes: Sequence[Row[Any]]) -> int:
        bodies = [change_body(change) for change in changes]
        self._emit(
            "changes", {"feed": head.name, "epoch": head.epoch, "changes": bodies}, head.name
        )
        self._cursors[head.name] = (head.epoch, changes[-1].rev)
        at = clock.now()
        for change in changes:
            meters.ANNOUNCED.observe(max(0.0, (at - change.made_at).total_seconds()))
        self._marks.note(changes, at)
        return len(changes)

    def _make_ask(self, heads: Sequence[Head]) -> None:
        """The history of these feeds has ended, or cannot be told: walls have to ask."""
        for head in heads:
            self._cursors[head.name] = (head.epoch, head.rev)
            self._marks.skipped()
        names = [head.name for head in heads]
        if names and (sids := self._presence.sids(names)):
            gevent.spawn(make_ask, sids, names, self._emit)

    def _follow(self) -> None:
        self._presence.keep_current(self._emit)
