"""Hanging published things on walls, keeping them true, and taking them down.

`cause` is the id of what is behind it, as in FeedChange.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage.actions import made, made_others, outbox, turns
from signage.actions.bodies import improvement_body, quote_body, words_taken
from signage.core.mix import gives_way
from signage.core.painted import Part
from signage.models import Feed, FeedItem, Improvement, ImprovementQuote, Quote


def hang_quote(session: Session, quote: Quote, at: datetime, *, cause: str | None = None) -> None:
    """Put a published quote into its feed, unless a limit keeps it out; beyond the feed's size one
    gives way: of those that the mix has too many of, the oldest. Feeds that were made at the desk
    follow their own rules."""
    feed = outbox.feed_named(session, "quotes")
    if quote.may_hang_in(feed.name):
        outbox.put(session, feed, f"q{quote.id}", quote_body(session, quote), at, cause=cause)
    session.flush()
    _make_room(session, feed, at, cause)
    made.place(session, [quote.id], at, cause=cause)
    _improvements_behind(session, quote.id, at, cause)


def take_down(
    session: Session, quote_id: int, at: datetime, *, cause: str | None = None
) -> list[Part]:
    """Take a quote that is no longer published off every wall, also from beside improvements; gives
    the changes that a screen must paint for that: none where it hung nowhere."""
    return take_all_down(session, [quote_id], at, cause=cause)


def take_all_down(
    session: Session, quote_ids: Sequence[int], at: datetime, *, cause: str | None = None
) -> list[Part]:
    """The same of many; of each feed the last change, for who has painted that has painted those
    before it."""
    session.flush()
    feed = outbox.feed_named(session, "quotes")
    parts: list[Part] = []
    for id_ in quote_ids:
        parts += _parts(feed, outbox.drop(session, feed, f"q{id_}", at, cause=cause))
    for taken in made.place(session, quote_ids, at, cause=cause).values():
        parts += taken
    for id_ in quote_ids:
        parts += _improvements_behind(session, id_, at, cause)
    latest: dict[int, Part] = {}
    for part in parts:
        if part.feed_id not in latest or latest[part.feed_id].rev < part.rev:
            latest[part.feed_id] = part
    return [latest[feed_id] for feed_id in sorted(latest)]


def hang_again(
    session: Session, response_id: int, at: datetime, *, cause: str | None = None
) -> tuple[Quote | None, list[Part]]:
    """A published quote whose answer was corrected hangs on in its corrected form; gives the quote,
    and the changes that took words of the customer away, such as the name."""
    session.flush()
    quote = session.scalars(
        select(Quote).where(Quote.response_id == response_id, Quote.state == "published")
    ).one_or_none()
    if quote is None:
        return None, []
    session.refresh(quote.response)
    return quote, change_hanging(session, quote, at, cause=cause)


def change_hanging(
    session: Session, quote: Quote, at: datetime, *, cause: str | None = None
) -> list[Part]:
    """A published quote hangs on as it is now, in the place where it hangs, unless a limit keeps it
    out of there by now; gives the changes that took words of the customer away."""
    session.flush()
    return change_all(session, [quote], at, cause=cause)


def change_all(
    session: Session, quotes: Sequence[Quote], at: datetime, *, cause: str | None = None
) -> list[Part]:
    """The same of many, each change in its feed being given."""
    session.flush()
    feed = outbox.feed_named(session, "quotes")
    parts = []
    for quote in quotes:
        parts += _parts(feed, _renew(session, feed, quote, at, cause))
    ids = [quote.id for quote in quotes]
    for taken in made.place(session, ids, at, cause=cause).values():
        parts += taken
    for id_ in ids:
        parts += _improvements_behind(session, id_, at, cause)
    return parts


def hang_improvement(
    session: Session, improvement: Improvement, at: datetime, *, cause: str | None = None
) -> list[Part]:
    """Put a published improvement into its feed, with the count of the year beside it; gives the
    change that took a customer's words from beside it, if one did."""
    feed = outbox.feed_named(session, "improvements")
    item = session.get(FeedItem, (feed.id, f"i{improvement.id}"))
    before = item.body if item is not None else {}
    body = improvement_body(session, improvement, at.date())
    rev = outbox.put(session, feed, f"i{improvement.id}", body, at, cause=cause)
    hang_summary(session, at, cause=cause)
    parts = _parts(feed, rev) if words_taken(before, body) else []
    return parts + made_others.place_improvement(session, improvement.id, at, cause=cause)


def take_improvement_down(
    session: Session, improvement: Improvement, at: datetime, *, cause: str | None = None
) -> None:
    """Take an improvement off every wall."""
    session.flush()
    feed = outbox.feed_named(session, "improvements")
    outbox.drop(session, feed, f"i{improvement.id}", at, cause=cause)
    made_others.place_improvement(session, improvement.id, at, cause=cause)
    hang_summary(session, at, cause=cause)


def hang_summary(session: Session, at: datetime, *, cause: str | None = None) -> None:
    """How many improvements were done this year and how many are under way."""
    session.flush()
    shown = Improvement.withdrawn_at.is_(None)
    first_day = at.date().replace(month=1, day=1)
    done = session.scalar(
        select(func.count())
        .select_from(Improvement)
        .where(
            shown,
            Improvement.published_at.is_not(None),
            Improvement.done_on.between(first_day, at.date()),
        )
    )
    under_way = session.scalar(
        select(func.count()).select_from(Improvement).where(shown, Improvement.done_on.is_(None))
    )
    body = {
        "id": "summary",
        "kind": "summary",
        "done_this_year": done or 0,
        "under_way": under_way or 0,
    }
    feed = outbox.feed_named(session, "improvements")
    outbox.put(session, feed, "summary", body, at, cause=cause)
    made_others.tell_summary(session, body, at, cause=cause)


def _renew(
    session: Session, feed: Feed, quote: Quote, at: datetime, cause: str | None
) -> int | None:
    item = f"q{quote.id}"
    if (hanging := session.get(FeedItem, (feed.id, item))) is None:
        return None
    if not quote.may_hang_in(feed.name):
        return outbox.drop(session, feed, item, at, cause=cause)
    before, after = hanging.body, quote_body(session, quote)
    rev = outbox.put(session, feed, item, after, at, cause=cause)
    return rev if words_taken(before, after) else None


def _improvements_behind(
    session: Session, quote_id: int, at: datetime, cause: str | None
) -> list[Part]:
    published = session.scalars(
        select(Improvement)
        .join(ImprovementQuote)
        .where(
            ImprovementQuote.quote_id == quote_id,
            Improvement.published_at.is_not(None),
            Improvement.withdrawn_at.is_(None),
        )
        .order_by(Improvement.id)
    ).all()
    # Of several in one feed the last: whoever has painted it has painted those before it.
    taken = {
        part.feed_id: part
        for each in published
        for part in hang_improvement(session, each, at, cause=cause)
    }
    return list(taken.values())


def _parts(feed: Feed, rev: int | None) -> list[Part]:
    return [] if rev is None else [Part(feed.id, feed.epoch, rev)]


def _make_room(session: Session, feed: Feed, at: datetime, cause: str | None) -> None:
    hanging = session.scalar(
        select(func.count())
        .select_from(FeedItem)
        .where(FeedItem.feed_id == feed.id, FeedItem.item != turns.ITEM)
    )
    for _ in range((hanging or 0) - int(feed.options["size"])):
        leaves = gives_way(turns.takers(session, feed, at), *turns.aimed(session, feed))
        if leaves is not None:  # None: all of them are pinned
            outbox.drop(session, feed, leaves, at, cause=cause)
            session.flush()
