"""Which of what walls say of their pages is kept: what changed, and all of it now and then."""

from datetime import datetime, timedelta

from signage import meters
from signage.core.vitals import Vitals

STEP = timedelta(minutes=10)
"""What only grows, such as the uptime, is kept this often."""


class WorthKeeping:
    """Remembers what each wall said last; a restart forgets it, and keeps everything once."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Vitals, datetime]] = {}

    def of(self, screen_id: int, vitals: Vitals, *, at: datetime) -> Vitals | None:
        """`vitals` where they should be kept, counting what is new in them."""
        had, kept_at = self._kept.get(screen_id, (None, at))
        if had is not None and not vitals.differs(had) and at - kept_at < STEP:
            return None
        self._kept[screen_id] = (vitals, at)
        _count(had, vitals)
        return vitals


def _count(had: Vitals | None, vitals: Vitals) -> None:
    # A page that was loaded anew counts from nothing again.
    before = had if had is not None and vitals.uptime >= had.uptime else Vitals()
    meters.WALL_ERRORS.inc(max(0, vitals.errors - before.errors))
    meters.WALL_DROPPED_FRAMES.inc(max(0, vitals.dropped - before.dropped))
    if vitals.failed is not None and (had is None or had.failed != vitals.failed):
        meters.WALL_UPDATES_FAILED.inc()
