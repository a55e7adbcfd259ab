"""Who is meant: the same rule as the player's."""

import json
from pathlib import Path
from typing import Any

import pytest

from signage.core.targets import Targets, read_targets

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "targets.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_screen_is_meant_or_not(case: dict[str, Any]) -> None:
    targets = read_targets(case["for"])
    meant = targets is None or targets.mean(case["screen"], case["group"])
    assert meant is case["meant"]


def test_what_is_kept_is_read_again() -> None:
    targets = Targets(frozenset({3, 1}), frozenset({7}))
    assert read_targets(targets.as_json()) == targets
    assert targets.as_json() == {"groups": [1, 3], "screens": [7]}
    assert not Targets()
