"""All simulated screens of a house: the other end of the processes that they live in."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from bench.fanout_parts.processes import GENERATOR, Talker

IN_ONE = 2_500
"""Screens in one process."""
OPENED_A_SECOND = 250.0
LONGEST = 60.0
"""Seconds that anything is waited for: who waits longer sees it in the figures."""

Heads = Mapping[str, tuple[str, int]]


class Crowd:
    """Each process has a core that is not the server's, where there are so many."""

    def __init__(self, url: str, keys: Mapping[int, str]) -> None:
        self.many = len(keys)
        self._parts: list[Talker] = []
        left = iter(keys.items())
        while some := dict(islice(left, IN_ONE)):
            command = (sys.executable, "-m", "bench.fleet_parts.screens")
            part = Talker(command, GENERATOR + len(self._parts) % max(1, (os.cpu_count() or 1) - 1))
            part.tell(json.dumps([url, some, len(self._parts)]))
            self._parts.append(part)

    def open(self) -> None:
        """Bring all in, the processes side by side. Raises RuntimeError where some do not come."""
        each = OPENED_A_SECOND / len(self._parts)
        came = sum(self._ask("open", each, self.many / OPENED_A_SECOND + LONGEST))
        if came < self.many:
            raise RuntimeError(f"only {came} of {self.many} screens came")

    def reached(self, feed: str, at: tuple[str, int]) -> tuple[int, float]:
        """How many paint a feed at this place, and when the last of them did."""
        told = self._ask("reached", feed, *at, LONGEST)
        return sum(many for many, _ in told), max(moment for _, moment in told)

    def told(self, feed: str, item: str) -> tuple[int, float]:
        """Of those that are connected now, how many hold an item, and when all of them did."""
        told = self._ask("told", feed, item, LONGEST)
        return sum(many for many, _ in told), max(moment for _, moment in told)

    def holding(self, feed: str, items: Sequence[str]) -> int:
        """How many are connected and hold all of these items."""
        return sum(self._ask("holding", feed, items))

    def connected(self) -> int:
        """How many are."""
        return sum(self._ask("connected"))

    def equal(self, heads: Heads) -> int:
        """How many paint every feed as it is."""
        return sum(self._ask("equal", heads))

    def troubles(self) -> tuple[int, int]:
        """Connections and attempts that came to nothing; refusals for good."""
        lost, refused = zip(*self._ask("troubles"), strict=True)
        return sum(lost), sum(refused)

    def processor(self) -> float:
        """Seconds of processor time so far."""
        return float(sum(self._ask("processor")))

    def end(self) -> None:
        """Hang up; again is harmless."""
        for part in self._parts:
            part.end()

    def _ask(self, name: str, *arguments: object) -> list[Any]:
        for part in self._parts:
            part.tell(json.dumps([name, arguments]))
        return [json.loads(part.hear()) for part in self._parts]
