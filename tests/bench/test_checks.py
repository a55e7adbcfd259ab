"""What the recovery bench holds a desk's word against."""

from random import Random

import pytest

from bench.recovery_parts.checks import check_receipts
from bench.recovery_parts.page import Held
from bench.recovery_parts.player import Player
from bench.recovery_parts.truth import TrueRecall, Truth
from bench.recovery_parts.world import SimulatedTime
from signage.core.feeds import FeedState
from tests.bench.test_refusals import Wire

SCREEN = 5
TOLD = Truth(
    feeds={}, programmes={SCREEN: "v"}, quotes={1: "withdrawn"}, answers={}, improvements={},
    decisions=frozenset(), title="", recalls={1: TrueRecall("q1", {}, {})},
)  # fmt: skip


def shows_it() -> Player:
    """A wall on which q1 hangs."""
    player = Player(SimulatedTime(), Wire().dial, "a key", Random(1))  # noqa: S311 - the same again
    feeds = {"quotes": FeedState("e", 1, {"q1": {}})}
    player.page.held = player.page.shown = Held({"version": "v", "lease_hours": 72}, feeds, 0)
    return player


@pytest.mark.parametrize("is_known", [True, False])
def test_only_links_that_the_backup_knew_are_answered_for(is_known: bool) -> None:
    player = shows_it()
    player.is_known = is_known

    found = list(check_receipts(TOLD, {SCREEN: [player]}, clocks_agree=True))

    told = f"screen {SCREEN} shows q1, which the desk says is not counted"
    assert found == ([told] if is_known else [])
