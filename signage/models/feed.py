"""Named, versioned lists of what hangs on walls."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from signage.models.base import Base, Id, Json, PrimaryKey, Short, Word


class Feed(Base):
    """A list at (epoch, rev); every change of one item has the next rev."""

    __tablename__ = "feeds"

    id: Mapped[PrimaryKey]
    name: Mapped[Short] = mapped_column(unique=True)
    kind: Mapped[Word]
    """quotes, improvements or metric."""
    epoch: Mapped[Word]
    rev: Mapped[int] = mapped_column(default=0)
    options: Mapped[Json]
    stale: Mapped[bool] = mapped_column(default=False)
    """A metric feed whose numbers have changed since it was last computed."""


class FeedItem(Base):
    """What hangs there now."""

    __tablename__ = "feed_items"

    feed_id: Mapped[int] = mapped_column(
        Id, ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True
    )
    item: Mapped[Word] = mapped_column(primary_key=True)
    rev: Mapped[int]
    body: Mapped[Json]


class FeedChange(Base):
    """One put or drop: the outbox and the history in one."""

    __tablename__ = "feed_changes"
    __table_args__ = (
        UniqueConstraint("feed_id", "rev"),
        Index("ix_feed_changes_announced_at_id", "announced_at", "id"),
    )

    id: Mapped[PrimaryKey]
    feed_id: Mapped[int] = mapped_column(Id, ForeignKey("feeds.id", ondelete="CASCADE"))
    rev: Mapped[int]
    op: Mapped[Word]
    item: Mapped[Word]
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON())
    made_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    cause: Mapped[Word | None]
    """The id of what caused it, e.g. "d17" for decision 17: the same in logs and receipts."""
