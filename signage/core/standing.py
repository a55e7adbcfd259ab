"""Which touchpoints stand out from the others: points of pain, and moments of truth.

A touchpoint is held against all the others together, so the two sets of answers are disjoint. As
many comparisons are made as there are touchpoints, so each must be surer (Bonferroni; Dunn, Journal
of the American Statistical Association, 1961).
"""

from collections import Counter
from collections.abc import Mapping
from typing import Literal

from signage.core.scores import MINIMUM, Metric, change

Standing = Literal["pain", "truth"]

ALPHA = 0.05


def standings(
    metric: Metric, tallies: Mapping[int, Mapping[int, int]], *, minimum: int = MINIMUM
) -> dict[int, Standing]:
    """Touchpoint id → "pain" where its score is lower than that of the others together, by more
    than chance, "truth" where it is higher; others are left out. tallies: id → score → n."""
    everything = sum((Counter(tally) for tally in tallies.values()), Counter[int]())
    alpha = ALPHA / max(1, len(tallies))
    found: dict[int, Standing] = {}
    for touchpoint, tally in tallies.items():
        others = everything - Counter(tally)
        difference = change(metric, tally, others, minimum=minimum, alpha=alpha)
        if difference is not None and difference.significant:
            found[touchpoint] = "pain" if difference.direction == "down" else "truth"
    return found
