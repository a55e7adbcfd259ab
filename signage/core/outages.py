"""When an outage has begun, is told, and is over: the rules, without what remembers them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from signage.core.hours import Hours, Span, on_time
from signage.core.watching import DARK, STALE

LOOK_SECONDS = 10
"""From one look at the screens to the next."""
UNWATCHED = timedelta(seconds=3 * LOOK_SECONDS)
"""Between two looks that lie further apart nobody watched: the server was away."""
GRACE = timedelta(seconds=60)
"""After such a time screens get this long to come back before their silence counts again."""
HELD = DARK
"""How long an alert waits at most for others of its site that may be about to go dark, too."""
STEADY = timedelta(minutes=3)
"""A screen that is back for this long is back; four times as long after each outage of the last
day, so that one that comes and goes is told of once."""
LATELY = timedelta(days=1)


def blind_spot(looked_at: datetime, at: datetime) -> Span | None:
    """The time in which nobody watched, from the last look to this one; None: there was none."""
    return (looked_at, at + GRACE) if at - looked_at > UNWATCHED else None


def steady_after(outages: int) -> timedelta:
    """How long a screen with so many other outages within the last day must be back."""
    return STEADY * (1, 4, 16, 64)[min(outages, 3)]


def is_heard(last_seen_at: datetime | None, at: datetime) -> bool:
    """Whether a screen is there."""
    return last_seen_at is not None and at - last_seen_at <= STALE


@dataclass(frozen=True, slots=True)
class Site:
    """How a site's screens stand that are to be on now: how many there are, how many of them are
    dark, and how many may be about to go dark."""

    total: int
    dark: int
    stale: int


def may_tell(site: Site, waiting_since: datetime, at: datetime) -> bool:
    """Whether an alert may go out for screens of a site that went dark. While others are stale they
    are waited for, so that a site that goes is one alert and not as many as it has screens."""
    return site.stale == 0 or at - waiting_since >= HELD


@dataclass(frozen=True, slots=True)
class Uptime:
    """Of the time that a screen was to be on and was watched, how much it was dark."""

    wanted: timedelta = timedelta()
    dark: timedelta = timedelta()

    def __add__(self, other: "Uptime") -> "Uptime":
        return Uptime(self.wanted + other.wanted, self.dark + other.dark)

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where it was never to be on."""
        return 1 - self.dark / self.wanted if self.wanted else None


class Reckoner:
    """Works uptimes out. Time in which nobody watched counts as neither on nor dark."""

    def __init__(self, blind: Sequence[Span]) -> None:
        self._blind = blind
        self._known: dict[tuple[Hours, Span], timedelta] = {}

    def uptime(
        self, hours: Hours, period: Span, watched: Iterable[Span], outages: Iterable[Span]
    ) -> Uptime:
        """A screen's uptime within a period."""
        spans = [span for each in watched if (span := within(each, period))]
        gone = [span for each in outages for of in spans if (span := within(each, of))]
        return Uptime(self._sum(hours, spans), self._sum(hours, gone))

    def _sum(self, hours: Hours, spans: Iterable[Span]) -> timedelta:
        """Most screens have the same hours and were watched all the time: asked once for all."""
        total = timedelta()
        for span in spans:
            if (hours, span) not in self._known:
                self._known[hours, span] = on_time(hours, *span, without=self._blind)
            total += self._known[hours, span]
        return total


def within(span: Span, other: Span) -> Span | None:
    """What two spans have in common."""
    start, end = max(span[0], other[0]), min(span[1], other[1])
    return (start, end) if start < end else None
