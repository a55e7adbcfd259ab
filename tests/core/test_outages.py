"""When an outage is told, and when it is over."""

from datetime import UTC, datetime, timedelta

import pytest

from signage.core.hours import Hours
from signage.core.outages import (
    GRACE,
    HELD,
    STEADY,
    Reckoner,
    Site,
    Uptime,
    blind_spot,
    may_tell,
    steady_after,
    within,
)
from signage.core.retries import TRIES, WAITS, wait_after

AT = datetime(2026, 4, 14, 10, 0, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def test_looks_that_lie_apart_leave_a_blind_spot() -> None:
    assert blind_spot(AT - 30 * SECOND, AT) is None
    assert blind_spot(AT - 31 * SECOND, AT) == (AT - 31 * SECOND, AT + GRACE)
    assert blind_spot(AT + HOUR, AT) is None  # the clock was set back


@pytest.mark.parametrize(("outages", "times"), [(0, 1), (1, 4), (2, 16), (3, 64), (9, 64)])
def test_one_that_comes_and_goes_must_be_back_for_longer(outages: int, times: int) -> None:
    assert steady_after(outages) == STEADY * times


def test_an_alert_waits_for_the_site_but_not_for_ever() -> None:
    assert may_tell(Site(8, 1, 0), AT, AT)
    assert not may_tell(Site(8, 1, 7), AT, AT + HELD - SECOND)
    assert may_tell(Site(8, 1, 7), AT, AT + HELD)


def test_spans_that_only_touch_have_nothing_in_common() -> None:
    assert within((AT, AT + HOUR), (AT + HOUR, AT + 2 * HOUR)) is None
    assert within((AT, AT + 2 * HOUR), (AT + HOUR, AT + 3 * HOUR)) == (AT + HOUR, AT + 2 * HOUR)


def test_uptimes_are_added_before_they_are_shared() -> None:
    together = Uptime(10 * HOUR, HOUR) + Uptime(30 * HOUR, HOUR)
    assert together.share == 0.95
    assert Uptime().share is None


def test_an_outage_outside_of_the_watch_does_not_count() -> None:
    reckoner = Reckoner([(AT, AT + HOUR)])
    period = (AT - 10 * HOUR, AT + 2 * HOUR)
    watched = [(AT - 4 * HOUR, AT + 2 * HOUR)]
    outages = [(AT - 8 * HOUR, AT - 3 * HOUR), (AT, AT + 2 * HOUR)]
    found = reckoner.uptime(Hours("UTC"), period, watched, outages)
    assert found == Uptime(5 * HOUR, 2 * HOUR)


def test_after_the_last_try_there_is_none() -> None:
    assert [wait_after(tries) for tries in range(1, TRIES)] == list(WAITS)
    assert wait_after(TRIES) is None
