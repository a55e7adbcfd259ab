"""Waiting for what happens by itself: the one place where tests look again."""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 120
"""Seconds: far more than anything takes, also on a machine that is busy otherwise, and longer than
a wall's playlist until what hangs comes round again. It is spent only where a test fails."""
OFTEN = 0.05
T = TypeVar("T")


def eventually(
    happens: Callable[[], T],
    otherwise: Callable[[], object] = lambda: "it did not happen",
    *,
    pause: Callable[[float], object] = time.sleep,
) -> T:
    """What this gives as soon as it is something; `otherwise` says what there is instead. pause:
    gevent.sleep where what is waited for runs in the test's own process."""
    patient_until = time.monotonic() + PATIENCE
    while not (found := happens()):
        assert time.monotonic() < patient_until, otherwise()
        pause(OFTEN)
    return found
