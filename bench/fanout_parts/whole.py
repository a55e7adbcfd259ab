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
PAUSE = 0.05
ORDER = ("approve", "again", "withdraw", "again")


def whole_path(walls: int, times: int, *, with_targets: bool) -> Iterator[Figure]:
    """A decision committed → the last wall has the change, against the bare broadcast of the same
    change, each in turn."""
    say(f"{times} approvals and withdrawals, and the same changes bare, to {walls:,} walls")
    with _house(walls, times) as (fleet, keys):
        fleet.ask("open", keys, 0, walls)
        moments = fleet.ask("decisions", [*ORDER] * times, PAUSE)
    taken = [done - began for began, done in moments]
    # Each beside the bare one right after it: a machine busy with other things is so to both.
    ratio = median(decided / bare for decided, bare in zip(taken[::2], taken[1::2], strict=True))
    yield Figure(
        f"{walls:,} walls, decision committed → last wall, against bare", ratio, "×",
        MOST_RATIO if with_targets else None,
    )  # fmt: skip
    for place, title in enumerate(("approval", "approval, bare", "withdrawal", "withdrawal, bare")):
        each = [seconds * 1000 for seconds in taken[place :: len(ORDER)]]
        yield Figure(f"{walls:,} walls, {title} → last wall: p50", median(each), "ms")
        yield Figure(f"{walls:,} walls, {title} → last wall: p99", quantile(each, 0.99), "ms")


def cold_return(walls: int) -> Iterator[Figure]:
    """The server is killed and started again: seconds from when it takes requests until every wall
    is back and equal, with a change that was made since."""
    say(f"{walls:,} walls lose their server and come back")
    with _house(walls, 5) as (fleet, keys):
        opened = fleet.ask("open", keys, 0, walls)
        told = fleet.ask("come_back")
    name, since = f"{walls:,} walls after a kill:", told["seconds"] - told["away"]
    yield Figure(f"{name} all back and equal", since, "s", MOST_SECONDS)
    yield Figure(f"{name} not equal", walls - told["back"], "walls", 0)
    yield Figure(f"{name} server was away", told["away"], "s")
    yield Figure(f"{name} processor time", told["processor"], "s")
    yield Figure(f"{name} attempts in vain", told["failed"])
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
