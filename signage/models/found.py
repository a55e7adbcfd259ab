"""Finding quotes among all that ever came in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager, joinedload

from signage.core.scores import BANDS, SCALES, band
from signage.core.searching import Term
from signage.models.inspection import Inspection
from signage.models.queue import MOST_COUNTED
from signage.models.quote import Decision, Quote
from signage.models.response import SurveyResponse
from signage.models.search import holds
from signage.models.tag import QuoteTag

STATES = (
    "waiting", "set_aside", "approved", "published", "rejected", "withdrawn", "expired", "merged",
)  # fmt: skip
MOST_LISTED = 200
"""Of what a list of choices offers."""
BAND_PLACES = ("up", "level", "down")
"""The bands of every metric, the best first, by the shape that tells them."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for; empty fields let everything through.

    band: one of BAND_PLACES. person: who decided anything of it. first, last: when it was answered,
    the second no longer counted.
    """

    terms: tuple[Term, ...] = ()
    state: str = ""
    band: str = ""
    score: int | None = None
    touchpoint: int = 0
    language: str = ""
    tag: int = 0
    person: int = 0
    source: str = ""
    first: datetime | None = None
    last: datetime | None = None


def found(
    session: Session, filters: Filters, *, before: int = 0, after: int = 0, size: int
) -> list[Quote]:
    """Quotes with their answers, the newest answer first: those before the answer with one id, or
    the nearest after another. As fast on a late page as on the first."""
    query = _found(session, filters)
    if before:
        query = query.where(Quote.response_id < before)
    if after:
        query = query.where(Quote.response_id > after).order_by(Quote.response_id)
    else:
        query = query.order_by(Quote.response_id.desc())
    quotes = list(session.scalars(query.limit(size)))
    return quotes[::-1] if after else quotes


def count_found(session: Session, filters: Filters) -> int:
    """How many there are, at most MOST_COUNTED."""
    some = _where(select(Quote.id), session, filters).limit(MOST_COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def sources(session: Session) -> list[str]:
    """The surveys that answers came from, by name, at most MOST_LISTED."""
    return sorted(_all_of(session, SurveyResponse.source), key=str.casefold)


def languages(session: Session) -> list[str]:
    """The languages that answers name or were found to be in, at most MOST_LISTED."""
    seen = select(Inspection.language).where(Inspection.language.is_not(None)).distinct()
    told = _all_of(session, SurveyResponse.language)
    return sorted({*told, *(code for code in session.scalars(seen) if code)})[:MOST_LISTED]


def _found(session: Session, filters: Filters) -> Select[Quote]:
    query = select(Quote).options(
        contains_eager(Quote.response),
        joinedload(Quote.response, SurveyResponse.touchpoint),
        joinedload(Quote.inspection),
    )
    return _where(query, session, filters)


def _where(query: Select, session: Session, filters: Filters) -> Select:  # type: ignore[type-arg]
    answered = SurveyResponse.answered_at
    conditions = [*_of_quote(filters), *_of_answer(filters)]
    if filters.terms:
        conditions.append(holds(session, filters.terms))
    if filters.first:
        conditions.append(answered >= filters.first)
    if filters.last:
        conditions.append(answered < filters.last)
    response = SurveyResponse
    return query.join(response, response.id == Quote.response_id).where(*conditions)


def _of_quote(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.state:
        yield Quote.state == filters.state
    if filters.tag:
        tagged = select(QuoteTag.quote_id).where(QuoteTag.tag_id == filters.tag)
        yield Quote.id.in_(tagged)
    if filters.person:
        decided = select(Decision.quote_id).where(Decision.user_id == filters.person)
        yield Quote.id.in_(decided)


def _of_answer(filters: Filters) -> Iterator[ColumnElement[bool]]:
    response = SurveyResponse
    if filters.band:
        yield _in_band(filters.band)
    if filters.score is not None:
        yield response.score == filters.score
    if filters.touchpoint:
        yield response.touchpoint_id == filters.touchpoint
    if filters.language:
        yield _in_language(filters.language)
    if filters.source:
        yield response.source == filters.source


def _in_band(place: str) -> ColumnElement[bool]:
    at = BAND_PLACES.index(place)
    scores = (
        (metric, [n for n in range(low, high + 1) if band(metric, n) == BANDS[metric][at]])
        for metric, (low, high) in SCALES.items()
    )
    response = SurveyResponse
    return or_(*(and_(response.metric == metric, response.score.in_(ns)) for metric, ns in scores))


def _in_language(code: str) -> ColumnElement[bool]:
    """The answer's own word for it, else what was found out."""
    told = SurveyResponse.language
    seen = select(Inspection.quote_id).where(Inspection.language == code)
    return or_(told == code, and_(told.is_(None), Quote.id.in_(seen)))


def _all_of(
    session: Session, column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
) -> list[str]:
    """The different values of a column that an index begins with: one look each, however many rows
    there are."""
    values = select(func.min(column).label("value")).cte("told", recursive=True)
    later = select(func.min(column)).where(column > values.c.value).scalar_subquery()
    values = values.union_all(select(later).where(values.c.value.is_not(None)))
    told = select(values.c.value).where(values.c.value.is_not(None)).limit(MOST_LISTED)
    return [str(value) for value in session.scalars(told)]
