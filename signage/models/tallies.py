"""Reading the daily counts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from signage.core.trends import DayTally
from signage.models.response import Tally

MOST_LISTED = 200
Asked = TypeVar("Asked", bound=Select[*tuple[Any, ...]])


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the answers: those at these touchpoints, of these segments as answers name them;
    without any, all of them."""

    touchpoints: Collection[int] = ()
    segments: Collection[str] = ()

    def of(self, query: Asked) -> Asked:
        """A question about them alone."""
        if self.touchpoints:
            query = query.where(Tally.touchpoint_id.in_(self.touchpoints))
        if self.segments:
            query = query.where(Tally.segment.in_(self.segments))
        return query


ALL = Part()


def segments(session: Session) -> list[str]:
    """The segments that answers name, at most MOST_LISTED."""
    named = select(Tally.segment).where(Tally.segment != "").distinct().order_by(Tally.segment)
    return list(session.scalars(named.limit(MOST_LISTED)))


def part_of(session: Session, touchpoints: Collection[int], named: Collection[str]) -> Part:
    """The part of the answers that is meant; capitals make no difference to segments."""
    if not named:
        return Part(touchpoints)
    keys = {each.casefold() for each in named}
    there = session.scalars(select(Tally.segment).distinct())
    return Part(touchpoints, [each for each in there if each.casefold() in keys] or list(named))


def day_tallies(
    session: Session,
    metric: str,
    kind: str,
    first: date,
    last: date,
    touchpoint_id: int | None = None,
    *,
    part: Part = ALL,
) -> list[DayTally]:
    """Answers per day and score from `first` to `last`, both inclusive."""
    query = (
        select(Tally.day, Tally.score, func.sum(Tally.n))
        .where(Tally.metric == metric, Tally.kind == kind, Tally.day.between(first, last))
        .group_by(Tally.day, Tally.score)
        .having(func.sum(Tally.n) > 0)
    )
    if touchpoint_id is not None:
        query = query.where(Tally.touchpoint_id == touchpoint_id)
    query = part.of(query)
    return [DayTally(day, score, n) for day, score, n in session.execute(query)]


def tallies_by_touchpoint(
    session: Session,
    metric: str,
    kind: str,
    first: date,
    last: date,
    touchpoint_ids: Collection[int],
) -> dict[int, list[DayTally]]:
    """Touchpoint id → answers per day and score, from `first` to `last`."""
    rows = session.execute(
        select(Tally.touchpoint_id, Tally.day, Tally.score, func.sum(Tally.n))
        .where(
            Tally.metric == metric,
            Tally.kind == kind,
            Tally.touchpoint_id.in_(touchpoint_ids),
            Tally.day.between(first, last),
        )
        .group_by(Tally.touchpoint_id, Tally.day, Tally.score)
    )
    found: dict[int, list[DayTally]] = {}
    for touchpoint_id, day, score, n in rows:
        found.setdefault(touchpoint_id, []).append(DayTally(day, score, n))
    return found


def window_by_touchpoint(
    session: Session, metric: str, kind: str, first: date, last: date, part: Part = ALL
) -> dict[int, dict[int, int]]:
    """touchpoint id → score → n, from `first` to `last`."""
    rows = session.execute(
        part.of(
            select(Tally.touchpoint_id, Tally.score, func.sum(Tally.n))
            .where(Tally.metric == metric, Tally.kind == kind, Tally.day.between(first, last))
            .group_by(Tally.touchpoint_id, Tally.score)
        )
    )
    found: dict[int, dict[int, int]] = {}
    for touchpoint_id, score, n in rows:
        found.setdefault(touchpoint_id, {})[score] = n
    return found


def kinds_measured(
    session: Session, metric: str, first: date, last: date, part: Part = ALL
) -> Sequence[tuple[str, int]]:
    """Kinds of survey with answers in the window and how many, the largest first."""
    rows: Iterable[tuple[str, int]] = session.execute(
        part.of(
            select(Tally.kind, func.sum(Tally.n))
            .where(Tally.metric == metric, Tally.day.between(first, last))
            .group_by(Tally.kind)
            .order_by(func.sum(Tally.n).desc(), Tally.kind)
        )
    )
    return list(rows)
