"""When a screen is to be on."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signage.core.hours import Hours, is_off, on_spans, on_time

ALWAYS = Hours("Europe/Stockholm")
NIGHT = Hours("Europe/Stockholm", "22:00", "06:30")
MINUTE = timedelta(minutes=1)
ZONES = ("Europe/Stockholm", "America/Sao_Paulo", "Asia/Beirut", "Australia/Lord_Howe", "UTC")
TIMES = st.times().map(lambda time: f"{time:%H:%M}")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_without_a_night_it_is_always_on() -> None:
    since, until = utc("2026-04-14T00:00"), utc("2026-04-15T00:00")
    assert list(on_spans(ALWAYS, since, until)) == [(since, until)]
    assert not is_off(ALWAYS, since)


def test_a_night_past_midnight_is_off_by_the_clock_of_its_place() -> None:
    assert not is_off(NIGHT, utc("2026-04-14T19:59"))
    assert is_off(NIGHT, utc("2026-04-14T20:00"))
    assert is_off(NIGHT, utc("2026-04-15T04:29"))
    assert not is_off(NIGHT, utc("2026-04-15T04:30"))


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-04-14", 15.5), ("2026-03-29", 15.5), ("2026-10-25", 15.5)],
)
def test_changes_to_summer_time_lie_in_the_night(day: str, hours: float) -> None:
    since = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo("Europe/Stockholm"))
    until = (since + timedelta(days=1)).astimezone(UTC)
    assert on_time(NIGHT, since.astimezone(UTC), until) == timedelta(hours=hours)


def test_what_is_left_out_does_not_count_twice() -> None:
    since, until = utc("2026-04-14T08:00"), utc("2026-04-14T12:00")
    cuts = [(utc("2026-04-14T09:00"), utc("2026-04-14T10:00"))] * 2
    assert on_time(NIGHT, since, until, without=cuts) == timedelta(hours=3)


def test_a_zone_that_is_known_no_more_counts_as_utc() -> None:
    assert is_off(Hours("Nowhere/Here", "22:00", "06:00"), utc("2026-04-14T23:00"))


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    night=st.tuples(TIMES, TIMES).filter(lambda times: times[0] != times[1]),
    day=st.dates(date(2015, 1, 2), date(2027, 1, 1)),
)
def test_minute_by_minute_it_says_the_same(zone: str, night: tuple[str, str], day: date) -> None:
    """Where the day has no change of clocks, the local time alone decides."""
    hours = Hours(zone, *night)
    since = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    until = since + timedelta(days=1)
    minutes = [since + MINUTE * step for step in range(24 * 60)]
    offsets = {
        (minute + timedelta(days=by)).astimezone(ZoneInfo(zone)).utcoffset()
        for minute in minutes[::60]
        for by in (-1, 0, 1)
    }
    off = [is_off(hours, minute) for minute in minutes[::7]]
    if len(offsets) == 1:
        assert off == [_by_clock(minute, zone, night) for minute in minutes[::7]]
    spans = list(on_spans(hours, since, until))
    assert all(start < end for start, end in spans)
    assert all(one[1] < two[0] for one, two in pairwise(spans))
    assert off == [
        not any(start <= minute < end for start, end in spans) for minute in minutes[::7]
    ]


def _by_clock(minute: datetime, zone: str, night: tuple[str, str]) -> bool:
    clock, (start, end) = f"{minute.astimezone(ZoneInfo(zone)):%H:%M}", night
    return start <= clock < end if start < end else clock >= start or clock < end
