"""What the bench's player makes of a refusal, as static/wall/connection.js does."""

from random import Random

import pytest

from bench.recovery_parts.lines import LONGEST_WAIT, REFUSED, Line
from bench.recovery_parts.page import NOTHING, Held
from bench.recovery_parts.player import Player
from bench.recovery_parts.world import SimulatedTime

HELD = Held({"version": "v", "lease_hours": 72}, {}, 1)


class Wire:
    """Lines that are opened, and whether each was closed."""

    def __init__(self) -> None:
        self.lines: list[Wire] = []

    def dial(self, _: object) -> Line:
        self.lines.append(Wire())
        return self.lines[-1]

    def send(self, frame: str) -> None: ...

    def close(self) -> None: ...


@pytest.mark.parametrize(
    ("said", "is_forgotten"),
    [
        ('{"message": "refused", "data": {"reason": "revoked"}}', True),
        ('{"message": "refused"}', False),
        ('"Unable to connect"', False),
        ("", False),
    ],
)
def test_only_a_reason_ends_a_link(said: str, is_forgotten: bool) -> None:
    time, wire = SimulatedTime(), Wire()
    player = Player(time, wire.dial, "a key", Random(1))  # noqa: S311 - it must be the same again
    player.page.kept = HELD
    player.switch_on()
    time.run(1)
    player.heard(wire.lines[0], f"4/wall,{said}")

    assert (player.page.kept == NOTHING) is is_forgotten
    time.run(LONGEST_WAIT)
    assert (len(wire.lines) == 1) is is_forgotten, "after a cut it comes soon"
    time.run(REFUSED)
    assert len(wire.lines) > 1
