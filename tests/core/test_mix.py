"""The honest mix: shares as answered, and nobody hidden for good."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.mix import (
    BANDS,
    EQUAL,
    ROUND,
    Taker,
    composition,
    counted,
    gives_way,
    like_nps,
    missing,
    moved,
    shares_of,
)
from signage.core.rounds import turns

VECTORS = json.loads(
    Path(__file__).parents[1].joinpath("vectors", "mix.json").read_text(encoding="utf-8")
)

counts = st.fixed_dictionaries({band: st.integers(0, 2000) for band in BANDS}).filter(
    lambda given: sum(given.values()) > 0
)
walls = st.lists(
    st.tuples(st.sampled_from([*BANDS, None]), st.integers(0, 9).map(lambda n: n == 0)),
    max_size=60,
)


def takers(wall: Sequence[tuple[str | None, bool]]) -> list[Taker]:
    return [Taker(f"q{place}", band, pinned) for place, (band, pinned) in enumerate(wall)]


def of(promoter: int, passive: int, detractor: int) -> list[Taker]:
    bands = ["promoter"] * promoter + ["passive"] * passive + ["detractor"] * detractor
    return takers([(band, False) for band in bands])


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_order_is_the_one_that_the_player_comes_to(vector: Mapping[str, Any]) -> None:
    wall = [Taker(each["item"], each["band"], each["pinned"]) for each in vector["takers"]]
    assert turns(wall, vector["mode"], vector["shares"]) == vector["expect"]


@given(counts, st.lists(st.sampled_from([*BANDS]), max_size=12), st.data())
def test_with_enough_quotes_of_each_band_every_round_is_true_within_five_points(
    answers: Mapping[str, int], more: Sequence[str], data: st.DataObject
) -> None:
    shares = shares_of(answers)
    assert shares is not None
    enough = composition(dict.fromkeys(BANDS, ROUND), shares)
    bands = data.draw(
        st.permutations([band for band in BANDS for _ in range(enough[band])] + [
            band for band in more if enough[band]
        ])
    )  # fmt: skip
    wall = takers([(band, False) for band in bands])

    cycle = turns(wall, "as_answered", shares)

    band_of = {taker.item: taker.band for taker in wall}
    size = sum(composition(counted(wall), shares).values())
    assert len(cycle) % size == 0
    total = sum(answers.values())
    for start in range(0, len(cycle), size):
        shown = Counter(band_of[item] for item in cycle[start : start + size])
        for band in BANDS:
            assert abs(100 * shown[band] / size - 100 * answers[band] / total) <= 5
    assert missing(counted(wall), shares) == {}


@given(walls, st.sampled_from(["as_answered", "equal", "newest", "unknown"]), counts)
def test_every_quote_has_its_turn_and_nothing_else_hangs(
    wall: Sequence[tuple[str | None, bool]], mode: str, answers: Mapping[str, int]
) -> None:
    all_ = takers(wall)
    cycle = turns(all_, mode, shares_of(answers))
    assert set(cycle) == {taker.item for taker in all_}


@given(walls, counts)
def test_pinned_quotes_open_the_cycle_in_the_order_of_their_age(
    wall: Sequence[tuple[str | None, bool]], answers: Mapping[str, int]
) -> None:
    pinned = [taker.item for taker in takers(wall) if taker.pinned]
    for mode in ("as_answered", "newest"):
        cycle = turns(takers(wall), mode, shares_of(answers))
        assert cycle[: len(pinned)] == pinned


def test_a_pinned_quote_opens_each_round_and_takes_a_turn_of_its_own_band() -> None:
    wall = [Taker("pin", "promoter", pinned=True), *of(30, 10, 10)]
    cycle = turns(wall, "as_answered", {"promoter": 500, "passive": 250, "detractor": 250})
    places = [place for place, item in enumerate(cycle) if item == "pin"]
    assert {after - before for before, after in pairwise(places)} == {ROUND}


def test_a_quote_comes_again_after_eight_turns_at_the_earliest() -> None:
    cycle = turns(of(50, 1, 1), "as_answered", {"promoter": 400, "passive": 300, "detractor": 300})
    alone = [place for place, item in enumerate(cycle) if item == "q50"]
    assert min(after - before for before, after in pairwise(alone)) >= 7


def test_too_few_of_a_band_is_said_with_how_many_are_missing() -> None:
    shares = {"promoter": 540, "passive": 190, "detractor": 270}
    assert missing(counted(of(30, 8, 8)), shares) == {}
    assert missing(counted(of(30, 8, 1)), shares) == {"detractor": 2}
    assert missing(counted(of(30, 0, 0)), shares) == {"passive": 2, "detractor": 3}
    assert set(missing(counted(of(0, 0, 0)), shares)) == set(BANDS)


@given(walls, counts)
def test_what_is_missing_makes_the_mix_true(
    wall: Sequence[tuple[str | None, bool]], answers: Mapping[str, int]
) -> None:
    shares = shares_of(answers)
    assert shares is not None
    have = counted(takers(wall))
    more = missing(have, shares)
    assert missing({band: n + more.get(band, 0) for band, n in have.items()}, shares) == {}


def test_the_band_with_most_beyond_its_share_makes_room_first() -> None:
    shares = {"promoter": 500, "passive": 200, "detractor": 300}
    assert gives_way(of(8, 1, 1), "as_answered", shares) == "q7"
    assert gives_way(of(8, 1, 1), "newest", shares) == "q9"
    assert gives_way(of(8, 1, 1), "as_answered", None) == "q9"


@given(walls, counts)
def test_neither_a_pinned_quote_nor_the_newest_makes_room(
    wall: Sequence[tuple[str | None, bool]], answers: Mapping[str, int]
) -> None:
    all_ = takers(wall)
    for mode in ("as_answered", "equal", "newest"):
        leaves = gives_way(all_, mode, shares_of(answers))
        may = [taker.item for taker in all_[1:] if not taker.pinned]
        assert leaves in may or (leaves is None and not may)


@given(counts)
def test_shares_are_whole_and_add_up(answers: Mapping[str, int]) -> None:
    shares = shares_of(answers)
    assert shares is not None
    assert sum(shares.values()) == 1000
    assert not moved(shares, shares)


def test_small_drifts_are_not_worth_telling() -> None:
    one = {"promoter": 500, "passive": 200, "detractor": 300}
    assert not moved(one, {"promoter": 504, "passive": 200, "detractor": 296})
    assert moved(one, {"promoter": 505, "passive": 200, "detractor": 295})
    assert moved(None, one)
    assert not moved(None, None)
    assert shares_of({}) is None


def test_other_metrics_bands_are_like_those_of_nps() -> None:
    assert [like_nps(band) for band in ("easy", "neutral", "hard", None)] == [*BANDS, None]
    assert sum(EQUAL.values()) == 1000
