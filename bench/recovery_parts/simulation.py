"""One run in simulated time: a random program, its faults, and what must hold after them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

from sqlalchemy.exc import SQLAlchemyError

from bench.recovery_parts.catching_up import catch_up
from bench.recovery_parts.fuse import Crashed
from bench.recovery_parts.mishaps import Mishaps
from bench.recovery_parts.settling import look_at_receipts, settle
from bench.recovery_parts.town import Town, settle_in
from bench.recovery_parts.world import SimulatedTime
from signage import clock
from signage.actions import measure, outbox, programme
from signage.actions.decide import publish_due

STEPS = 45
LOOKED_AT = 3
"""Steps from one look at receipts to the next: one that is too early would come true later."""
ROUNDS = 32.0
"""Seconds in which every wall sends a heartbeat, and what a crash left is marked."""
FAULTY = 0.25
"""How many of the steps are faults."""


@dataclass(frozen=True, slots=True)
class Run:
    """How one run went."""

    seed: int
    faults: int
    deeds: int
    violations: tuple[str, ...]
    slowest: float
    """Seconds from the faults' end until the last connected screen was equal."""
    restarts: int = 0
    """Of real servers that ended by themselves."""


def simulate(seed: int, template: Path, **changed: object) -> Run:
    """Run the program that `seed` names, on a copy of `template`, an empty product's database.
    The same seed does the same; `changed`: fields of Town."""
    chance = Random(seed)  # noqa: S311 - it must be the same again
    time = SimulatedTime()
    with TemporaryDirectory(prefix="recovery-") as folder, _rules(chance, time):
        town = Town(Path(folder), chance, time, **changed)  # type: ignore[arg-type]
        settle_in(town, template, size=chance.choice((3, 60)), grace=chance.choice((0, 0, 2)))
        deeds = _live(town)
        slowest = settle(town, rounds=ROUNDS)
        for process in town.processes:
            process.die()
        town.look_away()
        found = tuple(town.found)
        faults = town.faults + town.wire.faults
    gc.collect()
    return Run(seed, faults, deeds, found, slowest)


@contextmanager
def _rules(chance: Random, time: SimulatedTime) -> Iterator[None]:
    """Time is handed in; bounds are small, so that runs come up against them."""
    with (
        patch.object(clock, "now", time.clock),
        patch.object(outbox, "HISTORY", chance.choice((2, 10, 500))),
        patch.object(programme, "LEASE_HOURS", chance.choice((72, 60 / 3600))),
    ):
        yield


def _live(town: Town) -> int:
    """The program; gives how much was done at the desk."""
    mishaps, deeds = Mishaps(town), 0
    town.time.run(1.0)
    for step in range(STEPS):
        town.time.run(town.chance.uniform(0.0, 0.5))
        if step % 2:
            _jobs(town)
        if town.chance.random() < FAULTY:
            mishaps.draw()
        else:
            catch_up(town)
            town.act(town.deeds.draw())
            deeds += 1
        if step % LOOKED_AT == 0:
            look_at_receipts(town)
    town.time.run(0.1)
    mishaps.end()
    _jobs(town, later=timedelta(days=1))
    catch_up(town)
    return deeds


def _jobs(town: Town, later: timedelta = timedelta()) -> None:
    """What the scheduler does, by any server."""
    process = town.any_process()
    if process is None:
        return
    at = town.time.clock() + later
    try:
        process.do(lambda: publish_due(process.database, at=at))
        process.do(lambda: measure.refresh_stale(process.database, at=at))
    except (Crashed, SQLAlchemyError):
        return
