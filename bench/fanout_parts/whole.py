"""Our whole path from a decision to the last wall, and walls that come back after a restart."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.fanout_parts.compare import quantile
from bench.fanout_parts.house import furnish
from bench.fanout_parts.lines import Asked, asked
from bench.fanout_parts.processes import GENERATOR, SERVERS
from bench.table import Figure, say

MOST_RATIO = 1.3
MOST_SECONDS = 30.0
PAUSE = 0.1
ORDER = ("approve", "again", "withdraw", "again")


def whole_path(walls: int, times: int, *, with_targets: bool) -> Iterator[Figure]:
    """A decision committed → the last wall has the change, against the bare broadcast of the same
    change, each in turn."""
    say(f"{times} approvals and withdrawals, and the same changes bare, to {walls:,} walls")
    with _house(walls, times) as (fleet, keys):
        fleet.ask("open", keys, 0, walls)
        moments = fleet.ask("decisions", [*ORDER] * times, PAUSE)
    taken = [done - began for began, done in moments]
    for place, title in ((0, "approval"), (2, "withdrawal")):
        decided, bare = taken[place :: len(ORDER)], taken[place + 1 :: len(ORDER)]
        name = f"{walls:,} walls, {title} committed → last wall"
        yield Figure(
            f"{name}, against bare", median(decided) / median(bare), "×",
            MOST_RATIO if with_targets else None,
        )  # fmt: skip
        yield Figure(f"{name}, p50", median(decided) * 1000, "ms")
        yield Figure(f"{name}, p99", quantile(decided, 0.99) * 1000, "ms")
        yield Figure(f"{name}, bare, p50", median(bare) * 1000, "ms")


def cold_return(walls: int) -> Iterator[Figure]:
    """The server is killed and started again: seconds from the kill until every wall is back and
    equal, with a change that was made meanwhile."""
    say(f"{walls:,} walls lose their server and come back")
    with _house(walls, 5) as (fleet, keys):
        opened = fleet.ask("open", keys, 0, walls)
        told = fleet.ask("come_back")
    yield Figure(
        f"{walls:,} walls after a kill: all back and equal", told["seconds"], "s", MOST_SECONDS
    )
    yield Figure(f"{walls:,} walls after a kill: not equal", walls - told["back"], "walls", 0)
    yield Figure(f"{walls:,} walls after a kill: server was away", told["away"], "s")
    yield Figure(f"{walls:,} walls after a kill: attempts in vain", told["failed"])
    yield Figure(f"{walls:,} walls, first connect with snapshots: a second", walls / opened)


@contextmanager
def _house(walls: int, quotes: int) -> Iterator[tuple[Asked, str]]:
    """A product with so many walls, not yet connected, and the file of their keys."""
    with TemporaryDirectory(prefix="bench-fanout-") as folder:
        url, keys = f"sqlite:///{folder}/signage.db", Path(folder) / "keys.json"
        keys.write_text(json.dumps(furnish(url, screens=walls, waiting=quotes)), "utf-8")
        cores = (str(GENERATOR), str(SERVERS))
        with asked("fleet", *cores, folder, url, "{}") as fleet:
            fleet.ready()
            yield fleet, str(keys)
