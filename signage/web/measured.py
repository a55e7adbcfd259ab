"""What the measurement page computes from tallies, kept until an answer changes them."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.core.scores import Change, Metric, Score, score
from signage.core.trends import TrendPoint, pool, rolling, versus_previous
from signage.models import Feed
from signage.models.tallies import day_tallies, kinds_measured, window_by_touchpoint

POINTS = 26
STEP_DAYS = 14
MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: one metric over one window, maybe at one touchpoint (0: all together).

    kind: transactional or relational; "" takes the one with the most answers.
    """

    metric: Metric
    days: int
    touchpoint_id: int
    kind: str
    today: date

    @property
    def start(self) -> date:
        """The window's first day."""
        return self.today - timedelta(days=self.days - 1)

    @property
    def first(self) -> date:
        """The first day of all that is looked at: the trend and the window before."""
        return self.start - timedelta(days=max(self.days, POINTS * STEP_DAYS))


@dataclass(frozen=True, slots=True)
class Measured:
    """The answer; by_touchpoint: id → score, 0 where an answer names none."""

    kind: str
    kinds: tuple[str, ...]
    score: Score
    change: Change | None
    points: tuple[TrendPoint, ...]
    by_touchpoint: Mapping[int, Score]


class Measurements:
    """Answers kept by question and by the state of the tallies that they were computed from."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, Question], Measured] = OrderedDict()

    def ask(self, session: Session, question: Question) -> Measured:
        """The answer; `session` must see one committed state."""
        state = _state(session)
        if state is None:
            return measure(session, question)
        key = (state, question)
        found = self._kept.get(key) or measure(session, question)
        self._kept[key] = found
        self._kept.move_to_end(key)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return found


def measure(session: Session, question: Question) -> Measured:
    """Compute the answer from tallies."""
    metric, today, days = question.metric, question.today, question.days
    kinds = kinds_measured(session, metric, question.first, today)
    kind = question.kind or (kinds[0][0] if kinds else "transactional")
    touchpoint_id = question.touchpoint_id or None
    tallies = day_tallies(session, metric, kind, question.first, today, touchpoint_id)
    by_touchpoint = window_by_touchpoint(session, metric, kind, question.start, today)
    return Measured(
        kind=kind,
        kinds=tuple(name for name, _ in kinds),
        score=score(metric, pool(tallies, question.start, today)),
        change=versus_previous(metric, tallies, last=today, window_days=days),
        points=rolling(
            metric, tallies, last=today, window_days=days, points=POINTS, step_days=STEP_DAYS
        ),
        by_touchpoint={id_: score(metric, found) for id_, found in by_touchpoint.items()},
    )


def _state(session: Session) -> object | None:
    """What tells one state of the tallies from another: the revs of the metric feeds, which are
    computed anew whenever tallies have changed; None between a change and that."""
    feeds = session.execute(
        select(Feed.epoch, Feed.rev, Feed.stale).where(Feed.kind == "metric").order_by(Feed.id)
    ).all()
    if not feeds or any(feed.stale for feed in feeds):
        return None
    return tuple((feed.epoch, feed.rev) for feed in feeds)
