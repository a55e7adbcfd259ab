"""What was decided in a time, counted: by whom, why, and how old the quotes were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, exists, extract, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from signage.models.quote import Decision, Quote
from signage.models.response import SurveyResponse

Column = InstrumentedAttribute[datetime]

CLOSING = ("approve", "reject")
"""Verdicts that decide a quote; setting aside puts that off."""
BACK = ("reopen", "edit", "part", "object", "person")
"""Verdicts that may bring a quote back into the queue."""
COUNTED = (*CLOSING, "set_aside", "withdraw")


@dataclass(frozen=True, slots=True)
class Tallied:
    """So many decisions of a kind. user_id and rule_id: who; neither where the product acted."""

    verdict: str
    reason: str | None
    user_id: int | None
    rule_id: int | None
    n: int


def decisions_between(session: Session, first: datetime, last: datetime) -> list[Tallied]:
    """Decisions that stood, counted; `last` no longer belongs to them. Rows grow with people,
    reasons and rules, not with decisions."""
    kinds = (Decision.verdict, Decision.reason, Decision.user_id, Decision.rule_id)
    rows = session.execute(
        select(*kinds, func.count())
        .where(_made(first, last), Decision.verdict.in_(COUNTED), _stood())
        .group_by(*kinds)
    )
    return [Tallied(*row) for row in rows]


def ages_between(session: Session, first: datetime, last: datetime) -> dict[int, int]:
    """Whole minutes from a quote's arrival to its first decision that stood → how many quotes."""
    minutes = _minutes(session, SurveyResponse.received_at, Decision.made_at).label("age")
    rows = session.execute(
        select(minutes, func.count())
        .join(Quote, Quote.id == Decision.quote_id)
        .join(SurveyResponse, SurveyResponse.id == Quote.response_id)
        .where(_made(first, last), Decision.verdict.in_(CLOSING), _stood(), ~_again())
        .group_by(minutes)
    )
    return {max(0, age): n for age, n in _pairs(rows.all())}


def _pairs(rows: Sequence[Any]) -> list[tuple[int, int]]:
    return [(int(age), int(n)) for age, n in rows]


def _made(first: datetime, last: datetime) -> ColumnElement[bool]:
    return (Decision.made_at >= first) & (Decision.made_at < last)


def _stood() -> ColumnElement[bool]:
    """Nobody took it back: what came next of the same quote is no undo."""
    later = aliased(Decision)
    following = (
        select(later.verdict)
        .where(later.quote_id == Decision.quote_id, later.id > Decision.id)
        .order_by(later.id)
        .limit(1)
        .correlate(Decision)
        .scalar_subquery()
    )
    return func.coalesce(following, "") != "undo"


def _again() -> ColumnElement[bool]:
    """It was opened again before: its age says nothing of how long somebody waited."""
    earlier = aliased(Decision)
    return exists().where(
        earlier.quote_id == Decision.quote_id,
        earlier.id < Decision.id,
        earlier.verdict.in_(BACK),
    )


def _minutes(session: Session, since: Column, until: Column) -> ColumnElement[int]:
    if session.get_bind().dialect.name == "sqlite":
        days = func.julianday(until) - func.julianday(since)
        return cast(days * 1440 + 0.0001, Integer)  # a day's fraction is not exact to the minute
    return cast(func.floor(extract("epoch", until - since) / 60), Integer)
