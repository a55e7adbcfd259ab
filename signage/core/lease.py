"""How long customers' words may hang without contact: they are lent, for `lease_hours`.

The player reckons by the same rules, held together by tests/vectors/lease.json.
"""

from datetime import datetime, timedelta

HOUR_MS = 3_600_000


def dies_at(last_contact: datetime, lease_hours: int) -> datetime:
    """When a copy that was last in contact then shows no customer's word any more."""
    return last_contact + timedelta(hours=lease_hours)


def leased(contact: int | None, *, lease_hours: int, now: int) -> bool:
    """Whether words may hang at `now`; `contact` is when the server was last heard, None: never.

    Both in ms since 1970. A contact in the future counts: the clock was set back, and the player
    reckons by the server's clock again with its next answer.
    """
    return contact is not None and now - contact <= lease_hours * HOUR_MS


def reckoned(clock: int, *, contact: int | None, seen: int | None) -> int:
    """What time it is for a player that starts: what its clock says, but never before the server
    was last heard, nor before the latest time that it noted. All in ms.

    So a device that wakes up in the past ends no lease late by more than it forgot to note, and
    time without the server adds up over restarts.
    """
    return max(clock, contact or 0, seen or 0)
