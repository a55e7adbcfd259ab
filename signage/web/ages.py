"""How long quotes wait, in words: beside the queue, and in the desk's figures."""

from dataclasses import dataclass
from datetime import timedelta

from babel.units import format_unit
from sqlalchemy.orm import Session

from signage.models import preferences
from signage.models.ages import waiting_now
from signage.web.context import at
from signage.words import locale


@dataclass(frozen=True, slots=True)
class QueueAge:
    """What stands beside the queue. late: whether the oldest has waited longer than the target."""

    n: int
    oldest: timedelta | None
    median: timedelta | None
    target: timedelta

    @property
    def late(self) -> bool:
        return self.oldest is not None and self.oldest > self.target


def queue_age(session: Session) -> QueueAge:
    """For templates/desk/review_age.html; three statements."""
    found = waiting_now(session)
    oldest, median = (at() - since if since else None for since in (found.oldest, found.middle))
    return QueueAge(found.n, oldest, median, timedelta(hours=preferences(session).age_target_hours))


def lasting(value: timedelta | None) -> str:
    """38 min, 26 h, 3 days: in one unit, never finer than it is worth."""
    if value is None:
        return "–"
    minutes = max(0, round(value.total_seconds() / 60))
    if minutes < 90:
        return format_unit(minutes, "minute", "short", locale=locale())
    hours = round(minutes / 60)
    if hours < 48:
        return format_unit(hours, "hour", "short", locale=locale())
    return format_unit(round(hours / 24), "day", "short", locale=locale())
