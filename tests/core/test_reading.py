import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.reading import count_words, dwell_seconds

VECTORS = json.loads(
    Path(__file__).parents[1].joinpath("vectors", "reading.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_words_and_their_time(vector: dict[str, Any]) -> None:
    words = count_words(vector["text"])
    assert words == vector["expect"]["words"]
    assert dwell_seconds(words) == pytest.approx(vector["expect"]["seconds"])


@given(st.text(), st.text())
def test_texts_on_two_lines_have_the_words_of_both(one: str, two: str) -> None:
    assert count_words(f"{one}\n{two}") == count_words(one) + count_words(two)


@given(st.integers(0, 2000))
def test_more_words_never_take_less_time_and_nothing_less_than_twelve_seconds(words: int) -> None:
    assert 12 <= dwell_seconds(words) <= dwell_seconds(words + 1)
