"""When an answer was given, read from what a source writes. UTC and aware from here on."""

import re
from datetime import UTC, date, datetime, time, timedelta

from signage.errors import Problem
from signage.words import N_

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
FAST_CLOCK = timedelta(minutes=5)
# The day begins 14 hours before UTC's on the first islands that see it.
FURTHEST_ZONE = timedelta(hours=14)
NOON = time(12)
LONGEST = 40
LONGEST_DAY = 10
LAST_SHORT_YEAR = 69

_BY_PARTS = re.compile(
    r"(\d{1,4})([./-])(\d{1,2})\2(\d{4}|\d{2})"
    r"(?:,?[ T]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)? ?([AaPp]\.?[Mm]\.?)?)?"
    r" ?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_UNIX = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d{1,6})?", re.ASCII)


def from_iso(text: str, *, at: datetime) -> datetime | Problem:
    """A moment from ISO 8601 text with a zone; a date alone is noon UTC of that day.

    Noon, because that is the same day in every time zone of Europe and America. Where noon is yet
    to come it is `at`.
    """
    # Python would read seconds since 1970 as a date of the year 1776.
    if len(text) > LONGEST or _UNIX.fullmatch(text):
        return _unreadable(text)
    day = _day(text)
    if day is not None:
        return _not_ahead(datetime.combine(day, NOON, UTC), at)
    moment = _datetime(text)
    if moment is None:
        return _unreadable(text)
    if moment.tzinfo is None:
        words = N_("The time has no zone. Add one, such as Z or +02:00.")
        return Problem("zone-missing", words, "answered_at")
    return _in_utc(moment) or _unreadable(text)


def from_cell(text: str, *, at: datetime, day_first: bool | None) -> datetime | Problem:
    """A moment from a cell of a table: ISO 8601, 13.04.2026, 13/04/2026, 4/13/26 2:05 PM or unix
    seconds; without a zone it is read as UTC.

    day_first: whether 3/4 (or 3-4) is the third of April; None counts as True. With dots the day
    always comes first.
    """
    if len(text) > LONGEST:
        return _unreadable(text)
    unix = _UNIX.fullmatch(text)
    if unix:
        return datetime.fromtimestamp(int(unix[1]), UTC)
    if _day(text) is not None:
        return from_iso(text, at=at)
    moment = _datetime(text)
    if moment is None:
        moment = _from_parts(text, day_first is not False)
    if moment is None:
        return _unreadable(text)
    if moment.tzinfo is None:
        return _not_ahead(moment.replace(tzinfo=UTC), at)
    return _in_utc(moment) or _unreadable(text)


def implausible(moment: datetime, *, at: datetime) -> Problem | None:
    """What is wrong with the moment itself, if anything; a clock may be five minutes fast."""
    if moment.tzinfo is None:
        return Problem("zone-missing", N_("The time has no zone."), "answered_at")
    if moment > at + FAST_CLOCK:
        text = N_("{moment} is yet to come. Check the date, and the order of day and month.")
        return Problem("in-the-future", text, "answered_at", {"moment": _shown(moment)})
    if moment < EARLIEST:
        text = N_("{moment} is before 1990. Check the date.")
        return Problem("too-long-ago", text, "answered_at", {"moment": _shown(moment)})
    return None


def numbers_in_doubt(text: str) -> tuple[int, int] | None:
    """The two numbers of which a date such as 3/4/2026 does not say which is the day.

    None for any other text, also for dates whose order is fixed: 3.4.2026, 2026/4/3.
    """
    match = _BY_PARTS.match(text) if len(text) <= LONGEST else None
    if match is None or match[2] == "." or len(match[1]) > 2:
        return None
    return int(match[1]), int(match[3])


def _day(text: str) -> date | None:
    if len(text) > LONGEST_DAY:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _datetime(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _from_parts(text: str, day_first: bool) -> datetime | None:
    match = _BY_PARTS.fullmatch(text)
    if match is None:
        return None
    first, mark, second, third, hour, minute, seconds, half, zone = match.groups()
    if len(first) > 2:
        year, month, day = first, second, third
    elif day_first or mark == ".":
        year, month, day = third, second, first
    else:
        year, month, day = third, first, second
    clock = f"{_hour(int(hour or 12), half):02}:{minute or '00'}:{seconds or '00'}"
    zone = "" if zone is None else zone.replace("UTC", "Z").replace("GMT", "Z")
    try:
        return datetime.fromisoformat(f"{_year(year)}-{month:0>2}-{day:0>2}T{clock}{zone}")
    except ValueError:
        return None


def _year(digits: str) -> str:
    if len(digits) != 2:
        return digits
    return f"{'20' if int(digits) <= LAST_SHORT_YEAR else '19'}{digits}"


def _hour(hour: int, half: str | None) -> int:
    if half is None or not 1 <= hour <= 12:
        return hour
    return hour % 12 + (12 if half[0] in "Pp" else 0)


def _in_utc(moment: datetime) -> datetime | None:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None


def _not_ahead(moment: datetime, at: datetime) -> datetime:
    """A local time read as UTC can seem to come by as much as the zone; then it is just now."""
    return at if at < moment <= at + FURTHEST_ZONE else moment


def _shown(moment: datetime) -> str:
    return moment.isoformat(" ", "minutes")


def _unreadable(text: str) -> Problem:
    words = N_("“{given}” is not a date that can be read. Write it as 2026-04-13.")
    return Problem("date-unreadable", words, "answered_at", {"given": text[:LONGEST]})
