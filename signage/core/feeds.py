"""Versioned lists of wall items: how a change is applied, and what a screen is answered.

A feed has an epoch (its history's name) and a rev (how many changes it has seen). The player
applies by the same rules, held together by tests/vectors/feeds.json.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class Step:
    """What a feed came to: as far as the changes followed on, and whether all of them did."""

    feed: FeedState
    gap: bool
    dropped: bool
    """An item left, which the server wants confirmed."""


def apply_all(state: FeedState, epoch: str, changes: Sequence[Change]) -> Step:
    """Changes in a row, up to the first that does not follow on. Another epoch is a gap even with
    no change: so walls are told that the history they know has ended."""
    if epoch != state.epoch:
        return Step(state, gap=True, dropped=False)
    dropped = False
    for change in changes:
        after = apply(state, epoch, change)
        if after is GAP:
            return Step(state, gap=True, dropped=dropped)
        dropped = dropped or (after is not state and change.op == "drop")
        state = after
    return Step(state, gap=False, dropped=dropped)


@dataclass(frozen=True, slots=True)
class Answered:
    """A player's feeds after an answer."""

    feeds: Mapping[str, FeedState]
    gap: bool
    """Something did not follow on: say hello again."""
    dropped: tuple[str, ...]
    """Feeds that something left."""


UNKNOWN: Final = ""
"""An epoch that no server has: it is answered with the whole feed, while what is there hangs on."""


def answered(have: Mapping[str, FeedState], feeds: Mapping[str, Mapping[str, Any]]) -> Answered:
    """A player's feeds after the server's answer, `feeds` being that part of it as JSON; a feed
    that it does not name is forgotten."""
    steps = {name: _catch_up(have.get(name), told) for name, told in feeds.items()}
    return Answered(
        {name: step.feed for name, step in steps.items() if step is not None},
        gap=any(step is None or step.gap for step in steps.values()),
        dropped=tuple(name for name, step in steps.items() if step is not None and step.dropped),
    )


def read_changes(told: Sequence[Mapping[str, Any]]) -> list[Change]:
    """Changes as JSON tells them; fields that this player does not know are ignored."""
    return [Change(each["rev"], each["op"], each["item"], each.get("body")) for each in told]


def _catch_up(feed: FeedState | None, told: Mapping[str, Any]) -> Step | None:
    """One feed; None for changes to a feed that is not there."""
    if (items := told.get("items")) is not None:
        left = feed is not None and not feed.items.keys() <= items.keys()
        return Step(FeedState(told["epoch"], told["rev"], items), gap=False, dropped=left)
    if feed is None:
        return None
    step = apply_all(feed, told["epoch"], read_changes(told.get("changes", ())))
    return replace(step, feed=replace(step.feed, epoch=UNKNOWN)) if step.gap else step


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
