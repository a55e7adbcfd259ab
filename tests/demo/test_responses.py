import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from signage.core.scores import SCALES, Metric, score
from signage.core.trends import DayTally, Effect, effect, pool, versus_previous
from signage.demo.company import GRANVIDDE, comments, improvements
from signage.demo.responses import (
    DAYS,
    DemoAnswer,
    external_id_of,
    newcomers,
    responses,
)

TODAY = date(2026, 4, 14)
DAYS_TO_TRY = [TODAY, date(2026, 1, 1), date(2026, 3, 30), date(2027, 7, 18)]
YESTERDAY = TODAY - timedelta(days=1)


@cache
def answers(today: date = TODAY) -> tuple[DemoAnswer, ...]:
    return tuple(responses(today))


@cache
def tallies(
    today: date = TODAY, touchpoint: str | None = None, metric: Metric = "nps"
) -> Sequence[DayTally]:
    zone = ZoneInfo(GRANVIDDE.timezone)
    counted = Counter(
        (answer.answered_at.astimezone(zone).date(), answer.score)
        for answer in answers(today)
        if answer.metric == metric and touchpoint in {None, answer.touchpoint}
    )
    return [DayTally(day, each, n) for (day, each), n in counted.items()]


def effect_of(improvement_id: str, today: date = TODAY) -> Effect:
    improvement = next(each for each in improvements() if each.id == improvement_id)
    done_on = improvement.done_on(today)
    assert done_on
    return effect("nps", tallies(today, improvement.touchpoint), done_on=done_on, today=today)


def test_the_same_day_and_seed_give_the_same_answers() -> None:
    assert tuple(responses(TODAY)) == answers()
    assert tuple(responses(TODAY, seed=8)) != answers()


def test_thousands_of_answers_over_fourteen_months_in_well_under_a_second() -> None:
    started = time.thread_time()
    count = sum(1 for _ in responses(TODAY, seed=3))

    assert time.thread_time() - started < 2  # it takes about 0.15 s of the processor
    assert count > 4000
    oldest = answers()[0].answered_at.date()
    assert TODAY - timedelta(days=DAYS) <= oldest <= TODAY - timedelta(days=DAYS - 3)


def test_answers_come_in_order_and_each_id_once() -> None:
    times = [answer.answered_at for answer in answers()]

    assert times == sorted(times)
    assert len({answer.external_id for answer in answers()}) == len(answers())


def test_no_answer_comes_from_the_future() -> None:
    assert all(answer.answered_at.tzinfo is UTC for answer in answers())
    assert answers()[-1].answered_at < datetime(2026, 4, 14, tzinfo=UTC)

    until = datetime(2026, 4, 14, 15, 20, tzinfo=UTC)
    latest = list(responses(TODAY, until=until))[-1].answered_at
    assert datetime(2026, 4, 14, 6, tzinfo=UTC) < latest < until


@pytest.mark.parametrize("wrong", [timedelta(hours=-1), timedelta(days=1)])
def test_until_must_lie_in_today(wrong: timedelta) -> None:
    with pytest.raises(ValueError, match="is not in 2026-04-14"):
        next(responses(TODAY, until=datetime(2026, 4, 14, tzinfo=UTC) + wrong))


def test_nobody_answers_at_night() -> None:
    hours = Counter(
        answer.answered_at.astimezone(ZoneInfo(GRANVIDDE.timezone)).hour for answer in answers()
    )

    assert not any(hours[hour] for hour in range(6))
    assert hours[19] > hours[7] > hours[23]


