"""What a wall lacks of its feeds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from signage.core import feeds
from signage.models import Feed, FeedChange, FeedItem

Have = Mapping[str, tuple[str, int]]
"""Feed name → (epoch, rev), as a wall says it."""

# Made once: making it takes longer than asking it.
_HEADS = select(Feed.id, Feed.name, Feed.kind, Feed.epoch, Feed.rev)

LARGEST_REV = 2**31 - 1
LONGEST_EPOCH = 64
MOST_FEEDS = 500


@dataclass(frozen=True, slots=True)
class Head:
    """How far a feed has come."""

    id: int
    name: str
    kind: str
    epoch: str
    rev: int


def read_heads(session: Session) -> dict[str, Head]:
    """Every feed's head by its name, in one query."""
    return {row[1]: Head(*row) for row in session.execute(_HEADS)}


def read_have(said: object, names: Sequence[str]) -> dict[str, tuple[str, int]]:
    """What a wall says that it has of the feeds `names`; anything malformed counts as nothing."""
    told = said if isinstance(said, dict) else {}
    read = {name: _position(told.get(name)) for name in names}
    return {name: position for name, position in read.items() if position is not None}


def said_names(said: object) -> frozenset[str]:
    """The names of all feeds of which a wall says something."""
    told = said if isinstance(said, dict) else {}
    return frozenset(islice((name for name in told if isinstance(name, str)), MOST_FEEDS))


def change_body(change: Any) -> dict[str, Any]:  # noqa: ANN401 - a FeedChange, or a row of its columns
    """One change as players read it."""
    body = {"rev": change.rev, "op": change.op, "item": change.item}
    return body if change.body is None else {**body, "body": change.body}


def feed_answers(session: Session, names: Sequence[str], have: Have) -> dict[str, Any]:
    """For each feed the missing changes, or a snapshot where the history does not reach back.
    `session` must see one committed state."""
    heads = read_heads(session)
    known = [heads[name] for name in names if name in heads]
    return {head.name: feed_answer(session, head, have.get(head.name)) for head in known}


def feed_answer(session: Session, head: Head, have: tuple[str, int] | None) -> dict[str, Any]:
    """The same of one feed, whose head `session` sees."""
    known = {"kind": head.kind, "epoch": head.epoch, "rev": head.rev}
    rows: Sequence[Row[Any]] = ()
    if have is not None and have[0] == head.epoch and have[1] < head.rev:
        rows = session.execute(
            select(FeedChange.rev, FeedChange.op, FeedChange.item, FeedChange.body)
            .where(FeedChange.feed_id == head.id, FeedChange.rev > have[1])
            .order_by(FeedChange.rev)
        ).all()
    history = [feeds.Change(row.rev, row.op, row.item, row.body) for row in rows]
    missing = feeds.answer(have, epoch=head.epoch, rev=head.rev, history=history)
    if missing is None:
        items = session.execute(
            select(FeedItem.item, FeedItem.body).where(FeedItem.feed_id == head.id)
        )
        return {**known, "items": {row.item: row.body for row in items}}
    return {**known, "changes": [change_body(change) for change in missing]}


def _position(told: object) -> tuple[str, int] | None:
    if not isinstance(told, dict):
        return None
    epoch, rev = told.get("epoch"), told.get("rev")
    if not isinstance(epoch, str) or not 0 < len(epoch) <= LONGEST_EPOCH:
        return None
    # A bool is an int to Python; and a rev that no column could hold is none.
    if type(rev) is not int or not 0 <= rev <= LARGEST_REV:
        return None
    return epoch, rev
