"""Whether a screen is there: what the list, the watch and its alerts go by.

A screen that is on says so every 30 s; the server notes it. Nothing here
knows of sockets: an old one that closes late changes nothing while the screen speaks by another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from signage.core.hours import Hours, Span, is_off, on_spans

STALE = timedelta(seconds=60)
"""Unheard for longer than this, a screen is stale."""
DARK = timedelta(minutes=3)
"""Unheard for this much of its hours, a screen is dark."""


class State(StrEnum):
    """What is known of a screen."""

    NEVER = "never"
    """It has not come yet."""
    ON = "on"
    STALE = "stale"
    DARK = "dark"
    OFF = "off"
    """Unheard, and by its hours it is to be off."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A state; `since`: when it was heard last, or for `dark` the first moment of its hours after
    that."""

    state: State
    since: datetime | None = None


def state_of(
    hours: Hours,
    last_seen_at: datetime | None,
    *,
    at: datetime,
    connected: bool = False,
    blind: Iterable[Span] = (),
) -> Standing:
    """How a screen stands. `connected`: some socket of it is open here; `blind`: when nobody
    watched, because the server was away: such time makes no screen dark."""
    if connected or (last_seen_at is not None and at - last_seen_at <= STALE):
        return Standing(State.ON, at if connected else last_seen_at)
    if last_seen_at is None:
        return Standing(State.NEVER)
    if is_off(hours, at):
        return Standing(State.OFF, last_seen_at)
    if since := dark_since(hours, last_seen_at, at=at, blind=blind):
        return Standing(State.DARK, since)
    return Standing(State.STALE, last_seen_at)


def dark_since(
    hours: Hours, last_seen_at: datetime, *, at: datetime, blind: Iterable[Span] = ()
) -> datetime | None:
    """Since when a screen that was heard last at `last_seen_at` is dark; None: it is not. Asked
    within its off hours, too, it tells of the hours before them."""
    missed = timedelta()
    for start, end in on_spans(hours, last_seen_at, at, without=blind):
        missed += end - start
        if missed >= DARK:
            return next(on_spans(hours, last_seen_at, at))[0]
    return None
