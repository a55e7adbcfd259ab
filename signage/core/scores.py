"""NPS, CSAT and CES from counted answers, with their 95 % intervals and the test for a change.

A tally maps each score on the scale to how many answers gave it; blank answers are never in it.
Bands are always worked out from the score: a source's own label is never trusted.

Sources: NPS interval: adjusted Wald (Rocks, The American Statistician, 2016). CSAT interval:
adjusted Wald for a proportion (Agresti & Coull, The American Statistician, 1998). CES 2.0: mean
and share of 5-7 (CEB, 2013). CSAT: top-2-box of 1-5.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Metric = Literal["nps", "csat", "ces"]
Direction = Literal["up", "down", "none"]

SCALES: dict[Metric, tuple[int, int]] = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
BANDS: dict[Metric, tuple[str, str, str]] = {
    "nps": ("promoter", "passive", "detractor"),
    "csat": ("satisfied", "neutral", "dissatisfied"),
    "ces": ("easy", "neutral", "hard"),
}
MINIMUM = 30
Z95 = 1.959964

_GOOD_FROM: dict[Metric, int] = {"nps": 9, "csat": 4, "ces": 5}
_BAD_TO: dict[Metric, int] = {"nps": 6, "csat": 2, "ces": 3}


@dataclass(frozen=True, slots=True)
class Score:
    """One score over one set of answers.

    value: NPS -100..100; CSAT percentage of 4-5, 0..100; CES mean, 1..7.
    low, high: the interval around it, in the same unit, within the scale, value always inside.
    n: answers counted. counts: answers per band, all three bands present.
    mean: plain mean on the metric's own scale. share: percentage in the good band (CSAT 4-5,
    CES 5-7), None for NPS.
    value, low, high, mean and share are None while n is below the minimum.
    """

    metric: Metric
    value: float | None
    low: float | None
    high: float | None
    n: int
    counts: Mapping[str, int]
    mean: float | None
    share: float | None
    minimum: int

    @property
    def enough(self) -> bool:
        """Whether there are answers enough to show a score at all."""
        return _enough(self.n, self.minimum)


@dataclass(frozen=True, slots=True)
class Change:
    """The difference between two scores and whether it is more than chance.

    difference: after - before, in the unit of Score.value. z: standard errors; infinite when
    neither side varies and they differ. p: two-sided. direction: "none" unless significant.
    """

    difference: float
    z: float
    p: float
    significant: bool
    direction: Direction


def band(metric: Metric, score: int) -> str:
    """The band of one score, one of BANDS[metric]; ValueError outside the scale."""
    first, last = SCALES[metric]
    if not first <= score <= last:
        raise ValueError(f"{metric} takes {first} to {last}, not {score}")
    good, middle, bad = BANDS[metric]
    if score >= _GOOD_FROM[metric]:
        return good
    return bad if score <= _BAD_TO[metric] else middle


def score(
    metric: Metric, tally: Mapping[int, int], *, minimum: int = MINIMUM, z: float = Z95
) -> Score:
    """The score over a tally, with its interval; ValueError for a score outside the scale.

    The value is the plain point estimate. The intervals are the adjusted ones, which lean
    towards the middle, so they need not be symmetric around it.
    """
    counts = _counts(metric, tally)
    n = sum(counts.values())
    if not _enough(n, minimum):
        return Score(metric, None, None, None, n, counts, None, None, minimum)
    value, _ = _value_and_variance(metric, tally, counts)
    low, high = _interval(metric, tally, counts, z)
    return Score(
        metric=metric,
        value=value,
        low=min(low, value),
        high=max(high, value),
        n=n,
        counts=counts,
        mean=_mean(tally),
        share=None if metric == "nps" else 100 * counts[BANDS[metric][0]] / n,
        minimum=minimum,
    )


def change(
    metric: Metric,
    after: Mapping[int, int],
    before: Mapping[int, int],
    *,
    minimum: int = MINIMUM,
    alpha: float = 0.05,
) -> Change | None:
    """How the score moved from `before` to `after`; None with too few answers on either side.

    z = (after - before) / sqrt(var/n + var/n). The two tallies must come from disjoint windows:
    windows that overlap share answers, are not independent, and make the test invalid.
    """
    counts_after, counts_before = _counts(metric, after), _counts(metric, before)
    n_after, n_before = sum(counts_after.values()), sum(counts_before.values())
    if not (_enough(n_after, minimum) and _enough(n_before, minimum)):
        return None
    value_after, variance_after = _value_and_variance(metric, after, counts_after)
    value_before, variance_before = _value_and_variance(metric, before, counts_before)
    difference = value_after - value_before
    z = _standardised(difference, variance_after / n_after + variance_before / n_before)
    p = math.erfc(abs(z) / math.sqrt(2))
    significant = p < alpha
    direction: Direction = "none"
    if significant:
        direction = "up" if difference > 0 else "down"
    return Change(difference, z, p, significant, direction)


def _enough(n: int, minimum: int) -> bool:
    return n >= max(minimum, 1)


def _counts(metric: Metric, tally: Mapping[int, int]) -> dict[str, int]:
    counts = dict.fromkeys(BANDS[metric], 0)
    for each, n in tally.items():
        if n < 0:
            raise ValueError(f"{n} answers cannot have given {each}")
        counts[band(metric, each)] += n
    return counts


def _mean(tally: Mapping[int, int]) -> float:
    return sum(each * n for each, n in tally.items()) / sum(tally.values())


def _value_and_variance(
    metric: Metric, tally: Mapping[int, int], counts: Mapping[str, int]
) -> tuple[float, float]:
    """The point estimate and the variance of one answer, in the unit of Score.value."""
    if metric == "ces":
        return _mean(tally), _sample_variance(tally)
    good, _, bad = (counts[name] / sum(counts.values()) for name in BANDS[metric])
    if metric == "csat":
        return 100 * good, 100**2 * good * (1 - good)
    return 100 * (good - bad), 100**2 * _net_variance(good, bad)


def _net_variance(good: float, bad: float) -> float:
    """p + d - (p - d)^2, written so that rounding cannot take it below zero."""
    return good * (1 - good) + bad * (1 - bad) + 2 * good * bad


def _sample_variance(tally: Mapping[int, int]) -> float:
    n, mean = sum(tally.values()), _mean(tally)
    if n == 1:
        return 0.0
    return sum(count * (each - mean) ** 2 for each, count in tally.items()) / (n - 1)


def _interval(
    metric: Metric, tally: Mapping[int, int], counts: Mapping[str, int], z: float
) -> tuple[float, float]:
    good, _, bad = (counts[name] for name in BANDS[metric])
    n = sum(counts.values())
    if metric == "nps":
        good_share, bad_share = (good + 0.75) / (n + 3), (bad + 0.75) / (n + 3)
        half = z * math.sqrt(_net_variance(good_share, bad_share) / (n + 3))
        return _within(100 * (good_share - bad_share), 100 * half, (-100, 100))
    if metric == "csat":
        adjusted = n + z**2
        share = (good + z**2 / 2) / adjusted
        return _within(100 * share, 100 * z * math.sqrt(share * (1 - share) / adjusted), (0, 100))
    # z rather than Student's t: below the minimum of 30 nothing is shown, and from 30 answers the
    # two differ by 4 % at most. Answers that all agree give an interval without width.
    return _within(_mean(tally), z * math.sqrt(_sample_variance(tally) / n), SCALES["ces"])


def _within(centre: float, half: float, limits: tuple[int, int]) -> tuple[float, float]:
    return max(centre - half, limits[0]), min(centre + half, limits[1])


def _standardised(difference: float, variance: float) -> float:
    if variance > 0:
        return difference / math.sqrt(variance)
    return math.copysign(math.inf, difference) if difference else 0.0
