"""When a screen is to be on: by the clock of its own place, over nights, time zones and changes to
summer time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

Span = tuple[datetime, datetime]
"""From a moment on, and before another; in UTC."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """Off between two times of each day (HH:MM, perhaps past midnight); both empty: always on."""

    timezone: str
    off_from: str = ""
    off_to: str = ""


class Display(Protocol):
    """What is asked of a screen's set-up."""

    timezone: str
    night_from: str
    night_to: str
    night_percent: int


@cache
def time_zones() -> frozenset[str]:
    """Every time zone that is known here. Finding them walks through a folder: once is enough."""
    return frozenset(available_timezones())


def hours_of(screen: Display) -> Hours:
    """A night at no brightness is when a screen is off; one that is dimmed is on."""
    if screen.night_percent > 0:
        return Hours(screen.timezone)
    return Hours(screen.timezone, screen.night_from, screen.night_to)


def is_off(hours: Hours, at: datetime) -> bool:
    """Whether the screen is off by its hours."""
    return any(start <= at < end for start, end in _off_spans(hours, at, at))


def on_spans(
    hours: Hours, since: datetime, until: datetime, *, without: Iterable[Span] = ()
) -> Iterator[Span]:
    """When a screen is to be on from `since` to `until`, in order, leaving out what lies in
    `without` (in any order; spans may overlap)."""
    off = _off_spans(hours, since, until)
    reached = since
    for start, end in sorted((*off, *without)):
        if start >= until:
            break
        if start > reached:
            yield reached, start
        reached = max(reached, end)
    if reached < until:
        yield reached, until


def on_time(
    hours: Hours, since: datetime, until: datetime, *, without: Iterable[Span] = ()
) -> timedelta:
    """How long a screen is to be on in that time."""
    spans = on_spans(hours, since, until, without=without)
    return sum((end - start for start, end in spans), timedelta())


def _off_spans(hours: Hours, since: datetime, until: datetime) -> Iterator[Span]:
    """The nights that touch this time, in order. A time that a day has not, because clocks are put
    forward, is as long after midnight as on other days; of one that comes twice, the first."""
    if not hours.off_from:
        return
    zone = _zone(hours.timezone)
    start, end = time.fromisoformat(hours.off_from), time.fromisoformat(hours.off_to)
    day, last = since.astimezone(zone).date() - DAY, until.astimezone(zone).date() + DAY
    while day <= last:
        span = _utc(day, start, zone), _utc(day if start < end else day + DAY, end, zone)
        if span[0] < span[1]:
            yield span
        day += DAY


def _utc(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    """One that is known no more counts as UTC: one screen must not end the watch over all."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
