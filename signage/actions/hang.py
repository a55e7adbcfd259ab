"""Hanging published things on walls, keeping them true, and taking them down."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage.actions import outbox
from signage.actions.bodies import improvement_body, quote_body
from signage.models import FeedItem, Improvement, ImprovementQuote, Quote


def hang_quote(session: Session, quote: Quote, at: datetime) -> None:
    """Put a published quote into its feed; beyond the feed's size the oldest gives way."""
    feed = outbox.feed_named(session, "quotes")
    outbox.put(session, feed, f"q{quote.id}", quote_body(session, quote), at)
    session.flush()
    hanging = session.scalar(
        select(func.count()).select_from(FeedItem).where(FeedItem.feed_id == feed.id)
    )
    for item in _oldest(session, feed.id, (hanging or 0) - int(feed.options["size"])):
        outbox.drop(session, feed, item, at)
    _improvements_behind(session, quote.id, at)


def take_down(session: Session, quote_id: int, at: datetime) -> None:
    """Take a quote off every wall, also from beside improvements."""
    session.flush()
    outbox.drop(session, outbox.feed_named(session, "quotes"), f"q{quote_id}", at)
    _improvements_behind(session, quote_id, at)


def hang_again(session: Session, response_id: int, at: datetime) -> None:
    """A published quote whose answer was corrected hangs on in its corrected form."""
    session.flush()
    quote = session.scalars(
        select(Quote).where(Quote.response_id == response_id, Quote.state == "published")
    ).one_or_none()
    if quote is None:
        return
    session.refresh(quote.response)
    feed = outbox.feed_named(session, "quotes")
    if session.get(FeedItem, (feed.id, f"q{quote.id}")) is not None:
        outbox.put(session, feed, f"q{quote.id}", quote_body(session, quote), at)
    _improvements_behind(session, quote.id, at)


def hang_improvement(session: Session, improvement: Improvement, at: datetime) -> None:
    """Put a published improvement into its feed, with the count of the year beside it."""
    feed = outbox.feed_named(session, "improvements")
    body = improvement_body(session, improvement, at.date())
    outbox.put(session, feed, f"i{improvement.id}", body, at)
    hang_summary(session, at)


def take_improvement_down(session: Session, improvement: Improvement, at: datetime) -> None:
    """Take an improvement off every wall."""
    session.flush()
    feed = outbox.feed_named(session, "improvements")
    outbox.drop(session, feed, f"i{improvement.id}", at)
    hang_summary(session, at)


def hang_summary(session: Session, at: datetime) -> None:
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
    outbox.put(session, outbox.feed_named(session, "improvements"), "summary", body, at)


def _improvements_behind(session: Session, quote_id: int, at: datetime) -> None:
    published = session.scalars(
        select(Improvement)
        .join(ImprovementQuote)
        .where(
            ImprovementQuote.quote_id == quote_id,
            Improvement.published_at.is_not(None),
            Improvement.withdrawn_at.is_(None),
        )
    ).all()
    for improvement in published:
        hang_improvement(session, improvement, at)


def _oldest(session: Session, feed_id: int, n: int) -> list[str]:
    if n <= 0:
        return []
    items = session.scalars(select(FeedItem).where(FeedItem.feed_id == feed_id)).all()
    by_age = sorted(items, key=lambda item: item.body["published_at"])
    return [item.item for item in by_age[:n]]
