"""Time: what happens later, in simulated seconds or in real ones."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Protocol

BEGINNING = datetime(2026, 4, 14, 7, 42, tzinfo=UTC)
"""Where simulated time begins."""


@dataclass(slots=True)
class Timer:
    """Something that is to happen; `cancel` keeps it from happening."""

    call: Callable[[], object] | None

    def cancel(self) -> None:
        """Again is harmless."""
        self.call = None

    def fire(self) -> None:
        """Let it happen, once."""
        call, self.call = self.call, None
        if call is not None:
            call()


class Time(Protocol):
    """What players know of time: seconds since some beginning, never set back."""

    def now(self) -> float:
        """This moment."""
        ...

    def later(self, seconds: float, call: Callable[[], object]) -> Timer:
        """Have `call` called then."""
        ...


@dataclass(slots=True)
class SimulatedTime:
    """Time that goes on only when it is told to, as far as it is told to."""

    _now: float = 0.0
    _pending: list[tuple[float, int, Timer]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)
    ahead: timedelta = timedelta()
    """How far the servers' clocks are off: they are jumped with by faults."""

    def now(self) -> float:
        """Seconds since BEGINNING."""
        return self._now

    def clock(self) -> datetime:
        """What the servers' clocks say."""
        return BEGINNING + timedelta(seconds=self._now) + self.ahead

    def later(self, seconds: float, call: Callable[[], object]) -> Timer:
        """Have `call` called then; what is due at one moment happens in the order of asking."""
        timer = Timer(call)
        heapq.heappush(self._pending, (self._now + max(0.0, seconds), next(self._order), timer))
        return timer

    def run(self, seconds: float) -> None:
        """Let so much time pass, with all that is due in it."""
        until = self._now + seconds
        while self._pending and self._pending[0][0] <= until:
            self._now, _, timer = heapq.heappop(self._pending)
            timer.fire()
        self._now = until


class Timers:
    """Timers by name; setting one cancels the earlier of that name."""

    def __init__(self, time: Time) -> None:
        self._time = time
        self._named: dict[str, Timer] = {}

    def set(self, name: str, seconds: float, call: Callable[[], object]) -> None:
        """Have `call` called then."""
        self.cancel(name)
        self._named[name] = self._time.later(seconds, call)

    def cancel(self, *names: str) -> None:
        """Not these; without names, none at all."""
        for name in names or tuple(self._named):
            if timer := self._named.get(name):
                timer.cancel()
