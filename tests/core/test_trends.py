from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.scores import change, score
from signage.core.trends import DayTally, effect, pool, rolling, versus_previous

TODAY = date(2026, 4, 30)

tallies = st.lists(
    st.builds(
        DayTally,
        day=st.dates(TODAY - timedelta(days=60), TODAY + timedelta(days=5)),
        score=st.integers(0, 10),
        n=st.integers(0, 9),
    ),
    max_size=60,
)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_a_pool_includes_both_its_ends_and_nothing_beyond() -> None:
    days = [DayTally(ago(back), 9, 1) for back in range(10)]
    assert pool(days, ago(4), ago(2)) == {9: 3}
    assert pool(days, ago(2), ago(2)) == {9: 1}
    assert pool(days, ago(2), ago(4)) == {}


def test_a_window_pools_its_answers_and_never_averages_days() -> None:
    busy, quiet = DayTally(ago(1), 10, 90), DayTally(ago(0), 0, 10)
    (point,) = rolling("nps", [busy, quiet], last=TODAY, window_days=2, points=1, step_days=1)
    assert point.day == TODAY
    assert point.score.value == pytest.approx(80)


@given(
    tallies,
    st.integers(1, 40),
    st.integers(0, 8),
    st.integers(1, 20),
    st.integers(0, 9),
)
def test_rolling_windows_equal_pooling_each_by_itself(
    days: list[DayTally], window: int, points: int, step: int, late: int
) -> None:
    last = ago(late)
    trend = rolling(
        "nps", days, last=last, window_days=window, points=points, step_days=step, minimum=3
    )
    ends = [last - timedelta(days=step * back) for back in reversed(range(points))]
    assert [point.day for point in trend] == ends
    for point in trend:
        alone = pool(days, point.day - timedelta(days=window - 1), point.day)
        assert point.score == score("nps", alone, minimum=3)


def test_points_without_answers_say_so() -> None:
    trend = rolling("csat", [], last=TODAY, window_days=30, points=3, step_days=7)
    assert [(point.score.value, point.score.n) for point in trend] == [(None, 0)] * 3


@pytest.mark.parametrize(("window", "step"), [(0, 1), (1, 0)])
def test_a_window_or_step_of_no_days_is_refused(window: int, step: int) -> None:
    with pytest.raises(ValueError, match="one day"):
        rolling("nps", [], last=TODAY, window_days=window, points=1, step_days=step)


@given(tallies, st.integers(1, 25))
def test_the_previous_window_ends_the_day_before_this_one_begins(
    days: list[DayTally], window: int
) -> None:
    this: Counter[int] = Counter()
    before: Counter[int] = Counter()
    for day in days:
        age = (TODAY - day.day).days
        if 0 <= age < window:
            this[day.score] += day.n
        elif window <= age < 2 * window:
            before[day.score] += day.n
    found = versus_previous("nps", days, last=TODAY, window_days=window, minimum=3)
    assert found == change("nps", this, before, minimum=3)


def test_too_few_answers_before_make_no_comparison() -> None:
    days = [DayTally(ago(1), 9, 100), DayTally(ago(40), 9, 29)]
    assert versus_previous("nps", days, last=TODAY, window_days=30) is None


def test_an_effect_compares_before_and_after_without_the_day_itself() -> None:
    done = ago(50)
    days = [
        DayTally(ago(51), 0, 50),
        DayTally(ago(140), 0, 50),
        DayTally(ago(141), 10, 999),
        DayTally(done, 5, 999),
        DayTally(ago(49), 10, 60),
        DayTally(TODAY, 10, 40),
        DayTally(TODAY + timedelta(days=1), 0, 999),
    ]
    found = effect("nps", days, done_on=done, today=TODAY)
    assert (found.before.n, found.before.value) == (100, -100)
    assert (found.after.n, found.after.value) == (100, 100)
    assert found.change is not None
    assert found.change.direction == "up"
    assert found.measured_again_on is None


def test_an_effect_stops_counting_when_its_days_are_over() -> None:
    days = [DayTally(ago(10), 9, 40), DayTally(ago(9), 0, 40)]
    assert effect("nps", days, done_on=ago(20), today=TODAY, days=10).after.n == 40


def test_an_effect_not_yet_measurable_says_when_it_will_be() -> None:
    days = [DayTally(ago(20), 3, 100), DayTally(ago(5), 9, 29)]
    found = effect("nps", days, done_on=ago(10), today=TODAY)
    assert found.after.value is None
    assert found.change is None
    assert found.measured_again_on == TODAY + timedelta(days=80)


@pytest.mark.parametrize("today", [ago(-80), ago(-200)])
def test_once_the_days_are_over_nothing_more_is_promised(today: date) -> None:
    found = effect("nps", [], done_on=ago(10), today=today)
    assert found.after.n == 0
    assert found.measured_again_on is None


def test_an_improvement_of_today_has_no_after_yet() -> None:
    days = [DayTally(ago(0), 9, 100), DayTally(ago(1), 9, 100)]
    found = effect("nps", days, done_on=TODAY, today=TODAY)
    assert (found.before.n, found.after.n) == (100, 0)
    assert found.measured_again_on == TODAY + timedelta(days=90)
