"""Slots by brute force: every minute of every day written down, then looked up."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from signage.core.slots import Calendar, Slot

FROM, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 3, 10, tzinfo=UTC)
"""Two years and the leap day after them."""

ZONES = (
    "America/Havana",  # clocks change at midnight: 0:00 becomes 1:00, and 1:00 becomes 0:00
    "Asia/Beirut",  # at midnight too: 24:00 becomes 23:00
    "Africa/Cairo",  # on Thursdays at 24:00
    "Australia/Lord_Howe",  # by half an hour
    "Asia/Kathmandu",  # 5:45 ahead
    "America/St_Johns",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Europe/Stockholm",
    "America/New_York",
)


class Minutes:
    """Which slot hangs in each minute of the wall clock, by writing the slots down one by one."""

    def __init__(self, slots: Sequence[Slot], calendar: Calendar) -> None:
        self._first = FROM.date() - timedelta(days=3)
        days = (UNTIL.date() - self._first).days + 4
        self._written: list[int | None] = [None] * (days * 1440)
        # The least important first, so that what hangs is what was written last.
        for place in sorted(range(len(slots)), key=lambda n: (slots[n].priority, -n)):
            for day in range(days):
                self._write(place, slots[place], self._first + timedelta(days=day), calendar)

    def _write(self, place: int, slot: Slot, day: date, calendar: Calendar) -> None:
        holiday = day.isoformat() in calendar.get(slot.country, frozenset())
        allowed = {"": True, "not": not holiday, "only": holiday}[slot.holidays]
        first = date.fromisoformat(slot.first or "0001-01-01")
        last = date.fromisoformat(slot.last or "9999-12-31")
        if day.weekday() not in slot.days or not allowed or not first <= day <= last:
            return
        begins = datetime.fromisoformat(f"{day}T{slot.starts}")
        ends = datetime.fromisoformat(f"{day}T{slot.ends}")
        if ends <= begins:
            ends += timedelta(days=1)
        origin = datetime.combine(self._first, begins.time().min)
        start, end = ((each - origin) // timedelta(minutes=1) for each in (begins, ends))
        for minute in range(start, min(end, len(self._written))):
            self._written[minute] = place

    def at(self, moment: datetime, zone: ZoneInfo) -> int | None:
        """The place of the slot that hangs; None for the default."""
        local = moment.astimezone(zone)
        day = (local.date() - self._first).days
        return self._written[day * 1440 + local.hour * 60 + local.minute]


def shifts(zone: ZoneInfo) -> list[datetime]:
    """The moments at which a zone's clocks change between FROM and UNTIL."""
    hours = int((UNTIL - FROM) / timedelta(hours=1))
    found = []
    offset = FROM.astimezone(zone).utcoffset()
    for hour in range(hours):
        at = FROM + timedelta(hours=hour)
        now = at.astimezone(zone).utcoffset()
        if now != offset:
            found.append(_exactly(at - timedelta(hours=1), zone))
        offset = now
    return found


def _exactly(before: datetime, zone: ZoneInfo) -> datetime:
    offset = before.astimezone(zone).utcoffset()
    at = before
    while at.astimezone(zone).utcoffset() == offset:
        at += timedelta(minutes=1)
    return at
