"""A connection as players see it, and how long they wait for what."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

PROTOCOL = 1
HEARTBEAT, ANSWER, REFUSED, AFTER_GAP, LONGEST_WAIT = 30.0, 10.0, 60.0, 1.0, 20.0
"""Seconds."""

Json = Mapping[str, Any]


class Line(Protocol):
    """One connection, as the player sees it."""

    def send(self, frame: str) -> None:
        """Say something, if it still can be said."""
        ...

    def close(self) -> None:
        """Hang up; the player hears no more of it."""
        ...


Dial = Callable[[Any], Line]
"""Opens a connection for a player, which hears of it by `opened`, `heard` and `closed`."""
