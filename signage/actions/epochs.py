"""Ending the history that walls know, once the database is no longer the one that they heard from.

A database that was put back from a backup, or that lost its last moments in a power cut, goes on
counting from an earlier rev: it would give numbers that walls already have to other content, and
they would never notice. A new epoch makes every wall take each feed whole.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from signage import logs
from signage.models import Database, Feed, FeedChange, Screen

MARK = "history"
"""The item that a renewal drops: it never hung. So a renewal is announced like any change, and a
wall that hears another epoch says hello."""
BETWEEN_PROOFS = timedelta(minutes=10)
"""What screens say renews no oftener: each renewal costs every wall a snapshot."""

Heads = Mapping[str, tuple[str, int]]
"""Feed name → (epoch, rev)."""


def renew_epochs(database: Database, *, at: datetime, why: str) -> None:
    """Give each feed a new epoch, all in one transaction; the revs go on counting.

    why: restored, power-cut, proof or asked; it stands in the log and as the changes' cause.
    """
    with database.write() as session:
        renew_in(session, why, at)
    logs.event("epochs-renewed", cause=why)


def heads_of(session: Session) -> dict[str, tuple[str, int]]:
    """Where each feed is."""
    rows = session.execute(select(Feed.name, Feed.epoch, Feed.rev))
    return {name: (epoch, rev) for name, epoch, rev in rows}


def is_beyond(have: Heads, heads: Heads) -> bool:
    """Whether somebody has a rev of a feed's own epoch that the feed has not reached."""
    return any(
        epoch == heads[name][0] and rev > heads[name][1]
        for name, (epoch, rev) in have.items()
        if name in heads
    )


def prove_restored(database: Database, have: Heads, *, at: datetime) -> bool:
    """Whether what a screen has proves that the database was put back; then epochs are renewed.

    Changes reach screens after their commit alone, so none can honestly be ahead. Ask only for a
    screen that was let in. Within BETWEEN_PROOFS of the latest renewal the answer is False.
    """
    with database.read() as session:
        if not is_beyond(have, heads_of(session)) or _lately(session, at):
            return False
    with database.write() as session:
        # Of several that bring the same proof the first renews; the others find another epoch.
        feeds = session.scalars(select(Feed).order_by(Feed.id).with_for_update())
        if not is_beyond(have, {feed.name: (feed.epoch, feed.rev) for feed in feeds}):
            return False
        renew_in(session, "proof", at)
    logs.event("epochs-renewed", cause="proof")
    return True


def renew_in(session: Session, why: str, at: datetime) -> None:
    """The same as `renew_epochs`, in a transaction that does more."""
    session.execute(update(Screen).values(unheard_since=at))
    for feed_id in session.scalars(select(Feed.id).order_by(Feed.id)).all():
        rev = session.execute(
            update(Feed)
            .where(Feed.id == feed_id)
            .values(epoch=secrets.token_hex(6), rev=Feed.rev + 1)
            .returning(Feed.rev)
        ).scalar_one()
        change = FeedChange(
            feed_id=feed_id, rev=rev, op="drop", item=MARK, body=None, made_at=at, cause=why
        )
        session.add(change)


def _lately(session: Session, at: datetime) -> bool:
    latest = session.scalar(select(func.max(FeedChange.made_at)).where(FeedChange.item == MARK))
    # One from the future says nothing: the clock was wrong then, or is now.
    return latest is not None and latest <= at < latest + BETWEEN_PROOFS
