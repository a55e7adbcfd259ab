"""Conflicts, slots that never hang, and gaps."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from signage.core.slots import Slot, playing
from signage.core.week import Conflict, Idle, conflicts_and_gaps, gaps, stretches_of
from tests.core.test_slots import CALENDAR, slots

MONDAY = date(2026, 11, 30)
WORKDAYS = (0, 1, 2, 3, 4)


def test_two_slots_with_one_priority_conflict_where_they_overlap() -> None:
    lunch = Slot("1", WORKDAYS, "11:00", "13:30")
    long = Slot("2", (2,), "13:00", "17:00")
    found = conflicts_and_gaps([lunch, long], {}, today=MONDAY)

    assert found.conflicts == (Conflict(0, 1, date(2026, 12, 2), 13 * 60, 13 * 60 + 30),)
    assert found.idle == ()


def test_no_conflict_where_the_priority_settles_it_or_one_playlist_hangs_either_way() -> None:
    slots = [Slot("1", starts="09:00", ends="12:00"), Slot("1", starts="11:00", ends="13:00")]
    higher = Slot("2", starts="11:30", ends="12:30", priority=1)

    assert conflicts_and_gaps([*slots, higher], {}, today=MONDAY).conflicts == ()


def test_no_conflict_under_what_hangs_above_both() -> None:
    slots = [Slot("1", ends="08:00"), Slot("2", ends="08:00"), Slot("3", priority=5)]
    found = conflicts_and_gaps(slots, {}, today=MONDAY)

    assert found.conflicts == ()
    assert found.idle == (Idle(0, "covered", (2,)), Idle(1, "covered", (2,)))


def test_a_slot_that_never_hangs_is_told_with_its_reason() -> None:
    slots = [
        Slot("1", last="2026-11-28"),
        Slot("1", (5,), first="2026-12-01", last="2026-12-03"),
        Slot("1", (6,), "10:00", "12:00", holidays="only", country="NO"),
        Slot("1", (4,), "10:00", "12:00", holidays="only", country="SE"),
        Slot("1", (6,), "22:00", "02:00", last="2026-11-29"),
    ]
    found = conflicts_and_gaps(slots, CALENDAR, today=MONDAY)

    # The last one hangs on this Monday until two.
    assert found.idle == (Idle(0, "past"), Idle(1, "never"), Idle(2, "never"))


def test_of_two_alike_with_one_priority_the_second_never_hangs() -> None:
    found = conflicts_and_gaps([Slot("1", (0,)), Slot("2", (0,))], {}, today=MONDAY)

    assert [(each.hangs, each.waits) for each in found.conflicts] == [(0, 1)]
    assert found.idle == (Idle(1, "covered", (0,)),)


def test_gaps_are_what_only_the_default_fills() -> None:
    office = Slot("1", WORKDAYS, "07:00", "18:00")
    found = gaps([office], {}, MONDAY)

    assert found[0] == (0, 7 * 60)
    assert found[1] == (18 * 60, 24 * 60 + 7 * 60)
    assert found[-1] == (4 * 1440 + 18 * 60, 7 * 1440)
    assert gaps([], {}, MONDAY) == ((0, 7 * 1440),)
    assert gaps([Slot("1")], {}, MONDAY) == ()


@settings(max_examples=25)
@given(plan=st.lists(slots, max_size=5), day=st.dates(date(2026, 1, 2), date(2028, 3, 1)))
def test_the_stretches_of_a_day_are_what_hangs_in_each_of_its_minutes(
    plan: list[Slot], day: date
) -> None:
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC)
    stretches = stretches_of(plan, day, CALENDAR)

    assert stretches[0].begins == 0
    assert stretches[-1].ends == 1440
    for stretch in stretches:
        for minute in range(stretch.begins, stretch.ends, 15):
            hangs = playing(plan, begins + timedelta(minutes=minute), "UTC", CALENDAR)
            assert hangs is (None if stretch.place is None else plan[stretch.place])


def test_a_hundred_slots_are_looked_through_quickly() -> None:
    """Thirteen months, by the kinds of days that there are: a bound on work, not on time."""
    many = [Slot(str(n), (n % 7,), f"{n % 24:02}:00", f"{(n + 5) % 24:02}:30") for n in range(100)]

    assert conflicts_and_gaps(many, {}, today=MONDAY).conflicts
