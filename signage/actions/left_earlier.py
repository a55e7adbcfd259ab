"""By which changes words left feeds before they were recalled."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage.actions.outbox import HISTORY
from signage.actions.programme import LEASE_HOURS
from signage.core.lease import dies_at
from signage.core.painted import Part
from signage.models import Feed, FeedChange


def left_earlier(
    session: Session, quote_ids: Collection[int], at: datetime, *, but: Collection[int]
) -> list[Part]:
    """Of each feed of quotes, except those with an id of `but`, the last change by which one of
    these quotes gave way; the feed's latest one where the history does not reach back; none once
    every copy from before has died."""
    feeds = session.scalars(
        select(Feed).where(Feed.kind == "quotes", Feed.id.not_in(but)).order_by(Feed.id)
    ).all()
    last = _last_changes(session, [feed.id for feed in feeds], quote_ids)
    parts = []
    for feed in feeds:
        known = last.get(feed.id, {})
        # One of which nothing is known may have left beyond the history, or never hung there.
        unknown = len(known) < len(set(quote_ids)) and _may_have_hung(session, feed, at)
        revs = [rev for rev, made_at in known.values() if not _is_dead(made_at, at)]
        if unknown or revs:
            parts.append(Part(feed.id, feed.epoch, feed.rev if unknown else max(revs)))
    return parts


def _may_have_hung(session: Session, feed: Feed, at: datetime) -> bool:
    """Whether one of which the history of a feed says nothing may have hung there of late."""
    if feed.rev <= HISTORY:
        return False  # nothing was forgotten: it never did
    oldest = session.scalar(
        select(func.min(FeedChange.made_at)).where(FeedChange.feed_id == feed.id)
    )
    return oldest is not None and not _is_dead(oldest, at)


def _is_dead(left_at: datetime, at: datetime) -> bool:
    return dies_at(left_at, LEASE_HOURS) < at


def _last_changes(
    session: Session, feed_ids: Collection[int], quote_ids: Iterable[int]
) -> dict[int, dict[str, tuple[int, datetime]]]:
    """Feed id → item → its last change: rev and time; one statement for all."""
    found: dict[int, dict[str, tuple[int, datetime]]] = {}
    if not feed_ids:
        return found
    rows = session.execute(
        select(FeedChange.feed_id, FeedChange.item, FeedChange.rev, FeedChange.made_at)
        .where(
            FeedChange.feed_id.in_(feed_ids), FeedChange.item.in_([f"q{id_}" for id_ in quote_ids])
        )
        .order_by(FeedChange.rev)
    )
    for feed_id, item, rev, made_at in rows:
        found.setdefault(feed_id, {})[item] = (rev, made_at)
    return found
