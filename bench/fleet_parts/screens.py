"""Some of the simulated screens: a process of its own, told what to do by the bench.

Moments are seconds of the steady clock, which all processes of a machine share.
"""

import gc
import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from random import Random
from time import monotonic, process_time

import gevent
from gevent.fileobject import FileObject

from signage.open_files import many_files
from signage.simulated.fleet import Fleet

LOOKED = 0.01
"""Seconds between two looks."""


class Screens:
    """What can be asked."""

    def __init__(self, url: str, keys: Mapping[int, str], seed: int) -> None:
        self._fleet = Fleet(url, keys, Random(seed))  # noqa: S311 - the same every time
        self._many = len(keys)

    def open(self, a_second: float, seconds: float) -> int:
        """Bring them in; how many are connected then."""
        self._fleet.start(a_second)
        _until(lambda: self._fleet.connected == self._many, seconds)
        gc.collect()
        gc.freeze()
        return self._fleet.connected

    def reached(self, feed: str, epoch: str, rev: int, seconds: float) -> tuple[int, float]:
        """How many paint a feed at this place, waited for so long at most, and when the last of
        them did."""
        at = (epoch, rev)
        counts = self._fleet.latest.get(feed, Counter())
        _until(lambda: counts[at] == self._many, seconds)
        return counts[at], self._fleet.moved_at.get(feed, 0.0)

    def told(self, feed: str, item: str, seconds: float) -> tuple[int, float]:
        """Of those that are connected now, how many stayed and hold an item, and when all did."""
        walls = [wall for wall in self._fleet.walls if wall.is_home]
        _until(lambda: all(wall.holds(feed, item) or not wall.is_home for wall in walls), seconds)
        return sum(wall.holds(feed, item) for wall in walls), monotonic()

    def holding(self, feed: str, items: list[str]) -> int:
        """How many are connected and hold all of these items."""
        return sum(
            wall.is_home and all(wall.holds(feed, item) for item in items)
            for wall in self._fleet.walls
        )

    def connected(self) -> int:
        """How many are."""
        return self._fleet.connected

    def equal(self, heads: Mapping[str, tuple[str, int]]) -> int:
        """How many paint each feed at this place."""
        shown = self._fleet.latest
        return min(shown.get(name, Counter())[at[0], at[1]] for name, at in heads.items())

    def troubles(self) -> tuple[int, int]:
        """Connections and attempts that came to nothing; refusals for good."""
        return self._fleet.lost, self._fleet.refused

    def processor(self) -> float:
        """Seconds of processor time so far."""
        return process_time()


def _until(is_so: Callable[[], bool], seconds: float) -> None:
    ends = monotonic() + seconds
    while not is_so() and monotonic() < ends:
        gevent.sleep(LOOKED)


def main() -> None:
    """Obey until the input ends. The first line says server, keys and seed."""
    many_files()
    lines = FileObject(0, "r", closefd=False)
    url, keys, seed = json.loads(next(lines))
    screens = Screens(url, {int(id_): key for id_, key in keys.items()}, seed)
    for line in lines:
        name, arguments = json.loads(line)
        print(json.dumps(getattr(screens, name)(*arguments)), flush=True)
    sys.exit()


if __name__ == "__main__":
    main()
