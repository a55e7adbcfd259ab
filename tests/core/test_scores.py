import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.scores import BANDS, SCALES, Metric, band, change, score

METRICS: list[Metric] = ["nps", "csat", "ces"]
RANGES: dict[Metric, tuple[int, int]] = {"nps": (-100, 100), "csat": (0, 100), "ces": (1, 7)}
FROM_A_PROMOTER_TO_A_DETRACTOR = {9: 0, 10: 6, 7: 8, 8: 7} | dict.fromkeys(range(7), 9)


def answers(metric: Metric, least: int = 30, most: int = 80) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(*SCALES[metric]), min_size=least, max_size=most)


any_answers = st.sampled_from(METRICS).flatmap(
    lambda metric: st.tuples(st.just(metric), answers(metric))
)


@pytest.mark.parametrize(
    ("metric", "good", "middle", "bad"),
    [
        ("nps", [9, 10], [7, 8], [0, 1, 2, 3, 4, 5, 6]),
        ("csat", [4, 5], [3], [1, 2]),
        ("ces", [5, 6, 7], [4], [1, 2, 3]),
    ],
)
def test_every_score_has_its_band(
    metric: Metric, good: list[int], middle: list[int], bad: list[int]
) -> None:
    for name, scores in zip(BANDS[metric], (good, middle, bad), strict=True):
        assert {band(metric, each) for each in scores} == {name}
    assert sorted(good + middle + bad) == list(range(SCALES[metric][0], SCALES[metric][1] + 1))


@pytest.mark.parametrize(
    ("metric", "outside"),
    [("nps", -1), ("nps", 11), ("csat", 0), ("csat", 6), ("ces", 0), ("ces", 8)],
)
def test_a_score_outside_its_scale_is_refused(metric: Metric, outside: int) -> None:
    with pytest.raises(ValueError, match=str(outside)):
        band(metric, outside)
    with pytest.raises(ValueError, match=str(outside)):
        score(metric, {outside: 40})


def test_a_negative_number_of_answers_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        score("nps", {9: 40, 3: -1})


