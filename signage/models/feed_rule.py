"""Feeds that are made at the desk, with their rules and what hangs in them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from signage.core.feed_rules import FeedRule
from signage.models.base import Base, Id, Json, PrimaryKey, Short
from signage.models.feed import Feed, FeedItem
from signage.models.response import Touchpoint


class MadeFeed(Base):
    """What somebody has said of a feed. Playlists name it `f` and this number, also where it was
    deleted: a number is never used again."""

    __tablename__ = "made_feeds"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read once by SQLAlchemy

    id: Mapped[PrimaryKey]
    feed_id: Mapped[int] = mapped_column(Id, ForeignKey("feeds.id"), unique=True)
    title: Mapped[Short]
    rule: Mapped[Json]
    """As signage.core.feed_rules.FeedRule is written down."""
    version: Mapped[int] = mapped_column(default=1)
    """Rises with each change, so that nobody changes what they have not seen."""
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    """When time alone next changes what hangs: this column is the schedule."""
    user_id: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    """Who changed it last."""
    changed_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    """A deleted feed holds nothing, and can be brought back."""


@dataclass(frozen=True, slots=True)
class Made:
    """A feed with its rule, read."""

    feed: Feed
    of: MadeFeed
    rule: FeedRule

    @property
    def name(self) -> str:
        """What playlists and walls call it."""
        return self.feed.name


_MADE = (
    select(MadeFeed, Feed)
    .join(Feed, Feed.id == MadeFeed.feed_id)
    .where(MadeFeed.deleted_at.is_(None))
    .order_by(MadeFeed.id)
)


def made_feeds(session: Session, *kinds: str) -> list[Made]:
    """The feeds that were made and not deleted, in the order in which they were made; only of
    these kinds where any are given. One statement."""
    found = [
        Made(feed, made, FeedRule.from_json(made.rule)) for made, feed in session.execute(_MADE)
    ]
    return [each for each in found if not kinds or each.rule.kind in kinds]


def due_feeds(session: Session, at: datetime) -> list[Made]:
    """Those whose content time has changed."""
    rows = session.execute(_MADE.where(MadeFeed.due_at <= at))
    return [Made(feed, made, FeedRule.from_json(made.rule)) for made, feed in rows]


def word_feeds(session: Session) -> dict[str, str]:
    """Feeds in which customers' words hang that were made at the desk, name → title; also those
    that were deleted, since they may come back."""
    rows = session.execute(
        select(Feed.name, MadeFeed.title)
        .join(Feed, Feed.id == MadeFeed.feed_id)
        .where(Feed.kind.in_(("quotes", "improvements")))
        .order_by(MadeFeed.id)
    )
    return dict(rows.all())


def about(session: Session, rule: FeedRule) -> list[str]:
    """Of which part of the answers a feed tells, by touchpoint and segment, as walls name it."""
    touchpoints = session.scalars(
        select(Touchpoint).where(Touchpoint.id.in_(rule.touchpoints)).order_by(Touchpoint.position)
    )
    named = [each.title for each in touchpoints] if rule.touchpoints else []
    return [*named, *rule.segments]


def hung_in(session: Session, feed_ids: Collection[int]) -> dict[int, set[int]]:
    """Feed id → the numbers of the quotes, improvements or notices that hang there."""
    hung: dict[int, set[int]] = {feed_id: set() for feed_id in feed_ids}
    if hung:
        rows = session.execute(
            select(FeedItem.feed_id, FeedItem.item).where(FeedItem.feed_id.in_(hung))
        )
        for feed_id, item in rows:
            if item[1:].isdecimal():  # neither the turns nor a summary
                hung[feed_id].add(int(item[1:]))
    return hung


def holding(session: Session, feed_ids: Collection[int], items: Collection[str]) -> set[int]:
    """Those of the feeds in which one of the items hangs."""
    there = FeedItem.feed_id.in_(feed_ids), FeedItem.item.in_(items)
    return set(session.scalars(select(FeedItem.feed_id).where(*there)))


def bodies_in(session: Session, feed_ids: Collection[int], item: str) -> dict[int, dict[str, Any]]:
    """Feed id → the body of an item that hangs there."""
    if not feed_ids:
        return {}
    there = FeedItem.feed_id.in_(feed_ids), FeedItem.item == item
    return dict(session.execute(select(FeedItem.feed_id, FeedItem.body).where(*there)).all())
