"""Which playlist hangs when: slots by weekday, hours, days and holidays, on the screen's own clock.

The player does the same in static/wall/slots.js; tests/vectors/slots.json holds both together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

DAY = 24 * 60
"""Minutes of a day."""

Calendar = Mapping[str, frozenset[str]]
"""Country → its holidays, as YYYY-MM-DD."""


@dataclass(frozen=True)
class Slot:
    """When a playlist hangs. Hours count on the wall clock of the day on which they begin: a slot
    that ends no later than it begins goes on past midnight, and belongs to the day before."""

    playlist: str
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    """0 is Monday."""
    starts: str = "00:00"
    ends: str = "00:00"
    """HH:MM, on the next day where it is not later than `starts`."""
    first: str = ""
    last: str = ""
    """YYYY-MM-DD of the first and last day on which it begins; empty: no such limit."""
    holidays: str = ""
    """Empty: they are like any day; "not": it does not begin on one; "only": on nothing else."""
    country: str = ""
    """Whose holidays."""
    priority: int = 0
    """Of several the highest hangs; of equal ones the first in the list."""
    id: str = ""
    """Of the desk's: walls are not told of it."""

    @cached_property
    def span(self) -> tuple[int, int]:
        """Minutes from the midnight of its day; the end may lie beyond 1440."""
        begin, end = minutes_of(self.starts), minutes_of(self.ends)
        return begin, end if end > begin else end + DAY

    def begins_on(self, day: date, calendar: Calendar) -> bool:
        """Whether it begins on this day."""
        if day.weekday() not in self.days:
            return False
        named = day.isoformat()
        if (self.first and named < self.first) or (self.last and named > self.last):
            return False
        if not self.holidays:
            return True
        return (named in calendar.get(self.country, ())) == (self.holidays == "only")

    def told(self) -> dict[str, Any]:
        """The slot as a programme has it (docs/protocol.md)."""
        return {
            "playlist": self.playlist, "days": list(self.days), "from": self.starts,
            "to": self.ends, "first": self.first or None, "last": self.last or None,
            "holidays": self.holidays or None, "country": self.country or None,
            "priority": self.priority,
        }  # fmt: skip


def slot_of(told: Mapping[str, Any]) -> Slot:
    """The slot that a programme tells of."""
    return Slot(
        playlist=told["playlist"], days=tuple(told["days"]), starts=told["from"], ends=told["to"],
        first=told["first"] or "", last=told["last"] or "", holidays=told["holidays"] or "",
        country=told["country"] or "", priority=told["priority"], id=told.get("id", ""),
    )  # fmt: skip


def playing(slots: Sequence[Slot], at: datetime, timezone: str, calendar: Calendar) -> Slot | None:
    """The slot that hangs at `at` on a screen in this time zone; None: the default does.

    What the wall clock says decides: an hour that comes twice plays twice, one that is left out
    does not play.
    """
    local = at.astimezone(ZoneInfo(timezone))
    return playing_on(slots, local.date(), local.hour * 60 + local.minute, calendar)


def playing_on(slots: Sequence[Slot], day: date, minute: int, calendar: Calendar) -> Slot | None:
    """The same by the wall clock."""
    there = (slot for slot in slots if covers(slot, day, minute, calendar))
    # max() keeps the first of equal ones.
    return max(there, key=lambda slot: slot.priority, default=None)


def covers(slot: Slot, day: date, minute: int, calendar: Calendar) -> bool:
    """Whether a slot's own hours hold this minute of this day, whatever else does."""
    begin, end = slot.span
    if begin <= minute < end and slot.begins_on(day, calendar):
        return True
    return minute < end - DAY and slot.begins_on(day - timedelta(days=1), calendar)


def minutes_of(time: str) -> int:
    """HH:MM as minutes from midnight."""
    return int(time[:2]) * 60 + int(time[3:])
