"""Slots, held against every minute written down one by one (tests/slot_minutes.py)."""

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signage.core.slots import Slot, playing, slot_of
from tests.slot_minutes import FROM, UNTIL, ZONES, Minutes, shifts

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "slots.json").read_text("utf-8"))
CALENDAR = {"SE": frozenset({"2026-12-25", "2027-01-01", "2027-03-14", "2028-02-29"})}
SPAN = int((UNTIL - FROM) / timedelta(minutes=1))

hours = st.integers(0, 23).flatmap(
    lambda hour: st.sampled_from((0, 15, 30, 59)).map(lambda minute: f"{hour:02}:{minute:02}")
)
days = st.dates(FROM.date(), UNTIL.date()).map(lambda day: day.isoformat())
slots = st.builds(
    Slot,
    playlist=st.sampled_from(("1", "2", "3")),
    days=st.sets(st.integers(0, 6), min_size=1).map(lambda some: tuple(sorted(some))),
    starts=hours,
    ends=hours,
    first=st.one_of(st.just(""), days),
    last=st.one_of(st.just(""), days),
    holidays=st.sampled_from(("", "not", "only")),
    country=st.sampled_from(("SE", "NO")),
    priority=st.integers(0, 2),
)


@cache
def shifts_of(zone: str) -> list[datetime]:
    return shifts(ZoneInfo(zone))


@pytest.mark.parametrize("zone", ZONES)
@settings(max_examples=8)
@given(plan=st.lists(slots, min_size=1, max_size=5), data=st.data())
def test_slots_hang_as_if_each_minute_were_written_down(
    zone: str, plan: list[Slot], data: st.DataObject
) -> None:
    """Any minute of two years and a leap day, and all around each change of the clocks."""
    written = Minutes(plan, CALENDAR)
    near = [at + timedelta(minutes=30 * n) for at in shifts_of(zone) for n in range(-4, 5)]
    edges = [at + timedelta(minutes=n) for at in shifts_of(zone) for n in (-1, 1)]
    drawn = data.draw(st.lists(st.integers(0, SPAN - 1), min_size=100, max_size=100))
    for at in [*near, *edges, *(FROM + timedelta(minutes=minute) for minute in drawn)]:
        place = written.at(at, ZoneInfo(zone))
        expected = None if place is None else plan[place]

        assert playing(plan, at, zone, CALENDAR) is expected, at.astimezone(ZoneInfo(zone))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["timezone"]))
def test_python_keeps_the_vectors(vector: dict[str, object]) -> None:
    """The player keeps the same ones (tests/js/slots.test.js)."""
    plan = [slot_of(told) for told in vector["slots"]]  # type: ignore[attr-defined]
    calendar = {
        country: frozenset(found)
        for country, found in vector["holidays"].items()  # type: ignore[attr-defined]
    }
    before: str | None = None
    for minute, playlist in vector["changes"]:  # type: ignore[attr-defined]
        at = FROM + timedelta(minutes=minute)
        found = playing(plan, at, str(vector["timezone"]), calendar)

        assert (found.playlist if found else None) == playlist, at
        if minute:
            earlier = at - timedelta(minutes=1)
            found = playing(plan, earlier, str(vector["timezone"]), calendar)
            assert (found.playlist if found else None) == before, earlier
        before = playlist


def test_a_slot_past_midnight_belongs_to_the_day_on_which_it_begins() -> None:
    friday = [Slot("1", days=(4,), starts="22:00", ends="02:00")]

    def hangs(day: int, hour: int) -> bool:
        at = datetime(2026, 12, day, hour, tzinfo=UTC)
        return playing(friday, at, "UTC", {}) is not None

    assert hangs(4, 22)
    assert hangs(5, 1)  # Saturday
    assert not hangs(5, 2)
    assert not hangs(4, 1)  # after Thursday


def test_the_same_hour_twice_is_a_whole_day() -> None:
    monday = [Slot("1", days=(0,), starts="06:00", ends="06:00")]
    begins = datetime(2026, 11, 30, 6, tzinfo=UTC)

    assert playing(monday, begins, "UTC", {})
    assert playing(monday, begins + timedelta(hours=24, minutes=-1), "UTC", {})
    assert not playing(monday, begins + timedelta(hours=24), "UTC", {})


def test_of_several_the_highest_priority_hangs_and_of_equal_ones_the_first() -> None:
    noon = datetime(2026, 12, 1, 12, tzinfo=UTC)
    first, second, higher = Slot("1"), Slot("2"), Slot("3", priority=1)

    assert playing([first, second], noon, "UTC", {}) is first
    assert playing([first, higher, second], noon, "UTC", {}) is higher
    assert playing([], noon, "UTC", {}) is None


@pytest.mark.parametrize("slot", [Slot("1"), Slot("2", (4,), "22:00", "02:00", "2026-12-01",
    "2026-12-24", "only", "SE", 3)])  # fmt: skip
def test_a_slot_is_told_and_read_back(slot: Slot) -> None:
    assert slot_of(slot.told()) == slot
