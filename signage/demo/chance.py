"""What the demo's generator leaves to chance: scores, hours, who asked. All from one Random."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from signage.core.scores import Metric
from signage.demo.company import GRANVIDDE, Comment, Touchpoint, comments

HOURS = (0, 0, 0, 0, 0, 0, 2, 5, 7, 7, 6, 6, 7, 6, 5, 5, 6, 8, 9, 10, 10, 8, 4, 1)  # local time
ZONE = ZoneInfo(GRANVIDDE.timezone)
GOLDEN, SILVER = (5**0.5 - 1) / 2, 2**0.5 - 1  # steps that never fall into a rhythm
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spread:
    """How a metric's answers spread at a touchpoint whose NPS is 0.

    good, middle: shares of those bands; each point of NPS moves `slope` from bad to good.
    in_good, in_middle, in_bad: weight of each score within its band.
    """

    good: float
    middle: float
    slope: float
    in_good: Mapping[int, float]
    in_middle: Mapping[int, float]
    in_bad: Mapping[int, float]


SPREADS: dict[Metric, Spread] = {
    "nps": Spread(
        good=0.36,
        middle=0.28,
        slope=1 / 200,
        in_good={9: 46, 10: 54},
        in_middle={7: 38, 8: 62},
        in_bad={0: 5, 1: 4, 2: 7, 3: 10, 4: 12, 5: 24, 6: 38},
    ),
    "csat": Spread(
        good=0.6,
        middle=0.16,
        slope=1 / 250,
        in_good={4: 52, 5: 48},
        in_middle={3: 1},
        in_bad={1: 38, 2: 62},
    ),
    "ces": Spread(
        good=0.57,
        middle=0.16,
        slope=1 / 250,
        in_good={5: 36, 6: 40, 7: 24},
        in_middle={4: 1},
        in_bad={1: 20, 2: 32, 3: 48},
    ),
}


class Customers:
    """Draws where customers were asked and what they answered, true to the courses.

    Fifteen in sixteen draws come from sequences that cover the shares evenly over any stretch of
    time: plain chance would tell another story with every seed.
    """

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._touchpoints = _even(rng, SILVER)
        self._bands: defaultdict[tuple[str, Metric], Iterator[float]] = defaultdict(
            lambda: _even(rng, GOLDEN)
        )

    def touchpoint(self) -> Touchpoint:
        """Where the next customer is asked."""
        place = next(self._touchpoints)
        for touchpoint in GRANVIDDE.touchpoints:
            place -= touchpoint.share
            if place < 0:
                return touchpoint
        return GRANVIDDE.touchpoints[-1]

    def score(self, touchpoint: Touchpoint, metric: Metric, days_ago: int) -> int:
        """What the next one answers there, on the metric's scale, that many days ago."""
        spread = SPREADS[metric]
        good = spread.good + spread.slope * touchpoint.level(days_ago)
        place = next(self._bands[touchpoint.name, metric])
        if place < good:
            return one_of(self._rng, spread.in_good)
        if place < good + spread.middle:
            return one_of(self._rng, spread.in_middle)
        return one_of(self._rng, spread.in_bad)


def _even(rng: Random, step: float) -> Iterator[float]:
    start = rng.random()
    for n in itertools.count():
        yield (start + n * step) % 1 if rng.random() < 15 / 16 else rng.random()


def seeded(*names: object) -> Random:
    """A generator that gives the same for the same names, in every process."""
    return Random(" ".join(map(str, names)))  # noqa: S311 - a demo, nothing secret


def one_of(rng: Random, weights: Mapping[T, float]) -> T:
    """One key, by weight."""
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def asked_about(rng: Random, touchpoint: Touchpoint) -> Metric:
    """The metric that one customer is asked for at a touchpoint."""
    place = rng.random()
    if place < touchpoint.csat:
        return "csat"
    return "ces" if place < touchpoint.csat + touchpoint.ces else "nps"


def respondent(rng: Random) -> str:
    """Someone, by number."""
    return f"customer-{rng.randrange(10_000, 100_000)}"


def moment(rng: Random, day: date) -> datetime:
    """A moment of a local day, in UTC, at the hours when people answer surveys."""
    hour = rng.choices(range(24), HOURS)[0]
    local = time(hour, rng.randrange(60), rng.randrange(60), tzinfo=ZONE)
    return datetime.combine(day, local).astimezone(UTC)


def awake(rng: Random, since: datetime, until: datetime) -> datetime:
    """A moment between the two, in UTC, at such hours. They must lie some waking hours apart."""
    seconds = int((until - since).total_seconds())
    while True:
        at = since + timedelta(seconds=rng.randrange(seconds))
        if rng.random() * max(HOURS) < HOURS[at.astimezone(ZONE).hour]:
            return at


def unheard(rng: Random) -> Iterator[Comment]:
    """Comments for newcomers, each once: a queue that says the same again and again is no demo."""
    pool = [comment for comment in comments() if comment.state == "later"]
    rng.shuffle(pool)
    yield from pool
