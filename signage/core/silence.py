"""How long a screen may have been silent without being dark: the rule of signage.core.watching for
many screens at once, which have few hours between them."""

from datetime import datetime, timedelta

from signage.core.hours import Hours, on_spans
from signage.core.watching import DARK

LOOK_BACK = timedelta(days=3)
"""Longer than any night."""


def dark_before(hours: Hours, at: datetime) -> datetime:
    """Whoever was heard last at this moment or before is dark at `at`."""
    left = DARK
    for start, end in reversed([*on_spans(hours, at - LOOK_BACK, at)]):
        if end - start >= left:
            return end - left
        left -= end - start
    return at - LOOK_BACK
