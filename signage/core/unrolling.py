"""A playlist unrolled into one cycle of turns, as static/wall/playlist.js does it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

Entry = Mapping[str, Any]
"""A scene of a playlist, as walls are told it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One scene of a cycle; dwell: seconds that it stands at least."""

    scene: str
    feed: str
    item: Mapping[str, Any]
    dwell: int | None


def unroll(
    playlist: Sequence[Entry], list_of: Callable[[Entry], Sequence[Mapping[str, Any]]]
) -> list[Turn]:
    """The playlist again and again until the longest list has shown once and every entry had its
    round, shorter lists rotating. An entry with `every` shows in each so-many-th round."""
    lists = {_key(entry): list_of(entry) for entry in playlist}
    entries = [entry for entry in playlist if entry["count"] > 0 and lists[_key(entry)]]
    rounds = [_rounds(entry, entries, len(lists[_key(entry)])) for entry in entries]
    most, taken = max(rounds, default=0), dict.fromkeys(lists, 0)
    cycle: list[Turn] = []
    for place in range(most):
        for entry, own in zip(entries, rounds, strict=True):
            key, every = _key(entry), _every(entry)
            if place % every != (entry.get("from") or 0) % every:
                continue
            there, first = lists[key], taken[key]
            # The longest list ends with its last item, and does not begin again within the cycle.
            left = len(there) - first if every == 1 and own == most else entry["count"]
            many = min(entry["count"], len(there), left)
            taken[key] += max(0, many)
            cycle += [
                Turn(*key, there[(first + n) % len(there)], entry.get("dwell")) for n in range(many)
            ]
    return cycle


def _key(entry: Entry) -> tuple[str, str]:
    return entry["scene"], entry["feed"]


def _every(entry: Entry) -> int:
    return max(1, int(entry.get("every") or 1))


def _rounds(entry: Entry, entries: Sequence[Entry], many: int) -> int:
    """How often the playlist must go round to show all of an entry's feed."""
    alike = (each for each in entries if _key(each) == _key(entry))
    a_round: float = sum(each["count"] / _every(each) for each in alike)
    return ceil(many / a_round)
