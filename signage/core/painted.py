"""When words that were taken off the walls are off one of them, told by what it has painted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """The change of one feed that must have been painted: the feed's id, and where in it."""

    feed_id: int
    epoch: str
    rev: int


Positions = Mapping[int, tuple[str, int]]
"""Feed id → (epoch, rev)."""


def is_painted(
    parts: Sequence[Part],
    painted: Positions,
    epochs: Mapping[int, str],
    without: Collection[int] = (),
) -> bool:
    """Whether a screen that shows `painted` shows nothing from before `parts`; `epochs`: feed id →
    the feed's present epoch, whose history began after all that was recalled before it; `without`:
    feeds of which it shows nothing, and is told nothing."""
    return all(
        part.feed_id in without or _reached(part, painted.get(part.feed_id), epochs)
        for part in parts
    )


def _reached(part: Part, shown: tuple[str, int] | None, epochs: Mapping[int, str]) -> bool:
    if shown is None:
        return False
    epoch, rev = shown
    if epoch == part.epoch:
        return rev >= part.rev
    return epoch == epochs.get(part.feed_id)