@pytest.mark.parametrize(
    ("n", "margin"), [(30, 27), (50, 21), (100, 15), (200, 11), (500, 7), (1000, 5)]
)
def test_margins_for_half_promoters_and_a_fifth_detractors(n: int, margin: int) -> None:
    result = score("nps", {10: n // 2, 8: n - n // 2 - n // 5, 3: n // 5})
    assert result.value == pytest.approx(30)
    assert result.low is not None
    assert result.high is not None
    assert round((result.high - result.low) / 2) == margin


def test_nps_by_hand() -> None:
    result = score("nps", {10: 30, 9: 20, 7: 30, 0: 20})
    assert result.value == pytest.approx(30)
    assert (result.n, result.share) == (100, None)
    assert result.counts == {"promoter": 50, "passive": 30, "detractor": 20}
    assert result.mean == pytest.approx(6.9)
    assert (result.low, result.high) == pytest.approx((14.05, 44.20), abs=0.01)


def test_csat_is_the_share_of_fours_and_fives() -> None:
    result = score("csat", {5: 30, 4: 30, 3: 20, 1: 20})
    assert (result.value, result.share, result.mean) == pytest.approx((60, 60, 3.5))
    assert (result.low, result.high) == pytest.approx((50.2, 69.1), abs=0.1)


def test_ces_is_the_mean_with_the_share_of_five_to_seven_beside_it() -> None:
    result = score("ces", {7: 50, 4: 25, 1: 25})
    assert (result.value, result.mean, result.share) == (4.75, 4.75, 50)
    assert (result.low, result.high) == pytest.approx((4.26, 5.24), abs=0.01)


@pytest.mark.parametrize("metric", METRICS)
def test_too_few_answers_give_counts_and_no_score(metric: Metric) -> None:
    few, enough = score(metric, {5: 29}), score(metric, {5: 30})
    assert not few.enough
    assert (few.value, few.low, few.high, few.mean, few.share) == (None,) * 5
    assert (few.n, sum(few.counts.values()), few.minimum) == (29, 29, 30)
    assert enough.enough
    assert enough.value is not None


@pytest.mark.parametrize("metric", METRICS)
def test_no_answers_are_never_enough(metric: Metric) -> None:
    nothing = score(metric, {}, minimum=0)
    assert not nothing.enough
    assert nothing.value is None
    assert nothing.counts == dict.fromkeys(BANDS[metric], 0)
    assert score(metric, {5: 1}, minimum=0).value is not None


@given(any_answers)
def test_the_value_lies_in_its_interval_and_that_in_the_scale(
    given_answers: tuple[Metric, list[int]],
) -> None:
    metric, raw = given_answers
    result = score(metric, Counter(raw))
    lowest, highest = RANGES[metric]
    assert result.value is not None
    assert result.low is not None
    assert result.high is not None
    assert lowest <= result.low <= result.value <= result.high <= highest


@given(any_answers)
def test_a_score_agrees_with_counting_the_answers_one_by_one(
    given_answers: tuple[Metric, list[int]],
) -> None:
    metric, raw = given_answers
    bands = [band(metric, each) for each in raw]
    good, middle, bad = (bands.count(name) for name in BANDS[metric])
    result = score(metric, Counter(raw))
    assert list(result.counts.values()) == [good, middle, bad]
    expected = {
        "nps": 100 * (good - bad) / len(raw),
        "csat": 100 * good / len(raw),
        "ces": sum(raw) / len(raw),
    }
    assert result.value == pytest.approx(expected[metric])
    assert result.mean == pytest.approx(sum(raw) / len(raw))


@given(answers("nps"))
def test_nps_of_the_mirrored_answers_is_mirrored(raw: list[int]) -> None:
    result = score("nps", Counter(raw))
    mirrored = score("nps", Counter(FROM_A_PROMOTER_TO_A_DETRACTOR[each] for each in raw))
    assert result.value is not None
    assert result.low is not None
    assert result.high is not None
    assert mirrored.value == pytest.approx(-result.value)
    assert (mirrored.low, mirrored.high) == pytest.approx((-result.high, -result.low))


@given(any_answers, st.integers(2, 20))
def test_more_of_the_same_answers_never_widen_the_interval(
    given_answers: tuple[Metric, list[int]], times: int
) -> None:
    metric, raw = given_answers
    some, more = score(metric, Counter(raw)), score(metric, Counter(raw * times))
    assert some.high is not None
    assert some.low is not None
    assert more.high is not None
    assert more.low is not None
    # An interval cut short by the end of the scale may grow on its other side; not both at once.
    if RANGES[metric][0] < some.low and some.high < RANGES[metric][1]:
        assert more.high - more.low <= some.high - some.low + 1e-9


def test_a_clear_rise_and_a_clear_fall() -> None:
    low, high = {10: 40, 8: 100, 2: 60}, {10: 100, 8: 60, 2: 40}
    up, down = change("nps", high, low), change("nps", low, high)
    assert up is not None
    assert down is not None
    assert up.difference == pytest.approx(40)
    assert up.direction == "up"
    assert up.significant is True
    assert up.z == pytest.approx(40 / math.sqrt((6100 + 4900) / 200))
    assert up.p < 0.001
    assert down.difference == pytest.approx(-40)
    assert down.direction == "down"
    assert down.z == -up.z


def test_a_small_difference_is_no_more_than_chance() -> None:
    result = change("nps", {10: 52, 8: 28, 2: 20}, {10: 50, 8: 30, 2: 20})
    assert result is not None
    assert result.difference == pytest.approx(2)
    assert result.direction == "none"
    assert result.significant is False
    assert result.p == pytest.approx(0.8571, abs=0.001)


def test_csat_and_ces_change_in_their_own_units() -> None:
    csat = change("csat", {5: 80, 1: 20}, {5: 50, 1: 50})
    ces = change("ces", {6: 50, 4: 50}, {5: 50, 3: 50})
    assert csat is not None
    assert ces is not None
    assert csat.difference == pytest.approx(30)
    assert csat.direction == "up"
    assert csat.z == pytest.approx(0.3 / math.sqrt((0.16 + 0.25) / 100))
    assert ces.difference == pytest.approx(1)
    assert ces.direction == "up"


@pytest.mark.parametrize("metric", METRICS)
def test_no_change_is_claimed_from_too_few_answers(metric: Metric) -> None:
    assert change(metric, {5: 29}, {1: 500}) is None
    assert change(metric, {5: 500}, {1: 29}) is None
    assert change(metric, {}, {}, minimum=0) is None


@pytest.mark.parametrize("metric", METRICS)
def test_answers_that_all_agree_can_still_be_compared(metric: Metric) -> None:
    same = change(metric, {5: 30}, {5: 60})
    apart = change(metric, {SCALES[metric][1]: 30}, {1: 30})
    assert same is not None
    assert apart is not None
    assert (same.z, same.p, same.direction) == (0, 1, "none")
    assert (apart.z, apart.p, apart.direction) == (math.inf, 0, "up")


@given(any_answers)
def test_the_order_of_the_two_windows_only_turns_the_sign(
    given_answers: tuple[Metric, list[int]],
) -> None:
    metric, raw = given_answers
    half = len(raw) // 2
    one, two = Counter(raw[:half]), Counter(raw[half:])
    forth, back = change(metric, one, two, minimum=5), change(metric, two, one, minimum=5)
    assert forth is not None
    assert back is not None
    assert forth.difference == pytest.approx(-back.difference)
    assert forth.p == pytest.approx(back.p)
    assert 0 <= forth.p <= 1
    assert forth.significant == (forth.direction != "none")
