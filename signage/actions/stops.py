"""The scores of the touchpoints, in journey order, as the wall shows them (docs/protocol.md)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.actions.bodies import milliseconds
from signage.core.scores import SCALES, Metric, Score, score
from signage.core.standing import standings
from signage.models import Touchpoint, preferences
from signage.models.tallies import ALL, Part, kinds_measured, window_by_touchpoint

MOST = 8
"""A wall has room for so many rows that are read from afar: those with the most answers."""
FEWEST = 2
"""With fewer there is nothing to compare."""

Tallies = Mapping[int, Mapping[int, int]]
"""Touchpoint id → score → n."""


def touchpoints_body(
    session: Session, at: datetime, *, days: int | None = None, part: Part = ALL
) -> dict[str, Any]:
    """Each touchpoint's score with its interval, and which of them stand out; by the metric that
    tells most about touchpoints. `kind` is "unasked" where there are too few to compare. days: of
    answers, None for the company's own window; part: of which answers."""
    days, today = days or preferences(session).window_days, at.date()
    first = today - timedelta(days=days - 1)
    metric, survey, tallies = max(
        (_measured(session, metric, first, at, part) for metric in SCALES), key=_tells
    )
    touchpoints = session.scalars(select(Touchpoint).order_by(Touchpoint.position)).all()
    names = {touchpoint.id: touchpoint.title for touchpoint in touchpoints}
    scores = {id_: score(metric, tally) for id_, tally in tallies.items()}
    shown = _most_answered(scores, list(names))
    standing = standings(metric, {id_: tallies[id_] for id_ in scores if scores[id_].enough})
    everywhere: dict[int, int] = {}
    for tally in tallies.values():
        for given, n in tally.items():
            everywhere[given] = everywhere.get(given, 0) + n
    together = score(metric, everywhere)
    return {
        "id": "touchpoints",
        "kind": "touchpoints" if len(shown) >= FEWEST else "unasked",
        "metric": metric,
        "survey": survey,
        "window_days": days,
        "as_of": milliseconds(at),
        "minimum": together.minimum,
        "together": shown_value(metric, together.value),
        "points": [_point(names[id_], scores[id_], standing.get(id_)) for id_ in shown],
        "more": len(scores) - len(shown),
    }


def shown_value(metric: Metric, value: float | None) -> float | int | None:
    """A figure as a wall shows it, without a precision that its interval denies: whole, and one
    decimal of the mean that CES is."""
    if value is None:
        return None
    return round(value, 1) if metric == "ces" else round(value)


def _measured(
    session: Session, metric: Metric, first: date, at: datetime, part: Part
) -> tuple[Metric, str, Tallies]:
    today = at.date()
    kinds = kinds_measured(session, metric, first, today, part)
    # One touchpoint is measured just after it; the relationship as a whole has none.
    survey = "transactional" if not kinds or "transactional" in dict(kinds) else kinds[0][0]
    found = window_by_touchpoint(session, metric, survey, first, today, part)
    return (
        metric,
        survey,
        {id_: tally for id_, tally in found.items() if id_ and any(tally.values())},
    )


def _tells(measured: tuple[Metric, str, Tallies]) -> tuple[int, int]:
    """Of how many touchpoints a metric tells a score; then of how many answers."""
    metric, _, tallies = measured
    scores = [score(metric, tally) for tally in tallies.values()]
    return sum(each.enough for each in scores), sum(each.n for each in scores)


def _most_answered(scores: Mapping[int, Score], order: Sequence[int]) -> list[int]:
    answered = sorted(scores, key=lambda id_: (-scores[id_].n, id_))[:MOST]
    return [id_ for id_ in order if id_ in answered]


def _point(name: str, measured: Score, standing: str | None) -> dict[str, Any]:
    metric = measured.metric
    return {
        "name": name,
        "n": measured.n,
        "score": shown_value(metric, measured.value),
        "low": shown_value(metric, measured.low),
        "high": shown_value(metric, measured.high),
        "standing": standing,
    }
