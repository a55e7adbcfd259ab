"""Versioned lists of wall items: how a change is applied, and what a screen is answered.

A feed has an epoch (its history's name) and a rev (how many changes it has seen). The player
applies by the same rules, held together by tests/vectors/feeds.json.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, Literal

Body = Mapping[str, Any]


class Gap(Enum):
    """The type of GAP, so that `is GAP` narrows."""

    GAP = "gap"


GAP: Final = Gap.GAP
"""The change does not follow on from what one has: ask again, saying what that is."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step of a feed: a put carries the item's whole new body, a drop has None."""

    rev: int
    op: Literal["put", "drop"]
    item: str
    body: Body | None = None

    def __post_init__(self) -> None:
        """Refuse a change that could not be applied."""
        if self.op not in ("put", "drop") or (self.op == "put") != (self.body is not None):
            raise ValueError(f"change {self.rev}: a put has a body and a drop has none")


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed as somebody has it: item id -> body."""

    epoch: str
    rev: int
    items: Mapping[str, Body]


def apply(state: FeedState, epoch: str, change: Change) -> FeedState | Literal[Gap.GAP]:
    """The state after a change; the same state for one already seen; GAP if it does not follow."""
    if epoch != state.epoch:
        return GAP
    if change.rev <= state.rev:
        return state
    if change.rev != state.rev + 1:
        return GAP
    items = {item: body for item, body in state.items.items() if item != change.item}
    if change.body is not None:
        items[change.item] = change.body
    return FeedState(epoch, change.rev, items)


def answer(
    have: tuple[str, int] | None, *, epoch: str, rev: int, history: Sequence[Change]
) -> tuple[Change, ...] | None:
    """The changes that bring a screen from (epoch, rev) `have` to `rev`; () if it is up to date.

    None means: send a snapshot. So it is for a screen with nothing, with another epoch, with a
    rev from the future (the database was restored), or older than the history reaches: part of
    the way is never sent. history: contiguous, oldest first, perhaps only its recent end.
    """
    if have is None or have[0] != epoch or have[1] > rev:
        return None
    missing = tuple(change for change in history if have[1] < change.rev <= rev)
    expected = range(have[1] + 1, rev + 1)
    return missing if [change.rev for change in missing] == list(expected) else None
