"""Many simulated walls in one process."""

from collections import Counter
from collections.abc import Mapping
from random import Random
from time import monotonic

import gevent

from signage.core.feeds import FeedState
from signage.open_files import many_files
from signage.simulated.line import Line, Lost
from signage.simulated.memory import Memory
from signage.simulated.visit import HEARTBEAT, TurnedAway, Visit

OPENED_A_SECOND = 200
"""At first; whoever comes back later does so with full jitter, as every wall does."""
LONGEST_WAIT = 20.0
MOST_DOUBLINGS = 15
REFUSED = 30.0
"""Seconds at least until a wall whose link has ended knocks again, as the player does."""
BESIDES = 100
"""Open files beside the sockets."""


class Fleet:
    """Screens by id, each with the key of its link; `url` is the server's."""

    def __init__(self, url: str, keys: Mapping[int, str], chance: Random) -> None:
        self.connected = self.lost = self.refused = self.painted = 0
        """Connected and answered now; connections that ended, refusals, and feeds painted anew."""
        self.latest: dict[str, Counter[tuple[str, int]]] = {}
        """Feed → how many walls show it at (epoch, rev)."""
        self.moved_at: dict[str, float] = {}
        """Feed → when a wall last painted it anew, by the steady clock."""
        self._url, self._chance = url, chance
        self.walls = [Wall(self, key) for key in keys.values()]
        self._running: list[gevent.Greenlet] = []

    def start(self, a_second: float = OPENED_A_SECOND) -> None:
        """Bring them in, one after the other."""
        self._running = [
            gevent.spawn_later(number / a_second, wall.live, self._url, self._chance)
            for number, wall in enumerate(self.walls)
        ]

    def stop(self) -> None:
        """Hang up; again is harmless."""
        gevent.killall(self._running)
        self._running = []

    def moved(self, feed: str, before: FeedState | None, now: FeedState) -> None:
        """A wall painted a feed anew."""
        counts = self.latest.setdefault(feed, Counter())
        if before is not None:
            counts[before.epoch, before.rev] -= 1
            if counts[before.epoch, before.rev] <= 0:
                del counts[before.epoch, before.rev]
        counts[now.epoch, now.rev] += 1
        self.painted += 1
        self.moved_at[feed] = monotonic()


class Wall:
    """One of them, over all its connections."""

    def __init__(self, fleet: Fleet, key: str) -> None:
        self._fleet, self._key = fleet, key
        self._memory = Memory(fleet.moved)
        self._attempt = 0
        self.is_home = False
        """Connected and answered."""

    def holds(self, feed: str, item: str) -> bool:
        """Whether it has an item of a feed."""
        state = self._memory.feeds.get(feed)
        return state is not None and item in state.items

    def live(self, url: str, chance: Random) -> None:
        """Connect, and come back for ever."""
        while True:
            at_least = 0.0
            try:
                self._visit(url, chance)
            except Lost:
                self._fleet.lost += 1
            except TurnedAway:
                self._fleet.refused += 1
                at_least = REFUSED
            wait = min(LONGEST_WAIT, 2.0 ** min(self._attempt, MOST_DOUBLINGS))
            self._attempt += 1
            gevent.sleep(at_least + chance.uniform(0, wait))

    def _visit(self, url: str, chance: Random) -> None:
        line = Line(url)
        try:
            Visit(line, self._key, self._memory, self._home, chance.uniform(0, HEARTBEAT)).go_on()
        finally:
            line.close()
            self._fleet.connected -= self.is_home
            self.is_home = False

    def _home(self) -> None:
        self._attempt = 0
        if not self.is_home:
            self.is_home = True
            self._fleet.connected += 1


def most_walls() -> int:
    """How many this user's open files allow."""
    return many_files() - BESIDES
