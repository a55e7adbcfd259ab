"""What a screen knows, what it has written down, and what is on its page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from bench.recovery_parts.world import Time
from signage.core.feeds import FeedState
from signage.core.lease import leased

SLOWEST_WRITING, SLOWEST_PAINTING = 0.2, 0.4
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Held:
    """contact: when the server was last heard, in ms of its clock."""

    programme: Mapping[str, Any] | None = None
    feeds: Mapping[str, FeedState] = field(default_factory=dict)
    contact: int | None = None


NOTHING = Held()


class Page:
    """A browser's memory, storage and page; written, then shown, then confirmed. What takes
    something away is shown while it is written."""

    def __init__(self, time: Time, chance: Random) -> None:
        self.held = self.kept = self.shown = NOTHING
        self.history: list[tuple[float, Mapping[str, FeedState]]] = []
        """When what was shown, for those who check."""
        self._time = time
        self._writing = chance.uniform(0.001, SLOWEST_WRITING)
        self._painting = chance.uniform(0.001, SLOWEST_PAINTING)
        self._boots = 0
        self._ahead = 0.0

    def clock(self) -> int:
        """The server's time as far as the player knows it, ms."""
        return round(self._time.now() * 1000 + self._ahead)

    def correct(self, told: int, asked: float) -> None:
        """The server said its time, having been asked at `asked`."""
        now = self._time.now()
        self._ahead = told + (now - asked) * 500 - now * 1000

    def hold(self, held: Held) -> None:
        """Know something new; it is written, then it is on the page."""
        self.held = held

        def write() -> None:
            self.kept = held
            self._time.later(self._painting, self._while_on(self.paint))

        self._time.later(self._writing, self._while_on(write))

    def lose(self, held: Held, done: Callable[[], object]) -> None:
        """Know that something left; `done` is called when that is on the page and written."""
        self.held = held
        self._time.later(self._painting, self._while_on(self.paint))

        def write() -> None:
            self.kept = held

        self._time.later(self._writing, self._while_on(write))
        self._time.later(max(self._painting, self._writing), self._while_on(done))

    def paint(self) -> None:
        """Put on the page what is known."""
        self.shown = self.held
        self.history.append((self._time.now(), self.shown.feeds))

    def switch_on(self, device_ms: int) -> None:
        """Start with what was written; the device's own clock may say anything."""
        self._boots += 1
        self.held = self.kept
        self._ahead = max(device_ms, self.held.contact or 0) - self._time.now() * 1000
        self._time.later(self._painting, self._while_on(self.paint))

    def switch_off(self) -> None:
        """The page is gone; what was written stays."""
        self._boots += 1
        self.held = self.shown = NOTHING

    def forget(self) -> None:
        """The link has ended: nothing that was known is shown or kept."""
        self.held = NOTHING
        self.paint()
        self.kept = NOTHING

    @property
    def lasting(self) -> Mapping[str, FeedState]:
        """What it shows and a power cut does not undo."""
        both = ((name, feed, self.kept.feeds.get(name)) for name, feed in self.shown.feeds.items())
        return {
            name: min(shown, kept, key=lambda feed: feed.rev)
            for name, shown, kept in both
            if kept is not None and kept.epoch == shown.epoch
        }

    def words_hang(self) -> bool:
        """Whether its lease of customers' words lasts."""
        programme = self.shown.programme
        if programme is None:
            return False
        hours, contact = programme["lease_hours"], self.held.contact
        return leased(contact, lease_hours=hours, now=self.clock())

    def items(self, feed: str) -> dict[str, Mapping[str, Any]]:
        """What hangs of a feed now: item → body."""
        state = self.shown.feeds.get(feed)
        if state is None or not self.words_hang():
            return {}
        return dict(state.items)

    def _while_on(self, call: Callable[[], object]) -> Callable[[], None]:
        boots = self._boots

        def call_if_on() -> None:
            if boots == self._boots:
                call()

        return call_if_on


def with_feed(held: Held, name: str, feed: FeedState, contact: int) -> Held:
    """The same with one feed changed."""
    return replace(held, feeds={**held.feeds, name: feed}, contact=contact)


def positions(feeds: Mapping[str, FeedState]) -> dict[str, dict[str, Any]]:
    """Where feeds stand."""
    return {name: {"epoch": feed.epoch, "rev": feed.rev} for name, feed in feeds.items()}
