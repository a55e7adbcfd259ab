"""The order in which quotes take turns under a mix (signage.core.mix).

The player does the same by static/wall/mixture.js, held together by tests/vectors/mix.json.
"""

from collections.abc import Mapping, Sequence

from signage.core.mix import BANDS, ROUND, Shares, Taker, aim, composition, counted

_Groups = Mapping[str | None, Sequence[str]]


def turns(takers: Sequence[Taker], mode: str, shares: Shares | None) -> list[str]:
    """One cycle: the items in the order in which they hang, each at least once. takers: the newest
    first. A pinned quote opens each round."""
    wanted = aim(mode, shares)
    pinned = [taker for taker in takers if taker.pinned]
    others = [taker for taker in takers if not taker.pinned]
    if wanted is None or not any(taker.band for taker in takers):
        return _newest(pinned, others)
    have = counted(takers)
    composed = _without(composition(have, wanted), counted(pinned), counted(others))
    groups = {name: [t.item for t in others if t.band == name] for name in (*BANDS, None)}
    rounds = _rounds(groups, composed)
    opening = [taker.item for taker in pinned]
    taken = dict.fromkeys(groups, 0)
    cycle: list[str] = []
    for place in range(rounds):
        cycle += opening
        cycle += _round(groups, _sizes(groups, composed, place, rounds), taken)
    return cycle


def _without(
    composed: Mapping[str, int], pinned: Mapping[str, int], others: Mapping[str, int]
) -> dict[str, int]:
    """The turns that are left to quotes that are not pinned: a pinned one takes a turn of its band,
    but never its others' last."""
    return {
        band: max(composed[band] - pinned[band], min(1, others[band], composed[band]))
        for band in BANDS
    }


def _rounds(groups: _Groups, composed: Mapping[str, int]) -> int:
    """Rounds until every quote had a turn; a band without turns lends one to a round."""
    needed = [-(-len(groups[band]) // max(1, composed[band])) for band in BANDS]
    return max(1, *needed)


def _sizes(
    groups: _Groups, composed: Mapping[str, int], place: int, rounds: int
) -> dict[str | None, int]:
    """How many of each group this round shows. Quotes without a score are spread evenly."""
    sizes: dict[str | None, int] = {}
    for band in BANDS:
        lent = 1 if place < len(groups[band]) else 0
        sizes[band] = composed[band] or lent
    unscored = len(groups[None])
    sizes[None] = unscored * (place + 1) // rounds - unscored * place // rounds
    return sizes


def _round(
    groups: _Groups, sizes: Mapping[str | None, int], taken: dict[str | None, int]
) -> list[str]:
    """One round, its bands as evenly mixed as they can be."""
    length = sum(sizes.values())
    placed = dict.fromkeys(sizes, 0)
    items = []
    for turn in range(1, length + 1):
        open_ = [name for name in sizes if placed[name] < sizes[name]]
        name = max(open_, key=lambda name: sizes[name] * turn - placed[name] * length)
        placed[name] += 1
        items.append(groups[name][taken[name] % len(groups[name])])
        taken[name] += 1
    return items


def _newest(pinned: Sequence[Taker], others: Sequence[Taker]) -> list[str]:
    opening = [taker.item for taker in pinned]
    if not opening:
        return [taker.item for taker in others]
    cycle: list[str] = []
    for start in range(0, max(1, len(others)), ROUND):
        cycle += [*opening, *(taker.item for taker in others[start : start + ROUND])]
    return cycle
