"""On which screens something takes over: on every one, on those of some groups, on some alone.

The player asks the same of itself (static/wall/notices.js); tests/vectors/targets.json holds both
together.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

NO_GROUP = 0
"""Stands for the screens that are in no group."""
MOST = 200
"""Screens, and groups, that are named one by one."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Ids of groups and of screens. Both empty: nobody."""

    groups: frozenset[int] = frozenset()
    screens: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.groups or self.screens)

    def mean(self, screen_id: int, group_id: int | None) -> bool:
        """Whether a screen is meant."""
        return screen_id in self.screens or (group_id or NO_GROUP) in self.groups

    def as_json(self) -> dict[str, list[int]]:
        """For a column, and for walls."""
        return {"groups": sorted(self.groups), "screens": sorted(self.screens)}


def read_targets(kept: Mapping[str, Any] | None) -> Targets | None:
    """What `as_json` gave; None for every screen."""
    if kept is None:
        return None
    return targets_of(kept.get("groups", ()), kept.get("screens", ()))


def targets_of(groups: Collection[int], screens: Collection[int]) -> Targets:
    """Those named."""
    return Targets(frozenset(groups), frozenset(screens))
