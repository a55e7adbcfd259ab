"""Recalls: customers' words that leave the walls, until every screen has painted them away."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import and_, delete, func, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from signage.actions.editions import latest_edition
from signage.actions.left_earlier import left_earlier
from signage.actions.screenshots import drop_screenshots
from signage.core.painted import Part
from signage.models import (
    Database,
    Edition,
    FeedChange,
    FormerCopy,
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
    still have them. Pictures of screens are dropped, unless the words only hung for long enough."""
    if quote.state != "expired":
        drop_screenshots(session, at)
    since = quote.published_at or at
    _recall(session, [quote.id], parts, cause=cause, since=since, at=at, quote_id=quote.id)


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
    did. Of those that left a feed earlier the last change counts, if `parts` hold no later one."""
    drop_screenshots(session, at)
    _recall(session, quote_ids, parts, cause=cause, since=since, at=at, quote_id=None)


def _recall(
    session: Session,
    quote_ids: Sequence[int],
    parts: Sequence[Part],
    *,
    cause: str,
    since: datetime,
    at: datetime,
    quote_id: int | None,
) -> None:
    earlier = left_earlier(session, quote_ids, at, but={part.feed_id for part in parts})
    if not parts and not earlier:
        return
    made = Recall(
        quote_id=quote_id, cause=cause, hung_since=since, made_at=at,
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
        _note_painted(session, made, earlier)


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
        session.execute(delete(FormerCopy).where(FormerCopy.ended_at < at - KEPT))
        latest = latest_edition(session)
        session.execute(delete(Edition).where(Edition.made_at < at - KEPT, Edition.id < latest))


def _note_painted(session: Session, made: Recall, parts: Sequence[Part]) -> None:
    """Screens that have painted all of it already."""
    place = ScreenPosition
    painted = or_(
        *(
            and_(place.feed_id == part.feed_id, place.epoch == part.epoch, place.rev >= part.rev)
            for part in parts
        )
    )
    latest = select(func.coalesce(func.max(FormerCopy.id), 0))
    former = latest.where(FormerCopy.screen_id == place.screen_id).scalar_subquery()
    shown = (
        select(literal(made.id), place.screen_id, literal(made.made_at), former)
        .where(painted)
        .group_by(place.screen_id)
        .having(func.count() == len(parts))
    )
    columns = ["recall_id", "screen_id", "confirmed_at", "former_copy_id"]
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
