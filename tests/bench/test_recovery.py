"""The simulated runs: the same for the same seed, without a violation, and able to find one."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from bench.recovery_parts.player import Player
from bench.recovery_parts.simulation import simulate
from signage.core.feeds import Change, FeedState, Step, apply_all
from signage.live.relay import Relay
from tests.bench.test_programs import run

SEEDS = range(16, 28)
"""Within so many runs at most."""


class IgnoresGaps(Player):
    """Takes whatever comes, as if it followed on."""

    def apply(self, had: FeedState, epoch: str, changes: Sequence[Change]) -> Step:
        if changes:
            had = FeedState(epoch, changes[0].rev - 1, had.items)
        return replace(apply_all(had, had.epoch, changes), gap=False)


def nothing() -> AbstractContextManager[object]:
    return nullcontext()


def a_relay_that_skips() -> AbstractContextManager[object]:
    tell = Relay._tell

    def skip(self: Relay, *news: object) -> int:
        with patch.object(self, "_emit", lambda *_: None):
            return tell(self, *news)  # type: ignore[arg-type]  # handed on as they came

    return patch.object(Relay, "_tell", skip)


def a_server_that_confirms_by_itself() -> AbstractContextManager[object]:
    return patch("signage.actions.see.is_painted", lambda *_: True)


def an_outbox_that_keeps_what_is_dropped() -> AbstractContextManager[object]:
    return patch("signage.actions.outbox.drop", lambda *_, **__: False)


def test_a_seed_does_the_same_again(empty_file: Path) -> None:
    assert simulate(11, empty_file) == simulate(11, empty_file)


def test_no_fault_leaves_a_violation(empty_file: Path) -> None:
    # The last one has a screen that was made after the backup which is put back.
    runs = [simulate(seed, empty_file) for seed in (20, 21, 80137)]

    assert [violation for run in runs for violation in run.violations] == []
    assert all(run.faults and run.deeds for run in runs)


@pytest.mark.parametrize(
    ("broken", "player", "told"),
    [
        (nothing, IgnoresGaps, "it shows other"),
        (a_relay_that_skips, Player, "it has quotes at"),
        (a_server_that_confirms_by_itself, Player, "too early"),
        (an_outbox_that_keeps_what_is_dropped, Player, "hangs and is"),
    ],
)  # fmt: skip
def test_what_is_broken_is_found(
    broken: Callable[[], AbstractContextManager[object]],
    player: type[Player],
    told: str,
    empty_file: Path,
) -> None:
    with broken():
        found = (
            violation
            for seed in SEEDS
            for violation in simulate(seed, empty_file, player_class=player).violations
        )

        assert any(told in violation for violation in found)


def test_the_program_tells_runs_faults_and_violations() -> None:
    told = run("recovery.py", "--json", "--runs", "1", "0", "--from", "20")

    assert told.returncode == 0, told.stderr
    figures = {figure["name"]: figure["value"] for figure in json.loads(told.stdout)["figures"]}
    assert figures["simulated: runs"] == 1
    assert figures["simulated: faults"] > 0
    assert figures["simulated: violations"] == 0
