"""What may hang in feeds that are made at the desk, as far as their rules go."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from signage.core.feed_rules import Candidate
from signage.core.mix import like_nps
from signage.core.rules import BAND_NAMES
from signage.core.scores import BANDS, band
from signage.models.improvement import Improvement
from signage.models.inspection import Inspection
from signage.models.notice import Notice
from signage.models.quote import Quote
from signage.models.response import SurveyResponse
from signage.models.tag import QuoteTag, Tag

Asked = TypeVar("Asked", bound=Select[*tuple[Any, ...]])


def quote_candidates(session: Session, ids: Collection[int] | None = None) -> dict[int, Candidate]:
    """Quote id → what rules are told of it: of those with these ids that are published, or of all
    that are. Two statements however many there are."""
    rows = session.execute(_among(_QUOTES, ids)).all()
    tags = _tag_keys(session, ids)
    return {row.id: _of_quote(row, tags.get(row.id, frozenset())) for row in rows}


def improvement_candidates(session: Session) -> dict[int, Candidate]:
    """The same of improvements that hang."""
    rows = session.execute(
        select(
            Improvement.id, Improvement.published_at, Improvement.done_on, Improvement.touchpoint_id
        ).where(Improvement.published_at.is_not(None), Improvement.withdrawn_at.is_(None))
    )
    return {
        id_: Candidate(id_, since, _midnight(done_on, since), touchpoint)
        for id_, since, done_on, touchpoint in rows
        if since is not None
    }


def notice_candidates(session: Session) -> dict[int, Candidate]:
    """The same of notices that hang or are to hang; one that takes over every wall is none."""
    rows = session.execute(
        select(Notice.id, Notice.shows_from).where(
            Notice.ended_at.is_(None), Notice.takes_over.is_(False)
        )
    )
    return {id_: Candidate(id_, since, since) for id_, since in rows}


_QUOTES = (
    select(
        Quote.id, Quote.published_at, Quote.pinned_at, Quote.pinned_until, Quote.feeds,
        SurveyResponse.answered_at, SurveyResponse.touchpoint_id, SurveyResponse.segment,
        SurveyResponse.metric, SurveyResponse.score, SurveyResponse.language,
        Inspection.language.label("seen"),
    )
    .join(SurveyResponse, SurveyResponse.id == Quote.response_id)
    .outerjoin(Inspection, Inspection.quote_id == Quote.id)
    .where(Quote.state == "published", Quote.published_at.is_not(None))
)  # fmt: skip


def _among(query: Asked, ids: Collection[int] | None) -> Asked:
    return query if ids is None else query.where(Quote.id.in_(ids))


def _tag_keys(session: Session, ids: Collection[int] | None) -> dict[int, frozenset[str]]:
    tagged = (
        select(QuoteTag.quote_id, Tag.key)
        .join(Tag, Tag.id == QuoteTag.tag_id)
        .join(Quote, Quote.id == QuoteTag.quote_id)
        .where(Quote.state == "published")
    )
    found: dict[int, set[str]] = {}
    for quote_id, key in session.execute(_among(tagged, ids)):
        found.setdefault(quote_id, set()).add(key)
    return {quote_id: frozenset(keys) for quote_id, keys in found.items()}


def _of_quote(row: Any, tags: frozenset[str]) -> Candidate:  # noqa: ANN401 - a row of _QUOTES
    named = None if row.score is None else band(row.metric, row.score)
    return Candidate(
        row.id,
        row.published_at,
        row.answered_at,
        row.touchpoint_id,
        row.segment,
        tags,
        row.language or row.seen,
        None if named is None else BAND_NAMES[BANDS[row.metric].index(named)],
        like_nps(named),
        row.pinned_at is not None,
        row.pinned_until,
        None if row.feeds is None else frozenset(row.feeds),
    )


def _midnight(day: date | None, since: datetime) -> datetime:
    return since if day is None else datetime.combine(day, time(), UTC)
