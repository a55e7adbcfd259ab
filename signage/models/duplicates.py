"""Reading who said the same."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage.core.likeness import alike, keys_of
from signage.models.afterwards import Duplicate, Likeness
from signage.models.quote import Quote
from signage.models.response import SurveyResponse

LOOKED_FOR = ("waiting", "set_aside", "approved", "published")
MOST = 200
"""No more are compared with one comment: those that share most keys come first."""


def speaker_of(session: Session, quote_id: int) -> Quote | None:
    """The quote that speaks for this one; None where it speaks for itself."""
    of = select(Duplicate.of_id).where(Duplicate.quote_id == quote_id).scalar_subquery()
    return session.scalars(select(Quote).where(Quote.id == of)).one_or_none()


def said_alike(session: Session, quote: Quote) -> list[int]:
    """Quotes that say the same as this one and are not merged with it, the oldest first; at most
    MOST. Those that came in just now may not be known yet."""
    comment = quote.response.comment or ""
    keys = keys_of(comment)
    if not keys:
        return []
    sharing = (
        select(Likeness.quote_id, func.count().label("keys"))
        .where(Likeness.key.in_(keys), Likeness.quote_id != quote.id)
        .group_by(Likeness.quote_id)
        .order_by(func.count().desc(), Likeness.quote_id.desc())
        .limit(2 * MOST)
        .subquery()
    )
    rows = session.execute(
        select(Quote.id, SurveyResponse.comment)
        .join(sharing, sharing.c.quote_id == Quote.id)
        .join(SurveyResponse, SurveyResponse.id == Quote.response_id)
        .where(Quote.state.in_(LOOKED_FOR))
        .order_by(sharing.c["keys"].desc(), Quote.id)
        .limit(MOST)
    ).all()
    same = alike(comment, [text or "" for _, text in rows])
    return sorted(id_ for (id_, _), is_same in zip(rows, same, strict=True) if is_same)


def merged_into(session: Session, quote_id: int, most: int) -> list[int]:
    """Those for whom a quote speaks, the latest first."""
    merged = (
        select(Duplicate.quote_id)
        .join(Quote, Quote.id == Duplicate.quote_id)
        .where(Duplicate.of_id == quote_id, Quote.state == "merged")
    )
    return list(session.scalars(merged.order_by(Duplicate.made_at.desc()).limit(most)))


def counts_also(session: Session, quote_ids: Sequence[int]) -> dict[int, int]:
    """Quote id → how many others it speaks for, for those that speak for any."""
    rows = (
        select(Duplicate.of_id, func.count())
        .join(Quote, Quote.id == Duplicate.quote_id)
        .where(Duplicate.of_id.in_(quote_ids), Quote.state == "merged")
        .group_by(Duplicate.of_id)
    )
    return dict(session.execute(rows).all())
