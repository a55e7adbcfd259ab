"""Whether a screen is there."""

from datetime import UTC, datetime, timedelta

import pytest

from signage.core.hours import Hours, hours_of
from signage.core.watching import DARK, Standing, State, dark_since, state_of
from signage.models import Screen

AT = datetime(2026, 4, 14, 10, 0, tzinfo=UTC)
ALWAYS = Hours("Europe/Stockholm")
NIGHT = Hours("Europe/Stockholm", "22:00", "06:30")
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("silent", "state"),
    [
        (0, State.ON),
        (60, State.ON),
        (61, State.STALE),
        (179, State.STALE),
        (180, State.DARK),
        (86400, State.DARK),
    ],
)
def test_by_how_long_it_was_not_heard(silent: int, state: State) -> None:
    heard = AT - SECOND * silent
    assert state_of(ALWAYS, heard, at=AT) == Standing(state, heard)


def test_one_that_never_came() -> None:
    assert state_of(ALWAYS, None, at=AT) == Standing(State.NEVER)


def test_one_that_is_connected_is_on_whatever_was_noted_last() -> None:
    assert state_of(ALWAYS, None, at=AT, connected=True).state is State.ON
    assert state_of(ALWAYS, AT - DARK * 2, at=AT, connected=True).state is State.ON


def test_off_by_its_hours_is_not_dark() -> None:
    evening = datetime(2026, 4, 14, 19, 59, tzinfo=UTC)  # 21:59 there
    midnight = evening + timedelta(hours=2)
    assert state_of(NIGHT, evening, at=midnight) == Standing(State.OFF, evening)


def test_only_its_hours_make_it_dark() -> None:
    """It went at 21:59, a minute before its night; its day begins at 06:30."""
    evening = datetime(2026, 4, 14, 19, 59, tzinfo=UTC)
    morning = datetime(2026, 4, 15, 4, 30, tzinfo=UTC)
    assert state_of(NIGHT, evening, at=morning + SECOND * 119).state is State.STALE
    assert state_of(NIGHT, evening, at=morning + SECOND * 120) == Standing(State.DARK, evening)


def test_one_that_went_in_its_night_is_dark_from_its_morning() -> None:
    night = datetime(2026, 4, 14, 23, 0, tzinfo=UTC)
    morning = datetime(2026, 4, 15, 4, 30, tzinfo=UTC)
    assert state_of(NIGHT, night, at=morning + DARK) == Standing(State.DARK, morning)


def test_a_night_does_not_hide_what_went_dark_before_it() -> None:
    evening = datetime(2026, 4, 14, 19, 50, tzinfo=UTC)
    assert dark_since(NIGHT, evening, at=evening + timedelta(hours=4)) == evening


def test_time_in_which_nobody_watched_makes_nothing_dark() -> None:
    heard = AT - timedelta(hours=1)
    blind = [(heard + SECOND * 10, AT - SECOND * 100)]
    assert state_of(ALWAYS, heard, at=AT, blind=blind).state is State.STALE
    assert state_of(ALWAYS, heard, at=AT + SECOND * 70, blind=blind).state is State.DARK


def test_a_clock_that_was_set_back_makes_nothing_dark() -> None:
    assert state_of(ALWAYS, AT + timedelta(hours=1), at=AT).state is State.ON


def test_a_dimmed_night_is_on() -> None:
    screen = Screen(timezone="UTC", night_from="22:00", night_to="06:00", night_percent=20)
    assert hours_of(screen) == Hours("UTC")
    screen.night_percent = 0
    assert hours_of(screen) == Hours("UTC", "22:00", "06:00")
