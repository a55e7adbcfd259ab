"""What a wall shows: the same vectors as the player (tests/js/shows.test.js)."""

import json
from pathlib import Path
from typing import Any

import pytest

from signage.core.showing import shows

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "shows.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_it_shows_what_the_player_shows(vector: dict[str, Any]) -> None:
    show = shows(vector["programme"], vector["feeds"], vector["now"], vector["contact"])

    seen = {
        "scene": show.scene, "item": show.item["id"] if show.item else None,
        "startedAt": show.began, "endsAt": show.ends, "fresh": show.fresh,
        "said": show.item.get("said") if show.item else None,
    }  # fmt: skip
    assert {name: seen[name] for name in vector["expect"] if name in seen} == {
        name: told for name, told in vector["expect"].items() if name in seen
    }
