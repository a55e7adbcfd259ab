"""Runs on real processes: each a few decisions and faults, and what must hold after them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from random import Random

from bench.recovery_parts.real_mishaps import RealMishaps
from bench.recovery_parts.real_town import RealTown
from bench.recovery_parts.servers import Site, postgres_site, sqlite_site
from bench.recovery_parts.settling import settle
from bench.recovery_parts.simulation import Run

SECONDS = 3.0
"""Of deeds and faults in one run."""
STARTING = 60.0
CUT_OFF = 13.0
"""Seconds until a stranger who said what cannot be taken is cut off; ten for who named nothing."""


def sites() -> list[AbstractContextManager[Site]]:
    """Where runs take place: both kinds of database, both kinds of sockets."""
    return [
        sqlite_site("direct"), postgres_site("ordinary"),
        sqlite_site("ordinary"), postgres_site("direct"),
    ]  # fmt: skip


def live(site: Site, seeds: range) -> Iterator[Run]:
    """One run for each seed, one after the other, on the same servers."""
    town = RealTown(site, Random(seeds.start))  # noqa: S311 - it must be the same again
    try:
        _until(town, lambda: RealMishaps(town).is_over() and not town.desk.busy, STARTING)
        for seed in seeds:
            town.chance.seed(seed)
            yield _run(town, seed)
    finally:
        town.close()


def _run(town: RealTown, seed: int) -> Run:
    mishaps = RealMishaps(town)
    before, done = town.faults + town.proxy.faults, town.desk.accepted
    ends = town.time.now() + SECONDS
    faults = sorted(town.chance.uniform(0, SECONDS) for _ in range(town.chance.randrange(1, 4)))
    for at in faults:
        town.time.later(at, mishaps.draw)
    while town.time.now() < ends:
        town.decide()
        town.time.run(town.chance.uniform(0.05, 0.3))
    town.time.run(2.0)  # so long a fault may last
    _until(town, lambda: mishaps.is_over() and not town.desk.busy, STARTING)
    mishaps.end()
    slowest = settle(town, rounds=0.0)
    town.found += list(mishaps.unpunished(CUT_OFF))
    found, town.found = tuple(town.found), []
    faults_now = town.faults + town.proxy.faults - before
    return Run(seed, faults_now, town.desk.accepted - done, found, slowest)


def _until(town: RealTown, is_so: Callable[[], bool], patience: float) -> None:
    ends = town.time.now() + patience
    while not is_so():
        if town.time.now() > ends:
            town.found.append("the servers did not come back")
            return
        town.time.run(0.05)
