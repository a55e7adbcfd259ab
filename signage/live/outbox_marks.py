"""Marking changes as announced, after the walls were told: the first process to do so wins."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, or_, select, update
from sqlalchemy.orm import Session

from signage import logs, meters
from signage.actions.receipts import announced
from signage.models import Database, Feed, FeedChange

LEFT = timedelta(seconds=10)
"""Who announced a change and has not marked it by then has crashed."""
MOST_LEFT = 500

Changes = Sequence[Any]
"""With id, feed_id, rev, made_at and cause of FeedChange."""


class OutboxMarks:
    """What this process announced and the database does not know of yet."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[Changes, datetime]] = []
        self._patience = timedelta(0)

    def note(self, changes: Changes, at: datetime) -> None:
        """Remember that changes were announced; `write` marks them."""
        self._waiting.append((changes, at))

    def skipped(self) -> None:
        """Some were not announced one by one, since walls were made to ask: `write` marks them."""
        self._patience = timedelta(0)

    def write(self, cursors: Mapping[str, tuple[str, int]], *, at: datetime) -> None:
        """Mark what was announced here, and what a crash left unmarked up to the `cursors`: walls
        have had that by their hello."""
        while self._waiting:
            changes, announced_at = self._waiting[0]
            self._mark(changes, announced_at)
            del self._waiting[0]
        # At the start all that is left was left by a crash; later, somebody may be about to mark.
        patience, self._patience = self._patience, LEFT
        left = self._left(cursors, at - patience, at)
        if left:
            self._mark(left, at)

    def _mark(self, changes: Changes, at: datetime) -> None:
        ids = [change.id for change in changes]
        with self._database.read() as session:
            if not session.scalars(_unmarked(ids).limit(1)).all():
                return  # by another process: one write transaction less
        with self._database.write() as session:
            first = _mark_first(session, ids, at)
            announced(session, [change for change in changes if change.id in first], at)
        causes = {change.cause: change for change in changes if change.id in first and change.cause}
        for cause, change in causes.items():
            seconds = round((at - change.made_at).total_seconds(), 3)
            logs.event("announced", cause=cause, feed=change.feed_id, rev=change.rev, after=seconds)

    def _left(
        self, cursors: Mapping[str, tuple[str, int]], before: datetime, at: datetime
    ) -> Changes:
        """Changes behind the cursors that nobody marked, once there is one made `before`."""
        with self._database.read() as session:
            oldest = session.scalar(
                select(FeedChange.made_at)
                .where(FeedChange.announced_at.is_(None))
                .order_by(FeedChange.id)
                .limit(1)
            )
            if oldest is None:
                meters.OUTBOX_AGE.set(0)
                return ()
            meters.OUTBOX_AGE.set(max(0.0, (at - oldest).total_seconds()))
            # Of the future: the clock was set back since, perhaps by hours.
            due = oldest <= before or oldest > at + LEFT
            return _behind(session, cursors) if due else ()


def _unmarked(ids: Sequence[int]) -> Select[int]:
    return select(FeedChange.id).where(FeedChange.id.in_(ids), FeedChange.announced_at.is_(None))


def _mark_first(session: Session, ids: Sequence[int], at: datetime) -> set[int]:
    """Mark those that nobody marked before; gives their ids."""
    marked = session.execute(
        update(FeedChange)
        .where(FeedChange.id.in_(ids), FeedChange.announced_at.is_(None))
        .values(announced_at=at)
        .returning(FeedChange.id)
        .execution_options(synchronize_session=False)
    )
    return set(marked.scalars())


def _behind(session: Session, cursors: Mapping[str, tuple[str, int]]) -> Changes:
    passed = [and_(Feed.name == name, FeedChange.rev <= rev) for name, (_, rev) in cursors.items()]
    if not passed:
        return ()
    return session.execute(
        select(
            FeedChange.id, FeedChange.feed_id, FeedChange.rev, FeedChange.made_at, FeedChange.cause
        )
        .join(Feed, Feed.id == FeedChange.feed_id)
        .where(FeedChange.announced_at.is_(None), or_(*passed))
        .order_by(FeedChange.id)
        .limit(MOST_LEFT)
    ).all()
