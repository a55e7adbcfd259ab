"""Walls that lose their server and come back, as static/wall/connection.js does."""

import heapq
from collections.abc import Callable
from random import Random
from time import monotonic

from bench.fanout_parts.clients import Client
from bench.fanout_parts.generator import Generator
from bench.fanout_parts.walls import Memory, Wall

ANSWER_SECONDS = 10
"""A namespace that does not open for so long, or a hello without an answer, is given up."""
CAP_SECONDS = 20
MOST_DOUBLINGS = 15


class Homecoming:
    """Each comes back after a random time of its own (full jitter)."""

    def __init__(self, owner: Generator, port: int, chance: Random) -> None:
        self._owner = owner
        self._port = port
        self._chance = chance
        self._due: list[tuple[float, int, Memory]] = []
        self._asked: list[tuple[float, int, Wall]] = []
        self._n = 0
        self.failed = 0
        """Connections that came to nothing."""
        owner.lost = self._lost

    def until(self, enough: Callable[[], bool], deadline: float) -> bool:
        """Let them come until there are enough, or the time has come."""
        while not enough():
            now = monotonic()
            if now > deadline:
                return False
            while self._due and self._due[0][0] <= now:
                self._begin(heapq.heappop(self._due)[2])
            self._give_up(now)
            self._owner.step(min(0.05, max(0.0, self._due[0][0] - now) if self._due else 0.05))
        return True

    def _begin(self, memory: Memory) -> None:
        wall = Wall(self._owner, memory)
        self._watch(wall)
        self._owner.begin(wall, self._port)

    def _watch(self, wall: Wall) -> None:
        self._n += 1
        heapq.heappush(self._asked, (wall.asked + ANSWER_SECONDS, self._n, wall))

    def _give_up(self, now: float) -> None:
        """On those that were not answered in time."""
        while self._asked and self._asked[0][0] <= now:
            wall = heapq.heappop(self._asked)[2]
            if wall.home or self._owner.clients.get(wall.fd) is not wall:
                continue
            if wall.asked + ANSWER_SECONDS > now:
                self._watch(wall)
            else:
                self._owner.forget(wall, TimeoutError("no answer"))

    def _lost(self, client: Client, _: OSError) -> None:
        assert isinstance(client, Wall)
        memory = client.memory
        self.failed += not client.home
        self._owner.opened -= client.home
        wait = min(CAP_SECONDS, 2 ** min(memory.attempt, MOST_DOUBLINGS))
        memory.attempt += 1
        self._n += 1
        heapq.heappush(self._due, (monotonic() + self._chance.random() * wait, self._n, memory))
