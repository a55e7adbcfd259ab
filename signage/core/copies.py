"""What became of one screen's copy of words that were taken off the walls."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from signage.core.lease import dies_at

State = Literal["confirmed", "waiting", "offline", "died"]

SILENCE = timedelta(seconds=90)
"""A screen that was not heard of for this long is offline: it speaks every 30 s."""
UNWRITTEN = timedelta(seconds=60)
"""A connected screen's last contact may be this much later than what is written of it."""


@dataclass(frozen=True, slots=True)
class Copy:
    """confirmed: painted away, at `when`; waiting: in contact, last at `when`, and nothing said
    yet; offline: since `when`, until its copy dies at `dies`; died: by itself, at `when`. former:
    the screen itself has confirmed, and a device that it had before may be offline with a copy."""

    state: State
    when: datetime
    dies: datetime | None = None
    former: bool = False


def copy_of(
    confirmed_at: datetime | None,
    seen_at: datetime | None,
    *,
    at: datetime,
    lease_hours: int | None,
    unheard_since: datetime | None = None,
    former_at: datetime | None = None,
) -> Copy:
    """What is at `at` of what a screen had, by its last contact: that is `seen_at`, or at the
    latest `unheard_since`, where the database was put back then. No lease: it never dies.
    former_at: last contact of a device that it had before, whose copy lives."""
    if confirmed_at is not None:
        if former_at is None or lease_hours is None:
            return Copy("confirmed", confirmed_at)
        return Copy("offline", former_at, dies_at(former_at, lease_hours), former=True)
    contact = max(each for each in (seen_at, unheard_since) if each is not None)
    dies = None if lease_hours is None else dies_at(contact, lease_hours)
    if dies is not None and dies <= at:
        return Copy("died", dies)
    if seen_at is not None and seen_at > at - SILENCE:
        return Copy("waiting", seen_at, dies)
    return Copy("offline", contact, dies)


def had_from(hung_since: datetime, made_at: datetime, *, lease_hours: int) -> datetime:
    """Screens whose last contact was before this had no copy when it was recalled: they never had
    the words, or their lease had ended."""
    return max(hung_since - UNWRITTEN, made_at - timedelta(hours=lease_hours))
