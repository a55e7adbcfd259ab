"""Writing many changes to several feeds at once: a few statements, and one more for each feed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, null, select, tuple_, update
from sqlalchemy.orm import Session

from signage.models import Feed, FeedChange, FeedItem

Key = tuple[int, str]
"""A feed's id and an item."""
BATCH = 400
"""Keys in one statement."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item as it is to hang in a feed; without a body it is to be taken down."""

    feed: Feed
    item: str
    body: Mapping[str, Any] | None

    @property
    def key(self) -> Key:
        """Which item of which feed."""
        return self.feed.id, self.item


@dataclass(frozen=True, slots=True)
class Written:
    """A change that was made: its rev, and what hung before and hangs after it."""

    rev: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def change_many(
    session: Session, wanted: Sequence[Wanted], at: datetime, *, cause: str | None = None
) -> dict[Key, Written]:
    """Make the changes, in their order; gives those that changed anything. Each item at most once
    for a feed."""
    session.flush()
    hung = _hanging(session, [each.key for each in wanted])
    changes = [each for each in wanted if hung.get(each.key) != each.body]
    if not changes:
        return {}
    revs = _revs(session, changes)
    keys = [each.key for each in changes]
    _forget_earlier(session, keys)
    _hang(session, changes, hung, revs)
    rows = [
        {
            "feed_id": each.feed.id, "rev": revs[each.key], "item": each.item,
            "op": "drop" if each.body is None else "put", "made_at": at, "cause": cause,
            "body": None if each.body is None else dict(each.body),
        }
        for each in changes
    ]  # fmt: skip
    session.execute(insert(FeedChange), rows)
    _let_go(session, set(keys))
    return {each.key: Written(revs[each.key], hung.get(each.key), each.body) for each in changes}


def _hanging(session: Session, keys: Sequence[Key]) -> dict[Key, Mapping[str, Any]]:
    hung: dict[Key, Mapping[str, Any]] = {}
    for some in _batches(keys):
        rows = session.execute(
            select(FeedItem.feed_id, FeedItem.item, FeedItem.body).where(
                tuple_(FeedItem.feed_id, FeedItem.item).in_(some)
            )
        )
        hung.update({(feed_id, item): body for feed_id, item, body in rows})
    return hung


def _revs(session: Session, changes: Sequence[Wanted]) -> dict[Key, int]:
    """The next revs of each feed, in the order of its changes."""
    of: dict[int, list[Key]] = defaultdict(list)
    for each in changes:
        of[each.feed.id].append(each.key)
    revs = {}
    for feed_id, keys in sorted(of.items()):
        last = session.execute(
            update(Feed)
            .where(Feed.id == feed_id)
            .values(rev=Feed.rev + len(keys))
            .returning(Feed.rev)
        ).scalar_one()
        revs.update({key: last - len(keys) + n for n, key in enumerate(keys, start=1)})
    return revs


def _forget_earlier(session: Session, keys: Sequence[Key]) -> None:
    """As outbox.put does: words that were taken down or changed since are kept no more."""
    for some in _batches(keys):
        session.execute(
            update(FeedChange)
            .where(tuple_(FeedChange.feed_id, FeedChange.item).in_(some), FeedChange.op == "put")
            .values(op="drop", body=null())
            .execution_options(synchronize_session=False)
        )


def _hang(
    session: Session,
    changes: Iterable[Wanted],
    hung: Mapping[Key, object],
    revs: Mapping[Key, int],
) -> None:
    gone = [each.key for each in changes if each.key in hung]
    for some in _batches(gone):
        session.execute(
            delete(FeedItem)
            .where(tuple_(FeedItem.feed_id, FeedItem.item).in_(some))
            .execution_options(synchronize_session=False)
        )
    rows = [
        {"feed_id": each.feed.id, "item": each.item, "rev": revs[each.key], "body": dict(each.body)}
        for each in changes
        if each.body is not None
    ]
    if rows:
        session.execute(insert(FeedItem), rows)


def _let_go(session: Session, keys: set[Key]) -> None:
    """What the session had read of these items is no longer true."""
    for each in list(session.identity_map.values()):
        if isinstance(each, FeedItem) and (each.feed_id, each.item) in keys:
            session.expunge(each)


def _batches(keys: Sequence[Key]) -> Iterable[Sequence[Key]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
