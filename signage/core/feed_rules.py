"""Feeds that are made at the desk: what may hang in one, and what does where there is not room for
all of it.

Pure: a feed's content is its rule applied to what was approved, as of a moment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Literal

from signage.core.mix import BANDS, Shares, aim
from signage.core.scores import SCALES

Kind = Literal["quotes", "improvements", "nps", "csat", "ces", "touchpoints", "notices"]
KINDS: tuple[Kind, ...] = (
    "quotes", "improvements", "nps", "csat", "ces", "touchpoints", "notices",
)  # fmt: skip
FIGURES = (*SCALES, "touchpoints")
"""Kinds whose feed holds one item, which is counted from all answers."""
ORDERS = ("newest", "oldest", "answered")
"""By publication, the newest or the oldest first; by the customer's answer, the newest first."""
SIZES = (1, 120)
DAYS = (1, 1000)
UNSCORED = 250
"""What quotes without a score weigh beside the bands, which together weigh 1000."""

MEANT: Mapping[str, frozenset[str]] = {
    "quotes": frozenset({
        "touchpoints", "segments", "tags", "languages", "bands", "days", "mix", "order", "size",
    }),
    "improvements": frozenset({"touchpoints", "days", "order", "size"}),
    "notices": frozenset({"days", "order", "size"}),
    **dict.fromkeys(FIGURES, frozenset({"touchpoints", "segments", "days"})),
}  # fmt: skip
"""Kind → what of a rule means anything to it."""


@dataclass(frozen=True, slots=True)
class FeedRule:
    """What a feed holds; each filter may be left out: empty or None lets everything through.

    tags: as they are compared (models.Tag.key). bands: good, middle, bad of any metric. days: how
    long ago it was answered at most (an improvement done, a notice begun); of a figure, the days
    that it counts, None for the company's own window.
    """

    kind: Kind = "quotes"
    touchpoints: tuple[int, ...] = ()
    segments: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    days: int | None = None
    mix: str = "as_answered"
    order: str = "newest"
    size: int = 60

    def to_json(self) -> dict[str, Any]:
        """As it is kept: only what means something to its kind."""
        meant = {"kind", *MEANT[self.kind]}
        kept = {each.name: getattr(self, each.name) for each in fields(self) if each.name in meant}
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "FeedRule":
        """The reverse of to_json."""
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
        }
        return cls(**given)

    @property
    def is_narrow(self) -> bool:
        """Whether it tells of a part of the answers."""
        return bool(self.touchpoints or self.segments)

    @property
    def age(self) -> timedelta | None:
        """How old what hangs may be."""
        return None if self.days is None else timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may hang, as far as a feed's rule goes.

    since: when it was published; of: when it was answered or done, or since. band: good, middle,
    bad or None; like: the same in the words of NPS.
    """

    id: int
    since: datetime
    of: datetime
    touchpoint: int | None = None
    segment: str | None = None
    tags: frozenset[str] = frozenset()
    language: str | None = None
    band: str | None = None
    like: str | None = None
    pinned: bool = False
    pinned_until: datetime | None = None
    feeds: frozenset[str] | None = None
    """Names of the feeds that it is limited to; None for no limit."""


def fits(rule: FeedRule, name: str, one: Candidate, at: datetime) -> bool:
    """Whether it may hang in the feed of that name."""
    segments = {each.casefold() for each in rule.segments}
    return (
        (one.feeds is None or name in one.feeds)
        and (rule.age is None or at < one.of + rule.age)
        and (not rule.touchpoints or one.touchpoint in rule.touchpoints)
        and (not segments or (one.segment or "").casefold() in segments)
        and (not rule.tags or not one.tags.isdisjoint(rule.tags))
        and (not rule.languages or one.language in rule.languages)
        and (not rule.bands or one.band in rule.bands)
    )


def choose(
    rule: FeedRule, fitting: Iterable[Candidate], at: datetime, shares: Shares | None = None
) -> list[Candidate]:
    """Those that hang, in order: all of them where there is room, else the pinned ones and then
    those that come nearest to the mix.

    What was left out can be forgotten until something leaves: choosing among the chosen and one
    more gives the same as choosing among all of them.
    """
    ordered = sorted(fitting, key=lambda one: _place(rule.order, one))
    if len(ordered) <= rule.size:
        return ordered
    pinned = [one for one in ordered if is_pinned(one, at)]
    others = [one for one in ordered if not is_pinned(one, at)]
    wanted = aim(rule.mix, shares)
    if wanted is not None:
        others = _by_turns(others, wanted)
    chosen = {one.id for one in [*pinned, *others][: rule.size]}
    return [one for one in ordered if one.id in chosen]


def next_moment(rule: FeedRule, fitting: Iterable[Candidate], at: datetime) -> datetime | None:
    """When time alone next changes what hangs: something becomes too old, or is pinned no more."""
    moments = []
    for one in fitting:
        if rule.age is not None:
            moments.append(one.of + rule.age)
        if one.pinned and one.pinned_until is not None:
            moments.append(one.pinned_until)
    return min((moment for moment in moments if moment > at), default=None)


def is_pinned(one: Candidate, at: datetime) -> bool:
    """Whether it opens each round just now."""
    return one.pinned and (one.pinned_until is None or at < one.pinned_until)


def _place(order: str, one: Candidate) -> tuple[float, float, int]:
    since = one.since.timestamp()
    if order == "oldest":
        return since, 0, one.id
    return (-one.of.timestamp() if order == "answered" else 0), -since, -one.id


def _by_turns(ordered: list[Candidate], wanted: Shares) -> list[Candidate]:
    """The bands take seats in turn, each as its share says (Sainte-Laguë): the n-th of a band sits
    where its share divided by 2n - 1 puts it, so nobody's seat depends on how many seats there
    are."""
    weights = {**wanted, "": UNSCORED}
    bands = (*BANDS, "")
    count = dict.fromkeys(bands, 0)
    seats = []
    for one in ordered:
        band = one.like or ""
        count[band] += 1
        seats.append((-weights[band] / (2 * count[band] - 1), count[band], bands.index(band), one))
    return [seat[-1] for seat in sorted(seats, key=lambda seat: seat[:3])]