def test_mondays_are_busier_than_sundays_and_this_month_than_the_first() -> None:
    weekdays = Counter(answer.answered_at.weekday() for answer in answers())
    ages = Counter((TODAY - answer.answered_at.date()).days // 60 for answer in answers())

    assert weekdays[0] > 1.4 * weekdays[6]
    assert ages[0] > 1.25 * ages[6]


def test_most_answers_are_nps_and_each_is_on_its_scale() -> None:
    metrics = Counter(answer.metric for answer in answers())

    assert metrics["nps"] > 0.75 * len(answers())
    assert min(metrics["csat"], metrics["ces"]) > 200
    for answer in answers():
        first, last = SCALES[answer.metric]
        assert first <= answer.score <= last


def test_all_six_touchpoints_five_languages_and_both_segments_answer() -> None:
    recent = [answer for answer in answers() if answer.answered_at.date() > date(2026, 3, 14)]

    assert {each.touchpoint for each in recent} == {each.name for each in GRANVIDDE.touchpoints}
    assert {each.language for each in recent} == set(GRANVIDDE.languages)
    assert {each.segment for each in recent} == set(GRANVIDDE.segments)


@pytest.mark.parametrize("today", DAYS_TO_TRY)
def test_every_comment_of_now_is_there_once_and_none_of_later(today: date) -> None:
    spoken = {each.external_id: each for each in answers(today) if each.comment}
    expected = {external_id_of(each.id): each for each in comments() if each.state != "later"}

    assert spoken.keys() == expected.keys()
    for external_id, comment in expected.items():
        answer = spoken[external_id]
        assert (answer.comment, answer.state) == (comment.text, comment.state)
        assert (answer.cuts, answer.masks) == (comment.cuts, comment.masks)


@pytest.mark.parametrize("hour", [0, 9, 23])
def test_waiting_comments_are_at_most_36_hours_old(hour: int) -> None:
    now = datetime(2026, 4, 14, hour, 30, tzinfo=UTC)
    for until in (None, now):
        waiting = [each for each in responses(TODAY, until=until) if each.state == "waiting"]
        assert all(timedelta(0) < now - each.answered_at < timedelta(hours=36) for each in waiting)


@pytest.mark.parametrize("today", DAYS_TO_TRY)
def test_published_comments_are_fresh_or_older_than_the_improvement_they_led_to(
    today: date,
) -> None:
    done = {said: each.done_on(today) for each in improvements() for said in each.said}
    for comment in comments():
        if comment.state == "published":
            answered = next(
                each for each in answers(today) if each.external_id == external_id_of(comment.id)
            ).answered_at.date()
            done_on = done.get(comment.id)
            assert answered < (done_on or today)
            assert answered >= (done_on or today) - timedelta(days=41)


@pytest.mark.parametrize("today", DAYS_TO_TRY)
def test_nps_is_good_and_up_by_more_than_chance(today: date) -> None:
    yesterday = today - timedelta(days=1)
    all_year = score("nps", pool(tallies(today), date.min, today))
    quarter = score("nps", pool(tallies(today), yesterday - timedelta(days=89), yesterday))
    moved = versus_previous("nps", tallies(today), last=yesterday, window_days=90)

    assert all_year.value == pytest.approx(21, abs=3)
    assert quarter.value == pytest.approx(32, abs=4)
    assert quarter.n > 900
    assert moved
    assert moved.direction == "up"
    assert moved.difference == pytest.approx(10, abs=4)


@pytest.mark.parametrize("today", DAYS_TO_TRY)
@pytest.mark.parametrize(
    "improvement",
    ["text-before", "search", "own-day", "numbered-bags", "call-back", "corners"],
)
def test_most_improvements_lifted_their_touchpoint(improvement: str, today: date) -> None:
    measured = effect_of(improvement, today)

    assert measured.change
    assert measured.change.direction == "up"
    assert measured.change.difference > 15


def test_one_improvement_made_no_clear_difference() -> None:
    measured = effect_of("one-page")

    assert measured.change
    assert measured.change.direction == "none"


def test_one_improvement_is_too_recent_to_tell() -> None:
    measured = effect_of("stock")

    assert measured.change is None
    assert measured.measured_again_on == TODAY + timedelta(days=82)


@pytest.mark.parametrize(("metric", "low", "high"), [("csat", 60, 80), ("ces", 4.2, 5.6)])
def test_the_other_metrics_are_believable(metric: Metric, low: float, high: float) -> None:
    value = score(metric, pool(tallies(metric=metric), date.min, YESTERDAY)).value

    assert value
    assert low <= value <= high


def test_newcomers_never_repeat_an_id_and_every_third_speaks_while_there_is_something_new() -> None:
    drafts = list(islice(newcomers(), 600))

    assert len({draft.external_id for draft in drafts}) == 600
    assert not {draft.external_id for draft in drafts} & {each.external_id for each in answers()}
    new = sum(comment.state == "later" for comment in comments())
    assert 0 < new < 200
    silent = [False] * (600 - 3 * new)
    assert [bool(draft.comment) for draft in drafts] == [False, False, True] * new + silent


def test_newcomers_say_what_nobody_has_read_yet_and_each_but_once() -> None:
    later = {comment.text for comment in comments() if comment.state == "later"}
    said = [draft.comment for draft in islice(newcomers(), 600) if draft.comment]

    assert sorted(said) == sorted(later)


def test_newcomers_are_the_same_for_the_same_seed_only() -> None:
    assert list(islice(newcomers(5), 30)) == list(islice(newcomers(5), 30))
    assert {each.external_id for each in islice(newcomers(5), 30)}.isdisjoint(
        each.external_id for each in islice(newcomers(6), 30)
    )
