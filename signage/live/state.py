"""What a wall lacks of its feeds."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.core import feeds
from signage.live.relay import change_body
from signage.models import Feed, FeedChange, FeedItem

Have = Mapping[str, tuple[str, int]]
"""Feed name → (epoch, rev), as a wall says it."""


def read_have(said: object) -> Have:
    """What a wall says that it has; anything malformed counts as having nothing."""
    if not isinstance(said, dict):
        return {}
    return {
        name: (told["epoch"], told["rev"])
        for name, told in said.items()
        if isinstance(name, str)
        and isinstance(told, dict)
        and isinstance(told.get("epoch"), str)
        and type(told.get("rev")) is int
        and told["rev"] >= 0
    }


def feed_answers(session: Session, names: Sequence[str], have: Have) -> dict[str, Any]:
    """For each feed the missing changes, or a snapshot where the history does not reach back.
    `session` must see one committed state."""
    found = session.scalars(select(Feed).where(Feed.name.in_(names))).all()
    return {feed.name: _answer(session, feed, have.get(feed.name)) for feed in found}


def _answer(session: Session, feed: Feed, have: tuple[str, int] | None) -> dict[str, Any]:
    head = {"kind": feed.kind, "epoch": feed.epoch, "rev": feed.rev}
    rows: Sequence[FeedChange] = ()
    if have is not None and have[0] == feed.epoch and have[1] < feed.rev:
        rows = session.scalars(
            select(FeedChange)
            .where(FeedChange.feed_id == feed.id, FeedChange.rev > have[1])
            .order_by(FeedChange.rev)
        ).all()
    history = [feeds.Change(row.rev, row.op, row.item, row.body) for row in rows]  # type: ignore[arg-type]  # written by outbox
    missing = feeds.answer(have, epoch=feed.epoch, rev=feed.rev, history=history)
    if missing is None:
        items = session.execute(
            select(FeedItem.item, FeedItem.body).where(FeedItem.feed_id == feed.id)
        )
        return {**head, "items": dict(items.all())}
    wanted = {change.rev for change in missing}
    return {**head, "changes": [change_body(row) for row in rows if row.rev in wanted]}
