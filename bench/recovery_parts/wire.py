"""A simulated wire: delays, loses, repeats and cuts; in order within a connection, as TCP is."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Protocol

from bench.recovery_parts.conversation import Conversation
from bench.recovery_parts.world import SimulatedTime

SLOWEST_NOTICE = 2.0
"""Seconds until an end of the wire notices that it was cut."""


@dataclass(slots=True)
class Weather:
    """What the wire does to messages just now. Seconds, and chances from 0 to 1."""

    slowest: float = 0.05
    lost: float = 0.0
    repeated: float = 0.0
    refused: float = 0.0
    """Of new connections."""


class Far(Protocol):
    """The server's end of lines."""

    def came(self, line: "Line") -> bool:
        """A line was opened; whether there is anybody to answer it."""
        ...

    def said(self, line: "Line", text: str) -> None:
        """A player said something."""
        ...

    def went(self, line: "Line") -> None:
        """A line ended."""
        ...


class Wire:
    """All lines between players and servers."""

    def __init__(self, time: SimulatedTime, chance: Random) -> None:
        self.time = time
        self.chance = chance
        self.weather = Weather()
        self.lines: list[Line] = []
        self.far: Callable[[], Far | None] = lambda: None
        """Where a new line leads to."""
        self.faults = 0

    def dial(self, player: Conversation) -> "Line":
        """A line that is being opened."""
        line = Line(self, player)
        self.time.later(self.delay(), line.reach)
        return line

    def delay(self) -> float:
        """Of one message, seconds."""
        return self.chance.uniform(0.001, self.weather.slowest)

    def happens(self, chance: float) -> bool:
        """Whether something does that happens so often."""
        if chance and self.chance.random() < chance:
            self.faults += 1
            return True
        return False

    def cut(self, line: "Line") -> None:
        """Cut a line in the midst of whatever is on its way; its ends notice by and by."""
        self.faults += 1
        line.cut(self.chance.uniform(0, SLOWEST_NOTICE), self.chance.uniform(0, SLOWEST_NOTICE))


class Line:
    """One connection."""

    def __init__(self, wire: Wire, player: Conversation) -> None:
        self.player = player
        self.far: Far | None = None
        self.is_open = False
        self.lossy = False
        """Something was lost on it, which TCP would not live through."""
        self._wire = wire
        self._latest = {"up": 0.0, "down": 0.0}
        self._hung_up = False

    def reach(self) -> None:
        """Arrive at a server, or nowhere."""
        if self._hung_up:
            return
        far = self._wire.far()
        refused = self._wire.happens(self._wire.weather.refused)
        if far is None or refused or not far.came(self):
            self.player.closed(self)
            return
        self.far, self.is_open = far, True
        self._wire.lines.append(self)
        self.player.opened(self)

    def send(self, frame: str) -> None:
        """The player says something."""
        self._carry("up", lambda: self.far.said(self, frame) if self.far else None)

    def answer(self, frame: str) -> None:
        """The server says something."""
        self._carry("down", lambda: self.player.heard(self, frame), is_news='"changes"' in frame)

    def close(self) -> None:
        """The player hangs up; what it said last still arrives."""
        self._hung_up = True
        if self.is_open:
            self._carry("up", lambda: self.cut(0.0, 0.0))

    def shut(self) -> None:
        """The server hangs up; what it said last still arrives."""
        if self.is_open:
            self._carry("down", lambda: self.cut(0.0, 0.0))

    def cut(self, player_notices: float, server_notices: float) -> None:
        """It is dead, and what is on its way with it."""
        if not self.is_open:
            return
        self.is_open = False
        self._wire.lines.remove(self)
        later, far = self._wire.time.later, self.far
        later(player_notices, lambda: self.player.closed(self))
        if far is not None:
            later(server_notices, lambda: far.went(self))

    def _carry(self, way: str, deliver: Callable[[], object], *, is_news: bool = False) -> None:
        wire = self._wire
        if wire.happens(wire.weather.lost if is_news else 0.0):
            self.lossy = True
            return
        for _ in range(2 if is_news and wire.happens(wire.weather.repeated) else 1):
            arrival = max(wire.time.now() + wire.delay(), self._latest[way])
            self._latest[way] = arrival
            wire.time.later(arrival - wire.time.now(), self._while_open(deliver))

    def _while_open(self, deliver: Callable[[], object]) -> Callable[[], None]:
        def arrive() -> None:
            if self.is_open:
                deliver()

        return arrive
