"""Two serving processes over PostgreSQL and Redis, against one."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import sleep

from bench.fanout_parts.compare import quantile
from bench.fanout_parts.house import furnish
from bench.fanout_parts.lines import Asked, asked
from bench.fanout_parts.processes import GENERATOR, SERVERS
from bench.table import Figure, say
from tests.services import Postgres, Redis

MOST_RATIO = 1.2
PAUSE = 0.15
SETTLED = 10.0
"""Seconds after which it is written down that walls came in, and nothing but decisions is on."""


def pair(walls: int, times: int) -> Iterator[Figure]:
    """One process with so many walls, then two with so many each, on one database. Each process
    shares one core with the generator of its own walls: the second brings its core with it."""
    with ExitStack() as stack:
        postgres, redis = stack.enter_context(Postgres()), stack.enter_context(Redis())
        folder = stack.enter_context(TemporaryDirectory(prefix="bench-fanout-"))
        url, keys = postgres.create(), Path(folder) / "keys.json"
        told = furnish(url, screens=2 * walls, waiting=2 * times)
        keys.write_text(json.dumps(told), "utf-8")
        environ = json.dumps({"REDIS_URL": redis.url})
        fleets: list[Asked] = []
        taken: list[list[float]] = []
        for first, core in ((0, str(SERVERS)), (walls, str(GENERATOR))):
            say(f"{times} decisions to {first + walls:,} walls of {len(fleets) + 1} process(es)")
            made = asked("fleet", core, core, folder, url, environ, core=int(core))
            fleets.append(stack.enter_context(made))
            fleets[-1].ready()
            fleets[-1].ask("open", str(keys), first, walls)
            sleep(SETTLED)
            taken.append(_decisions(fleets, times))
    one, two = (quantile(each, 0.99) for each in taken)
    name = "over Redis, approval committed → last wall:"
    yield Figure(f"{name} p99, 2 processes / 1, twice the walls", two / one, "×", MOST_RATIO)
    yield Figure(f"{name} p99, 1 process, {walls:,} walls", one * 1000, "ms")
    yield Figure(f"{name} p99, 2 processes, {2 * walls:,} walls", two * 1000, "ms")
    yield Figure(f"{name} p50, 1 process, {walls:,} walls", median(taken[0]) * 1000, "ms")
    yield Figure(f"{name} p50, 2 processes, {2 * walls:,} walls", median(taken[1]) * 1000, "ms")


def _decisions(fleets: Sequence[Asked], times: int) -> list[float]:
    """Seconds from each commit in the first process to the last wall of all."""
    first, *others = fleets
    for fleet in others:
        # Answered before anything is decided: what comes earlier would count as another message.
        fleet.ask("expect", times)
        fleet.begin("watch", times)
    moments = first.ask("decisions", ["approve"] * times, PAUSE)
    done = [fleet.answer() for fleet in others]
    return [
        max([last, *(each[n] for each in done)]) - began for n, (began, last) in enumerate(moments)
    ]
