"""The honest mix: how quotes take turns, so that the wall's share of each band follows the answers.

Quotes hang in rounds of at most ROUND turns (signage.core.rounds). In a round no quote hangs twice;
a band with many quotes shows some of them in each round and the others in the next, so none is
hidden for good. Whole numbers only, so that the player comes to the same (static/wall/mixture.js).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Mode = Literal["as_answered", "newest", "equal"]
MODES: tuple[Mode, ...] = ("as_answered", "newest", "equal")

BANDS = ("promoter", "passive", "detractor")
ROUND = 16
"""Turns of a round. Rounding shifts a share by up to 2/3 of a turn: 4.2 points in 16."""
LEAST = 8
"""A quote comes again after this many turns at the earliest, where there are so many quotes."""
CLOSE = 45
"""How far a share may be off to count as true, per mille: half a point is kept for a drift of the
answers that is not worth telling walls (`moved`)."""
DRIFT = 5
EQUAL = {"promoter": 334, "passive": 333, "detractor": 333}

Shares = Mapping[str, int]
"""Band → per mille; together 1000."""


@dataclass(frozen=True, slots=True)
class Taker:
    """A quote that takes turns: its item, its band in the words of NPS (None without a score), and
    whether it is pinned."""

    item: str
    band: str | None
    pinned: bool = False


def like_nps(band: str | None) -> str | None:
    """The band of the same colour and shape in NPS."""
    return _LIKE.get(band or "")


def shares_of(counts: Mapping[str, int]) -> dict[str, int] | None:
    """Per mille of each band, adding up to 1000; None of nothing."""
    total = sum(counts.get(band, 0) for band in BANDS)
    if not total:
        return None
    return _apportioned({band: counts.get(band, 0) for band in BANDS}, total, 1000)


def percents(shares: Shares | None) -> dict[str, int] | None:
    """The same in whole per cent, adding up to 100, for people."""
    return None if shares is None else _apportioned(shares, 1000, 100)


def moved(one: Shares | None, other: Shares | None) -> bool:
    """Whether two mixes differ by so much that walls must be told."""
    if one is None or other is None:
        return one is not other
    return any(abs(one[band] - other[band]) >= DRIFT for band in BANDS)


def aim(mode: str, shares: Shares | None) -> Shares | None:
    """What is aimed at; None where quotes simply hang newest first."""
    if mode == "equal":
        return EQUAL
    return shares if mode == "as_answered" else None


def counted(takers: Iterable[Taker]) -> dict[str, int]:
    """How many of each band."""
    counts = dict.fromkeys(BANDS, 0)
    for taker in takers:
        if taker.band is not None:
            counts[taker.band] += 1
    return counts


def composition(have: Mapping[str, int], wanted: Shares) -> dict[str, int]:
    """How many of each band a round shows: the largest round that is close enough to what is
    wanted, else the nearest."""
    total = sum(have[band] for band in BANDS)
    best: tuple[int, int, dict[str, int]] | None = None
    for size in range(min(ROUND, total), min(LEAST, total) - 1, -1):
        composed = _filled(have, wanted, size)
        error = _error(composed, wanted, size)
        if error <= CLOSE * size:
            return composed
        if best is None or error * best[1] < best[0] * size:
            best = (error, size, composed)
    return best[2] if best else dict.fromkeys(BANDS, 0)


def missing(have: Mapping[str, int], wanted: Shares) -> dict[str, int]:
    """How many more quotes of which band would make the mix true; nothing when it is."""
    composed = composition(have, wanted)
    size = sum(composed.values())
    if size and _error(composed, wanted, size) <= CLOSE * size:
        return {}
    needs = []
    for size in range(ROUND, LEAST - 1, -1):
        quotas = _apportioned(wanted, 1000, size)
        if _error(quotas, wanted, size) <= CLOSE * size:
            needs.append({band: quotas[band] - have[band] for band in BANDS})
    least = min(needs, key=lambda need: sum(max(0, n) for n in need.values()))
    return {band: n for band, n in least.items() if n > 0}


def gives_way(takers: Sequence[Taker], mode: str, shares: Shares | None) -> str | None:
    """Which item makes room where too many hang: the oldest of the band that has the most beyond
    its share; never a pinned one or the newest. takers: the newest first."""
    may_leave = [taker for taker in takers[1:] if not taker.pinned]
    wanted = aim(mode, shares)
    if wanted is not None:
        have = counted(takers)
        total = sum(have.values())
        beyond = {band: 1000 * have[band] - wanted[band] * total for band in BANDS}
        banded = [taker for taker in may_leave if taker.band and beyond[taker.band] > 0]
        if banded:
            most = max(beyond[taker.band or ""] for taker in banded)
            may_leave = [taker for taker in banded if beyond[taker.band or ""] == most]
    return may_leave[-1].item if may_leave else None


_LIKE = {
    "promoter": "promoter", "satisfied": "promoter", "easy": "promoter",
    "passive": "passive", "neutral": "passive",
    "detractor": "detractor", "dissatisfied": "detractor", "hard": "detractor",
}  # fmt: skip


def _apportioned(parts: Mapping[str, int], total: int, seats: int) -> dict[str, int]:
    """Seats by largest remainder; of equal ones the earlier band goes first."""
    whole = {band: parts[band] * seats // total for band in BANDS}
    rest = {band: parts[band] * seats % total for band in BANDS}
    left = seats - sum(whole.values())
    for band in sorted(BANDS, key=lambda band: (-rest[band], BANDS.index(band)))[:left]:
        whole[band] += 1
    return whole


def _filled(have: Mapping[str, int], wanted: Shares, size: int) -> dict[str, int]:
    """A round of this size: what a band lacks goes to those that are short of most."""
    quotas = _apportioned(wanted, 1000, size)
    composed = {band: min(quotas[band], have[band]) for band in BANDS}
    while (left := size - sum(composed.values())) > 0:
        room = [band for band in BANDS if composed[band] < have[band]]
        short = {band: wanted[band] * size - 1000 * composed[band] for band in room}
        composed[max(room, key=lambda band: (short[band], -BANDS.index(band)))] += min(1, left)
    return composed


def _error(composed: Mapping[str, int], wanted: Shares, size: int) -> int:
    """The largest distance of a share from what is wanted, per mille times `size`."""
    return max(abs(1000 * composed[band] - wanted[band] * size) for band in BANDS)
