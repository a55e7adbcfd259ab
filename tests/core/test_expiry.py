import json
from pathlib import Path
from typing import Any

import pytest

from signage.core.expiry import days_of, has_ended

VECTORS = json.loads(
    Path(__file__).parents[1].joinpath("vectors", "expiry.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_when_words_have_ended(vector: dict[str, Any]) -> None:
    assert has_ended(vector["expires_at"], now=vector["now"]) is vector["expect"]


@pytest.mark.parametrize(
    ("touchpoint", "tags", "days"),
    [(None, [], 60), (30, [], 30), (90, [], 90), (30, [7], 7), (30, [90], 90), (None, [14, 7], 7)],
)
def test_a_tag_goes_before_the_touchpoint_and_that_before_the_rest(
    touchpoint: int | None, tags: list[int], days: int
) -> None:
    assert days_of(60, touchpoint, tags) == days
