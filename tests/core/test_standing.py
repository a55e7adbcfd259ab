"""Touchpoints that stand out, and those that chance alone would explain."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from signage.core.standing import standings

MIDDLING = {10: 60, 8: 40, 3: 40}
POOR = {10: 20, 8: 40, 3: 80}
GOOD = {10: 110, 8: 20, 3: 10}


def test_a_low_one_is_a_point_of_pain_and_a_high_one_a_moment_of_truth() -> None:
    assert standings("nps", {1: MIDDLING, 2: POOR, 3: GOOD, 4: MIDDLING}) == {
        2: "pain",
        3: "truth",
    }


def test_those_that_are_alike_do_not_stand_out() -> None:
    assert standings("nps", {1: MIDDLING, 2: MIDDLING, 3: MIDDLING}) == {}


def test_too_few_answers_say_nothing() -> None:
    assert standings("nps", {1: MIDDLING, 2: {0: 29}}) == {}


def test_one_alone_has_nothing_to_stand_out_from() -> None:
    assert standings("nps", {7: POOR}) == {}


def test_each_of_many_must_be_surer_than_one_of_two() -> None:
    """The same answers, beside more touchpoints: what chance brings about somewhere is no news."""
    low = {10: 50, 8: 40, 3: 54}
    two = standings("nps", {1: low, 2: MIDDLING})
    many = standings("nps", {1: low} | dict.fromkeys(range(2, 40), MIDDLING))
    assert two == {} == {id_: told for id_, told in many.items() if id_ != 1}


@given(
    st.dictionaries(
        st.integers(1, 6),
        st.dictionaries(st.integers(1, 7), st.integers(0, 200), max_size=7),
        max_size=6,
    )
)
def test_it_never_fails_and_names_only_those_that_were_asked_about(
    tallies: dict[int, dict[int, int]],
) -> None:
    found = standings("ces", tallies)
    assert found.keys() <= tallies.keys()
    for touchpoint in found:
        assert Counter(tallies[touchpoint]).total() >= 30
