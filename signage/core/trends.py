"""Scores over time, from daily tallies alone.

A window always pools its answers and scores them once: the mean of daily scores would weigh a
quiet Sunday like a busy Monday. Days are the customers' calendar days, both ends included.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from signage.core.scores import MINIMUM, Change, Metric, Score, change, score


@dataclass(frozen=True, slots=True)
class DayTally:
    """How many answers gave one score on one day."""

    day: date
    score: int
    n: int


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The score over the window that ends on a day."""

    day: date
    score: Score


@dataclass(frozen=True, slots=True)
class Effect:
    """What an improvement did to the score.

    change: None while either side has too few answers. measured_again_on: the day on which the
    time after it is complete, when it is still too short to say anything; else None.
    """

    before: Score
    after: Score
    change: Change | None
    measured_again_on: date | None


def pool(tallies: Iterable[DayTally], first: date, last: date) -> dict[int, int]:
    """Answers per score from `first` to `last`, both included; empty when last < first."""
    pooled: Counter[int] = Counter()
    for tally in tallies:
        if first <= tally.day <= last:
            pooled[tally.score] += tally.n
    return dict(pooled)


def rolling(
    metric: Metric,
    tallies: Sequence[DayTally],
    *,
    last: date,
    window_days: int,
    points: int,
    step_days: int,
    minimum: int = MINIMUM,
) -> tuple[TrendPoint, ...]:
    """`points` scores, oldest first, `step_days` apart, the newest for the window ending `last`.

    Each pools the `window_days` that end on its day. Neighbouring windows share answers: fit to
    draw, never to test against each other. One pass over the sorted tallies, any order given.
    """
    if min(window_days, step_days) < 1:
        raise ValueError("a window and a step are at least one day")
    ordered = sorted(tallies, key=lambda tally: tally.day)
    window: Counter[int] = Counter()
    entered = left = 0
    trend = []
    for back in range(points - 1, -1, -1):
        day = last - timedelta(days=back * step_days)
        entered = _move(window, ordered, entered, until=day, sign=1)
        left = _move(window, ordered, left, until=day - timedelta(days=window_days), sign=-1)
        trend.append(TrendPoint(day, score(metric, window, minimum=minimum)))
    return tuple(trend)


def versus_previous(
    metric: Metric,
    tallies: Sequence[DayTally],
    *,
    last: date,
    window_days: int,
    minimum: int = MINIMUM,
) -> Change | None:
    """The window that ends on `last` against the one just before it, which shares no day with it.

    None with too few answers in either.
    """
    first = last - timedelta(days=window_days - 1)
    before_first, before_last = first - timedelta(days=window_days), first - timedelta(days=1)
    return change(
        metric,
        pool(tallies, first, last),
        pool(tallies, before_first, before_last),
        minimum=minimum,
    )


def effect(
    metric: Metric,
    tallies: Sequence[DayTally],
    *,
    done_on: date,
    today: date,
    days: int = 90,
    minimum: int = MINIMUM,
) -> Effect:
    """The `days` before an improvement against those after it, up to today.

    The day itself is on neither side: part of it was lived before the improvement, part after.
    """
    complete_on = done_on + timedelta(days=days)
    before = pool(tallies, done_on - timedelta(days=days), done_on - timedelta(days=1))
    after = pool(tallies, done_on + timedelta(days=1), min(complete_on, today))
    after_score = score(metric, after, minimum=minimum)
    waiting = not after_score.enough and today < complete_on
    return Effect(
        before=score(metric, before, minimum=minimum),
        after=after_score,
        change=change(metric, after, before, minimum=minimum),
        measured_again_on=complete_on if waiting else None,
    )


def _move(
    window: Counter[int], ordered: Sequence[DayTally], at: int, *, until: date, sign: int
) -> int:
    """Count the tallies from `at` through the day `until` in or out; where the next call starts."""
    while at < len(ordered) and ordered[at].day <= until:
        window[ordered[at].score] += sign * ordered[at].n
        at += 1
    return at
