"""Faults: whether every wall comes to show what was decided, whatever went wrong meanwhile.

Two kinds of runs, each a random program of decisions, screens that come and go, and faults. On a
simulated wire, with the real server and time handed in: servers that die at any statement or
message, messages lost, late, repeated and halved, a full disk, clocks that jump, a history that is
forgotten, a backup put back, links that end, storage that is wiped. On real processes, over real
websockets: servers, PostgreSQL and Redis killed and stopped, a proxy that delays, swallows, halves
and repeats traffic, clients that read nothing, strangers who say what cannot be taken, clocks of
servers and screens that jump, a full disk.

Targets, after each run: no violation. Every connected screen equals the database within 5 s of the
last fault's end or of its own return; nothing that was accepted is lost; revs are contiguous; a
screen that has confirmed a withdrawal painted it away and shows it no more; a stranger is cut off.

A simulated run that fails is the same again with its seed; a real one has the same program, but
another moment for everything.

A real server that starts while its database is down ends, as it should; the bench starts it again,
as a service manager does, and tells how often. One that ends otherwise is a violation, and so is
one that does not come back: what it said last is told, and its site's logs are kept.

    .venv/bin/python bench/recovery.py [--quick] [--json] [--from SEED] [--seed SEED [--real]]
"""

import os
import secrets
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from bench.recovery_parts.reality import live, sites
from bench.recovery_parts.settling import PATIENCE
from bench.recovery_parts.simulation import Run, simulate
from bench.table import Figure, finish, say
from signage.actions.setup import set_up
from signage.migrate import migrate
from signage.models import Database

FULL = (1000, 52)
QUICK = (12, 4)
"""Simulated runs, real runs."""
QUICK_SITES = 2
TRACE = 4000
"""Characters of a stack trace that are told."""


def main() -> None:
    """Run, tell, and end with 1 where something did not hold."""
    said = _options()
    first = secrets.randbelow(1_000_000) if said.start is None else said.start
    simulated, real = said.runs or (QUICK if said.quick else FULL)
    if said.seed is not None:
        first, simulated, real = said.seed, int(not said.real), int(said.real)
    say(f"{simulated} simulated and {real} real runs, from seed {first}")
    with TemporaryDirectory(prefix="bench-recovery-") as folder:
        template = _template(Path(folder) / "empty.db")
        context = get_context("spawn")
        with ProcessPoolExecutor(os.cpu_count(), context, _end_with_the_program) as pool:
            # At the same time: what is real mostly waits.
            wanted = range(first, first + simulated)
            running = pool.map(partial(simulate, template=template), wanted)
            try:
                really, traces = _live(first, real, QUICK_SITES if said.quick or real < 4 else 4)
            except BaseException:
                pool.shutdown(cancel_futures=True)  # else it is told only after the last of them
                raise
            runs = [_told(run, "") for run in running]
    finish(_figures(runs, really, traces), as_json=said.json)


def _end_with_the_program() -> None:
    """Whoever ends this program by a signal ends its workers too."""

    def watch() -> None:
        if (parent := parent_process()) is not None:
            parent.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _live(first: int, many: int, places: int) -> tuple[list[Run], int]:
    """Real runs, as many on each site; also the stack traces in the servers' logs."""
    runs: list[Run] = []
    traces = 0
    for number, opening in enumerate(sites()[:places]):
        share = range(first + many * number // places, first + many * (number + 1) // places)
        if not share:
            continue
        with opening as site:
            say(f"{len(share)} runs on {site.name}")
            here = [_told(run, " --real") for run in live(site, share)]
            runs += here
            found = site.log().split("Traceback")[1:]
            for trace in found:
                say(f"  a stack trace: {trace[:TRACE]}")
            traces += len(found)
            if found or any(run.violations for run in here):
                say(f"  its servers' logs: {site.keep_logs()}")
    return runs, traces


def _told(run: Run, kind: str) -> Run:
    for violation in run.violations:
        say(f"  --seed {run.seed}{kind}: {violation}")
    return run


def _figures(simulated: Sequence[Run], real: Sequence[Run], traces: int) -> list[Figure]:
    return [
        *_of_kind("simulated", simulated),
        *_of_kind("real", real),
        Figure("real: servers that ended by themselves", sum(run.restarts for run in real)),
        Figure("real: stack traces in logs", traces, at_most=0),
    ]


def _of_kind(kind: str, runs: Sequence[Run]) -> Iterator[Figure]:
    if not runs:
        return
    yield Figure(f"{kind}: runs", len(runs))
    yield Figure(f"{kind}: faults", sum(run.faults for run in runs))
    yield Figure(f"{kind}: decisions and other deeds", sum(run.deeds for run in runs))
    slowest = max(run.slowest for run in runs)
    yield Figure(f"{kind}: slowest screen to be equal", slowest, "s", PATIENCE)
    yield Figure(f"{kind}: violations", sum(len(run.violations) for run in runs), at_most=0)


def _template(path: Path) -> Path:
    """An empty product's database."""
    database = Database(f"sqlite:///{path}")
    migrate(database)
    set_up(database)
    database.engine.dispose()
    return path


def _options() -> Namespace:
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a fair small version, under 45 s")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--runs", type=int, nargs=2, help="simulated and real ones, instead")
    parser.add_argument("--from", type=int, dest="start", help="the first seed; else by chance")
    parser.add_argument("--seed", type=int, help="one run alone")
    parser.add_argument("--real", action="store_true", help="with --seed: a real one")
    return parser.parse_args()


if __name__ == "__main__":
    main()
