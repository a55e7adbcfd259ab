"""Runs on real processes: each a few decisions and faults, and what must hold after them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from random import Random

from bench.recovery_parts.real_mishaps import RealMishaps
from bench.recovery_parts.real_town import RealTown
from bench.recovery_parts.servers import Site, postgres_site, sqlite_site
from bench.recovery_parts.settling import settle
from bench.recovery_parts.simulation import Run
from bench.recovery_parts.whereabouts import of_desk, of_server

SECONDS = 3.0
"""Of deeds and faults in one run."""
STARTING = 180.0
"""Until a server takes requests that was started: far more than that takes, also on a machine that
is busy otherwise. It is no figure: the five seconds begin then."""
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
        _until(town, lambda: _all_take_requests(site) and not town.desk.busy)
        for seed in seeds:
            town.chance.seed(seed)
            yield _run(town, seed)
    finally:
        town.close()


def _run(town: RealTown, seed: int) -> Run:
    mishaps = RealMishaps(town)
    before, done = town.faults + town.proxy.faults, town.desk.accepted
    restarts = town.keeper.restarts
    ends = town.time.now() + SECONDS
    faults = sorted(town.chance.uniform(0, SECONDS) for _ in range(town.chance.randrange(1, 4)))
    for at in faults:
        town.time.later(at, mishaps.draw)
    while town.time.now() < ends:
        town.decide()
        town.time.run(town.chance.uniform(0.05, 0.3))
    town.time.run(2.0)  # so long a fault may last
    _until(town, lambda: mishaps.is_over() and not town.desk.busy)
    mishaps.end()
    slowest = settle(town, rounds=0.0)
    _until(town, lambda: _all_take_requests(town.site))
    town.found += list(mishaps.unpunished(CUT_OFF))
    found, town.found = tuple(town.found), []
    faults_now = town.faults + town.proxy.faults - before
    accepted, restarts = town.desk.accepted - done, town.keeper.restarts - restarts
    return Run(seed, faults_now, accepted, found, slowest, restarts)


def _all_take_requests(site: Site) -> bool:
    return all(server.takes_requests() for server in site.servers)


def _until(town: RealTown, is_so: Callable[[], bool]) -> None:
    ends = town.time.now() + STARTING
    while not is_so():
        if town.time.now() > ends:
            told = [*(of_server(server) for server in town.site.servers), of_desk(town.desk)]
            town.found.append(f"not as before after {STARTING:.0f} s: {'; '.join(told)}")
            return
        town.time.run(0.05)
