"""Walls as a server meets them: they say hello with what they have, and come back by themselves."""

import heapq
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from time import monotonic
from typing import TYPE_CHECKING, Any

from bench.fanout_parts.clients import NAMESPACE, Client, Listener

if TYPE_CHECKING:
    from bench.fanout_parts.generator import Generator

ANSWER_SECONDS = 10
"""As in static/wall/connection.js: an answer that takes longer is none."""

Positions = dict[str, dict[str, Any]]


@dataclass(slots=True)
class Memory:
    """What a wall keeps over its connections. attempt: connections that came to nothing since."""

    key: str
    positions: Positions = field(default_factory=dict)
    programme: str | None = None
    attempt: int = 0


class Wall(Listener):
    """One connection of one wall."""

    def __init__(self, owner: "Generator", memory: Memory) -> None:
        super().__init__(owner)
        self.memory = memory
        self.home = False

    def auth(self) -> dict[str, Any]:
        """The key from its link."""
        return {"token": self.memory.key, "protocol": 1}

    def joined(self) -> None:
        """The namespace is open."""
        self.hello()

    def hello(self) -> None:
        """Say what there is, and ask what is missing."""
        have = self.memory.positions
        said = {
            "feeds": have,
            "painted": have,
            "programme": self.memory.programme,
            "player": "0.1.0",
        }
        self.say(f"42{NAMESPACE},1{json.dumps(['hello', said])}")

    def confirm(self, feed: str, epoch: str, rev: int) -> None:
        """What was dropped is out of the page."""
        told = ["confirm", {"feed": feed, "epoch": epoch, "rev": rev}]
        self.say(f"42{NAMESPACE},{json.dumps(told)}")

    def answered(self, answer: Any) -> None:  # noqa: ANN401 - JSON
        """Keep what the server says; from now on the wall is at home."""
        have, feeds = self.memory.positions, answer["feeds"]
        self.memory.positions = {name: _after(have.get(name), feed) for name, feed in feeds.items()}
        if answer["programme"]:
            self.memory.programme = answer["programme"]["version"]
        self.memory.attempt = 0
        if not self.home:
            self.home = True
            self.owner.ready(self)

    def event(self, text: bytes) -> None:
        """Changes: kept if they follow on, asked for if not."""
        if self.owner.counting:
            super().event(text)
            return
        name, told = json.loads(text[text.index(b"[") :])
        have = self.memory.positions.get(told["feed"]) if name == "changes" else None
        if have and told["changes"]:
            first, last = (told["changes"][place]["rev"] for place in (0, -1))
            if have["epoch"] != told["epoch"] or first > have["rev"] + 1:
                self.hello()
            else:
                have["rev"] = max(have["rev"], last)


class Return:
    """Walls that lost their server and come back, each after a random time (full jitter, as in
    static/wall/backoff.js)."""

    def __init__(self, owner: "Generator", port: int, chance: Random) -> None:
        self._owner = owner
        self._port = port
        self._chance = chance
        self._due: list[tuple[float, int, Memory]] = []
        self._asked: list[tuple[float, Wall]] = []
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
                self._begin(Wall(self._owner, heapq.heappop(self._due)[2]), now)
            self._give_up(now)
            self._owner.step(min(0.05, max(0.0, self._due[0][0] - now) if self._due else 0.05))
        return True

    def _begin(self, wall: Wall, now: float) -> None:
        self._asked.append((now + ANSWER_SECONDS, wall))
        self._owner.begin(wall, self._port)

    def _give_up(self, now: float) -> None:
        """On those who were not answered in time."""
        asked = 0
        while asked < len(self._asked) and self._asked[asked][0] <= now:
            wall = self._asked[asked][1]
            asked += 1
            if not wall.home and self._owner.clients.get(wall.fd) is wall:
                self._owner.forget(wall, TimeoutError("no answer"))
        del self._asked[:asked]

    def _lost(self, client: Client, _: OSError) -> None:
        assert isinstance(client, Wall)
        memory = client.memory
        self.failed += not client.home
        self._owner.opened -= client.home
        wait = self._chance.random() * min(30, 2 ** min(memory.attempt, 15))
        memory.attempt += 1
        self._n += 1
        heapq.heappush(self._due, (monotonic() + wait, self._n, memory))


def _after(have: dict[str, Any] | None, answer: dict[str, Any]) -> dict[str, Any]:
    """Where a wall is after an answer, which must follow on from what it has."""
    changes = answer.get("changes")
    if changes is not None:
        revs = [change["rev"] for change in changes]
        first = (have or {}).get("rev", -1) + 1
        if have is None or revs != list(range(first, answer["rev"] + 1)):
            raise RuntimeError(f"changes {revs} do not follow on from {have}")
    return {"epoch": answer["epoch"], "rev": answer["rev"]}
