"""Withdrawals, and what is waited for after them."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from signage.actions import decide
from signage.actions.receipts import announced
from signage.models import (
    Database,
    FeedChange,
    Recall,
    RecallPart,
)

MINUTE = timedelta(minutes=1)


def withdraw(database: Database, quote: int, *, lead: int, at: datetime) -> str:
    return decide.withdraw(database, quote, reason="private", user_id=lead, at=at).cause


def parts(database: Database) -> list[tuple[int, int]]:
    """(feed, rev) of the latest recall."""
    with database.read() as session:
        latest = session.scalar(select(func.max(Recall.id)))
        rows = session.execute(
            select(RecallPart.feed_id, RecallPart.rev)
            .where(RecallPart.recall_id == latest)
            .order_by(RecallPart.feed_id)
        )
        return [(feed, rev) for feed, rev in rows]


def mark_all(database: Database, at: datetime, feed_id: int | None = None) -> None:
    """Announce what is not announced, as the relay does."""
    with database.write() as session:
        query = select(FeedChange).where(FeedChange.announced_at.is_(None))
        if feed_id is not None:
            query = query.where(FeedChange.feed_id == feed_id)
        pending = session.scalars(query).all()
        for change in pending:
            change.announced_at = at
        announced(session, pending, at)
