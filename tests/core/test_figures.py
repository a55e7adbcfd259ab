from datetime import timedelta

import pytest

from signage.core.figures import FEWEST, FEWEST_FOR_NINETIETH, ages

DAY = timedelta(hours=24)


def test_middle_and_ninetieth_are_ages_that_were_seen() -> None:
    found = ages(dict.fromkeys(range(1, 101), 1), target=timedelta(minutes=80))

    assert (found.n, found.within, found.share) == (100, 80, 80.0)
    assert found.median == timedelta(minutes=50)
    assert found.ninetieth == timedelta(minutes=90)


def test_many_of_one_age_count_as_many() -> None:
    found = ages({5: 90, 6000: 10}, target=DAY)

    assert found.median == found.ninetieth == timedelta(minutes=5)
    assert found.within == 90


@pytest.mark.parametrize(
    ("n", "median", "ninetieth"),
    [
        (0, False, False),
        (FEWEST - 1, False, False),
        (FEWEST, True, False),
        (FEWEST_FOR_NINETIETH, True, True),
    ],
)
def test_of_few_nothing_is_made_out(n: int, median: bool, ninetieth: bool) -> None:
    found = ages({7: n} if n else {}, target=DAY)

    assert found.n == n
    assert (found.median is not None) is median
    assert (found.share is not None) is median
    assert (found.ninetieth is not None) is ninetieth


def test_an_age_of_the_target_itself_is_within_it() -> None:
    assert ages({1440: 1, 1441: 1}, target=DAY).within == 1
