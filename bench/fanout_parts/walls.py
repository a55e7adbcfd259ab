"""Walls as a server meets them: they say hello with what they have, and keep what they are told."""

import json
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any

from bench.fanout_parts.clients import NAMESPACE, Listener

if TYPE_CHECKING:
    from bench.fanout_parts.generator import Generator

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
        self.asked = monotonic()
        """When it last asked for something: the connection, then an answer to its hello."""

    def auth(self) -> dict[str, Any]:
        """The key from its link."""
        return {"token": self.memory.key, "protocol": 1}

    def joined(self) -> None:
        """The namespace is open."""
        self.hello()

    def hello(self) -> None:
        """Say what there is, and ask what is missing."""
        self.asked = monotonic()
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


def _after(have: dict[str, Any] | None, answer: dict[str, Any]) -> dict[str, Any]:
    """Where a wall is after an answer, which must follow on from what it has."""
    changes = answer.get("changes")
    if changes is not None:
        revs = [change["rev"] for change in changes]
        first = (have or {}).get("rev", -1) + 1
        if have is None or revs != list(range(first, answer["rev"] + 1)):
            raise RuntimeError(f"changes {revs} do not follow on from {have}")
    return {"epoch": answer["epoch"], "rev": answer["rev"]}
