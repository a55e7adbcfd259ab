"""The desk's own figures: how fast, and how surely, comments are decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

FEWEST = 10
"""Decisions from which on a median and a share are told."""
FEWEST_FOR_NINETIETH = 20
"""Of fewer, the 90th percentile is one or two quotes: it is not told."""


@dataclass(frozen=True, slots=True)
class Ages:
    """How old quotes were when they were decided.

    within: decided within the target; median, ninetieth: None where too few were decided.
    """

    n: int
    within: int
    median: timedelta | None
    ninetieth: timedelta | None

    @property
    def share(self) -> float | None:
        """Percent within the target; None where too few were decided."""
        return 100 * self.within / self.n if self.n >= FEWEST else None


def ages(minutes: Mapping[int, int], *, target: timedelta) -> Ages:
    """From whole minutes of age → how many quotes, to figures. An age counts as within the target
    while its whole minutes do not exceed it."""
    n = sum(minutes.values())
    most = target.total_seconds() / 60
    return Ages(
        n=n,
        within=sum(count for age, count in minutes.items() if age <= most),
        median=_percentile(minutes, 0.5) if n >= FEWEST else None,
        ninetieth=_percentile(minutes, 0.9) if n >= FEWEST_FOR_NINETIETH else None,
    )


def _percentile(minutes: Mapping[int, int], share: float) -> timedelta:
    """The smallest age that at least this share does not exceed (nearest rank)."""
    n, passed = sum(minutes.values()), 0
    for age in sorted(minutes):
        passed += minutes[age]
        if passed >= share * n:
            return timedelta(minutes=age)
    raise ValueError("there is no percentile of nothing")
