"""Reading quotes: what waits, what hangs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from signage.core.scores import Metric
from signage.models.feed import Feed, FeedItem
from signage.models.holding import holds
from signage.models.quote import Quote
from signage.models.response import SurveyResponse

MOST_COUNTED = 1000
"""Counts stop here, so that a full queue costs no more than a short one."""
EXCERPT = 140
MIX_KEYS = (
    "id", "kind", "band", "published_at", "expires_at", "pinned", "pinned_until", "enough",
    "counts", "mode", "shares",
)  # fmt: skip
"""What of an item a wall's line of the mix goes by."""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A line of the queue."""

    id: int
    metric: Metric
    score: int | None
    excerpt: str
    received_at: datetime


def count_in(session: Session, state: str) -> int:
    """Quotes in a state, at most MOST_COUNTED."""
    some = select(Quote.id).where(Quote.state == state).limit(MOST_COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def count_newer(session: Session, than: int) -> tuple[int, int]:
    """How many quotes came to wait after the one with this id, and the id of the last of them;
    that same id where there are none."""
    some = select(Quote.id).where(Quote.state == "waiting", Quote.id > than)
    counted = some.order_by(Quote.id).limit(MOST_COUNTED).subquery()
    row = session.execute(select(func.count(), func.max(counted.c.id)).select_from(counted)).one()
    return row[0], row[1] or than


def queue(session: Session, state: str, *, start: int, size: int) -> list[QueueItem]:
    """The oldest quotes in a state from id `start` on."""
    rows = session.execute(
        select(
            Quote.id,
            SurveyResponse.metric,
            SurveyResponse.score,
            func.substr(SurveyResponse.comment, 1, EXCERPT),
            SurveyResponse.received_at,
        )
        .join(SurveyResponse, SurveyResponse.id == Quote.response_id)
        .where(Quote.state == state, Quote.id >= start)
        .order_by(Quote.id)
        .limit(size)
    )
    return [QueueItem(*row) for row in rows]


def quote_with_response(session: Session, quote_id: int) -> Quote | None:
    """A quote with its answer and touchpoint, in one statement."""
    return session.scalars(_quotes().where(Quote.id == quote_id)).one_or_none()


def quotes_with_responses(session: Session, ids: Sequence[int]) -> list[Quote]:
    """Those of the quotes that are there, in the order of their ids as given."""
    found = {quote.id: quote for quote in session.scalars(_quotes().where(Quote.id.in_(ids)))}
    return [found[id_] for id_ in dict.fromkeys(ids) if id_ in found]


def published(session: Session, *, search: str, skip: int, size: int) -> Sequence[Quote]:
    """Published quotes, the newest first; `search` keeps those whose words hold it."""
    query = _quotes().where(Quote.state == "published")
    if search:
        query = query.join(SurveyResponse, SurveyResponse.id == Quote.response_id).where(
            holds(session, SurveyResponse.comment.expression, search)
        )
    order = (Quote.published_at.desc(), Quote.id.desc())
    return session.scalars(query.order_by(*order).offset(skip).limit(size)).all()


def scheduled(session: Session, *, skip: int, size: int) -> Sequence[Quote]:
    """Approved quotes that have not hung yet, the next first."""
    query = _quotes().where(Quote.state == "approved").order_by(Quote.publish_at, Quote.id)
    return session.scalars(query.offset(skip).limit(size)).all()


def hanging(session: Session) -> frozenset[str]:
    """Items of the feeds of quotes that hang now, in one of them or in several."""
    rows = session.scalars(
        select(FeedItem.item).join(Feed, Feed.id == FeedItem.feed_id).where(Feed.kind == "quotes")
    )
    return frozenset(rows)


def _quotes() -> Select[Quote]:
    return select(Quote).options(
        joinedload(Quote.response).joinedload(SurveyResponse.touchpoint),
        joinedload(Quote.inspection),
    )


def mix_feeds(session: Session) -> dict[str, Any]:
    """What a wall's line of the honest mix counts: the bands that hang, the bands that answered."""
    rows = session.execute(
        select(Feed.name, Feed.kind, FeedItem.item, FeedItem.body)
        .join(FeedItem, FeedItem.feed_id == Feed.id)
        .where(Feed.name.in_(("quotes", "nps")))
    )
    feeds: dict[str, Any] = {}
    for name, kind, item, body in rows:
        kept = {key: body[key] for key in MIX_KEYS if key in body}
        feed = feeds.setdefault(name, {"kind": kind, "epoch": "", "rev": 0, "items": {}})
        feed["items"][item] = kept
    return feeds
