"""Writing to feeds: each change takes the next rev, in the transaction of what caused it."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, null, select, update
from sqlalchemy.orm import Session

from signage.models import Database, Feed, FeedChange, FeedItem

FEEDS: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("quotes", "quotes", {"size": 60}),
    ("improvements", "improvements", {}),
    ("notices", "notices", {}),
    ("nps", "metric", {"metric": "nps"}),
    ("csat", "metric", {"metric": "csat"}),
    ("ces", "metric", {"metric": "ces"}),
    ("touchpoints", "metric", {"metric": "all", "shows": "touchpoints"}),
    ("mix", "metric", {"metric": "nps", "shows": "mix"}),
)
"""The feeds that every installation has: name, kind, options."""

HISTORY = 500
"""Changes kept for each feed; a player that lacks more gets a snapshot."""


def ensure_feeds(session: Session) -> None:
    """Make the feeds that are not there yet, each with a new epoch."""
    known = set(session.scalars(select(Feed.name)))
    for name, kind, options in FEEDS:
        if name not in known:
            epoch = secrets.token_hex(6)
            session.add(
                Feed(name=name, kind=kind, epoch=epoch, rev=0, options=dict(options), stale=True)
            )


def feed_named(session: Session, name: str) -> Feed:
    """The feed; it is always there once the product was set up."""
    return session.scalars(select(Feed).where(Feed.name == name)).one()


def put(
    session: Session,
    feed: Feed,
    item: str,
    body: Mapping[str, Any],
    at: datetime,
    *,
    cause: str | None = None,
) -> int | None:
    """Hang an item, or change it; gives the rev, or None when it hangs like that already, and then
    nothing is written. `cause` as in FeedChange."""
    hanging = session.get(FeedItem, (feed.id, item))
    if hanging is not None and hanging.body == body:
        return None
    rev = _next_rev(session, feed)
    if hanging is None:
        session.add(FeedItem(feed_id=feed.id, item=item, rev=rev, body=dict(body)))
    else:
        hanging.rev, hanging.body = rev, dict(body)
    _note(session, FeedChange(op="put", body=dict(body), item=item, made_at=at), feed, rev, cause)
    return rev


def drop(
    session: Session, feed: Feed, item: str, at: datetime, *, cause: str | None = None
) -> int | None:
    """Take an item down; gives the rev, or None when it did not hang."""
    found = session.execute(
        delete(FeedItem).where(FeedItem.feed_id == feed.id, FeedItem.item == item)
    )
    if not found.rowcount:  # type: ignore[attr-defined]  # a DELETE always has it
        return None
    rev = _next_rev(session, feed)
    _note(session, FeedChange(op="drop", body=None, item=item, made_at=at), feed, rev, cause)
    return rev


def forget_history(database: Database) -> None:
    """Drop announced changes beyond HISTORY for each feed."""
    with database.write() as session:
        for feed in session.scalars(select(Feed)).all():
            session.execute(
                delete(FeedChange).where(
                    FeedChange.feed_id == feed.id,
                    FeedChange.rev <= feed.rev - HISTORY,
                    FeedChange.announced_at.is_not(None),
                )
            )


def _next_rev(session: Session, feed: Feed) -> int:
    # The UPDATE locks the row: concurrent writers take their numbers one after the other.
    return session.execute(
        update(Feed).where(Feed.id == feed.id).values(rev=Feed.rev + 1).returning(Feed.rev)
    ).scalar_one()


def _note(session: Session, change: FeedChange, feed: Feed, rev: int, cause: str | None) -> None:
    change.feed_id, change.rev, change.cause = feed.id, rev, cause
    session.add(change)
    session.flush()
    _forget_earlier(session, feed, change.item, rev)


def _forget_earlier(session: Session, feed: Feed, item: str, rev: int) -> None:
    """Earlier puts of an item become drops: only its latest state matters to a wall that catches
    up. The numbers stay without a gap, and words that were taken down, cut or erased since are
    kept and sent no more."""
    session.execute(
        update(FeedChange)
        .where(
            FeedChange.feed_id == feed.id,
            FeedChange.item == item,
            FeedChange.op == "put",
            FeedChange.rev < rev,
        )
        .values(op="drop", body=null())
    )
