"""Recalls: customers' words that leave the walls, until every screen has painted them away."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import and_, delete, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from signage.actions.editions import latest_edition
from signage.actions.programme import LEASE_HOURS
from signage.core.lease import dies_at
from signage.core.painted import Part
from signage.models import (
    Database,
    Edition,
    Feed,
    FeedChange,
    Quote,
    Recall,
    RecallPart,
    Receipt,
    ScreenPosition,
)

KEPT = timedelta(days=400)


class Announced(Protocol):
    """What is asked of a change that was announced: a FeedChange, or a row of the two."""

    @property
    def feed_id(self) -> int: ...

    @property
    def rev(self) -> int: ...


def recall(
    session: Session, quote: Quote, parts: Sequence[Part], *, cause: str, at: datetime
) -> None:
    """Note that a published quote's words left the walls by `parts`, in the transaction that took
    them down. Words that made room for newer ones left earlier: screens that were offline then may
    still have them."""
    earlier = [] if parts else _left_earlier(session, quote.id, at)
    if not parts and not earlier:
        return
    made = Recall(
        quote_id=quote.id, cause=cause, hung_since=quote.published_at or at, made_at=at,
        announced_at=at if earlier else None,
    )  # fmt: skip
    session.add(made)
    session.flush()
    session.add_all(
        RecallPart(recall_id=made.id, feed_id=part.feed_id, epoch=part.epoch, rev=part.rev)
        for part in [*parts, *earlier]
    )
    session.flush()
    for part in earlier:
        _note_painted(session, made, part)


def recall_many(
    session: Session,
    quote_ids: Sequence[int],
    parts: Sequence[Part],
    *,
    cause: str,
    since: datetime,
    at: datetime,
) -> None:
    """The same for a batch of quotes that leave together: one recall, hung since the oldest of them
    did. Of those that made room earlier the last change counts, if `parts` hold no later one."""
    feed = session.scalars(select(Feed).where(Feed.name == "quotes")).one()
    earlier = []
    if all(part.feed_id != feed.id for part in parts):
        left = [part for id_ in quote_ids for part in _left_earlier(session, id_, at)]
        earlier = [max(left, key=lambda part: part.rev)] if left else []
    if not parts and not earlier:
        return
    made = Recall(
        quote_id=None, cause=cause, hung_since=since, made_at=at,
        announced_at=None if parts else at,
    )  # fmt: skip
    session.add(made)
    session.flush()
    session.add_all(
        RecallPart(recall_id=made.id, feed_id=part.feed_id, epoch=part.epoch, rev=part.rev)
        for part in [*parts, *earlier]
    )
    session.flush()
    if not parts:
        _note_painted(session, made, earlier[0])


def take_back(session: Session, cause: str, at: datetime) -> None:
    """A withdrawal was undone: nobody owes anything for it any more."""
    session.execute(
        update(Recall).where(Recall.cause == cause, Recall.undone_at.is_(None)).values(undone_at=at)
    )


def announced(session: Session, changes: Iterable[Announced], at: datetime) -> None:
    """Note on recalls that they are announced: those whose last part is among `changes`, in the
    transaction that marks these."""
    now: dict[int, set[int]] = defaultdict(set)
    for change in changes:
        now[change.feed_id].add(change.rev)
    if not now or not (ids := _touched(session, now)):
        return
    waiting = _still_waiting(session, ids, now)
    told = sorted(ids - waiting)
    if told:
        session.execute(
            update(Recall)
            .where(Recall.id.in_(told), Recall.announced_at.is_(None))
            .values(announced_at=at)
        )


def forget_receipts(database: Database, *, at: datetime) -> None:
    """Drop recalls and programmes older than KEPT with their receipts; the latest programme stays,
    since walls are held against its number."""
    with database.write() as session:
        session.execute(delete(Recall).where(Recall.made_at < at - KEPT))
        latest = latest_edition(session)
        session.execute(delete(Edition).where(Edition.made_at < at - KEPT, Edition.id < latest))


def _left_earlier(session: Session, quote_id: int, at: datetime) -> list[Part]:
    """The change by which a published quote gave way; the feed's latest one where the history does
    not reach back; none once every copy from before has died."""
    feed = session.scalars(select(Feed).where(Feed.name == "quotes")).one()
    last = session.scalars(
        select(FeedChange)
        .where(FeedChange.feed_id == feed.id, FeedChange.item == f"q{quote_id}")
        .order_by(FeedChange.rev.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        return [Part(feed.id, feed.epoch, feed.rev)]
    if dies_at(last.made_at, LEASE_HOURS) < at:
        return []
    return [Part(feed.id, feed.epoch, last.rev)]


def _note_painted(session: Session, made: Recall, part: Part) -> None:
    place = ScreenPosition
    shown = select(literal(made.id), place.screen_id, literal(made.made_at)).where(
        place.feed_id == part.feed_id, place.epoch == part.epoch, place.rev >= part.rev
    )
    columns = ["recall_id", "screen_id", "confirmed_at"]
    session.execute(insert(Receipt).from_select(columns, shown))


def _touched(session: Session, now: Mapping[int, set[int]]) -> set[int]:
    among = [and_(RecallPart.feed_id == feed, RecallPart.rev.in_(now[feed])) for feed in now]
    return set(session.scalars(select(RecallPart.recall_id).where(or_(*among))))


def _still_waiting(session: Session, ids: set[int], now: Mapping[int, set[int]]) -> set[int]:
    rows = session.execute(
        select(RecallPart.recall_id, FeedChange.feed_id, FeedChange.rev)
        .join(
            FeedChange,
            and_(FeedChange.feed_id == RecallPart.feed_id, FeedChange.rev == RecallPart.rev),
        )
        .where(RecallPart.recall_id.in_(ids), FeedChange.announced_at.is_(None))
    )
    return {recall for recall, feed_id, rev in rows if rev not in now.get(feed_id, ())}
