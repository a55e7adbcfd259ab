"""The plan: all playlists, and for each group of screens when which of them hangs.

It is written down whole, as JSON: as people draft it, and each time it is published.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from signage.core.slots import Slot, slot_of

NO_GROUP = "0"
"""The screens that are in no group; they have slots like any other."""

SCENES: Mapping[str, str] = {
    "quote": "quotes", "mosaic": "quotes", "improvement": "improvements", "notice": "notices",
    "ask": "notices", "nps": "metric", "csat": "metric", "ces": "metric",
    "touchpoints": "metric", "mix": "metric",
}  # fmt: skip
"""What a wall can show, and the kind of feed that it needs for it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a playlist: so many items of a feed in each round, or in each so-many-th."""

    scene: str
    feed: str
    count: int = 1
    every: int = 1
    offset: int = 0
    """The first round in which it shows, counted from 0."""
    dwell: int | None = None
    """Seconds; None, and whatever is shorter, is as long as it takes to read."""

    def told(self) -> dict[str, Any]:
        """The entry as a programme has it (docs/protocol.md)."""
        turns = {"every": self.every, "from": self.offset} if self.every > 1 else {}
        dwell = {"dwell": self.dwell} if self.dwell else {}
        return {"scene": self.scene, "feed": self.feed, "count": self.count, **turns, **dwell}


@dataclass(frozen=True, slots=True)
class Playlist:
    """Scenes in order."""

    id: str
    name: str
    entries: tuple[Entry, ...] = ()

    @property
    def digest(self) -> str:
        """Changes with anything in it: a form says which one it was filled in on."""
        return digest_of([self.name, *(entry.told() for entry in self.entries)])


@dataclass(frozen=True, slots=True)
class Week:
    """What a group's screens show: in each slot its playlist, else the default one."""

    default: str = ""
    """A playlist's id; empty: the one that comes with the product."""
    slots: tuple[Slot, ...] = ()

    @property
    def playlists(self) -> tuple[str, ...]:
        """The ids of all that it names."""
        named = (self.default, *(slot.playlist for slot in self.slots))
        return tuple(dict.fromkeys(each for each in named if each))


@dataclass(frozen=True, slots=True)
class Plan:
    """All of it. groups: group id, as text, or NO_GROUP → its week."""

    playlists: Mapping[str, Playlist] = field(default_factory=dict)
    groups: Mapping[str, Week] = field(default_factory=dict)
    next_id: int = 1
    """Of playlists and slots: none is used again."""

    def week(self, group_id: int | str | None) -> Week:
        """A group's week; None is no group."""
        return self.groups.get(str(group_id or NO_GROUP), Week())

    def written(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "playlists": {
                each.id: {"name": each.name, "entries": [entry.told() for entry in each.entries]}
                for each in self.playlists.values()
            },
            "groups": {
                group: {
                    "default": week.default,
                    "slots": [{"id": slot.id, **slot.told()} for slot in week.slots],
                }
                for group, week in self.groups.items()
            },
            "next_id": self.next_id,
        }

    @property
    def digest(self) -> str:
        """Changes with anything in it."""
        return digest_of(self.written())


def plan_of(written: Mapping[str, Any]) -> Plan:
    """The plan that JSON holds; {} is one without anything in it."""
    return Plan(
        playlists={
            id_: Playlist(id_, each["name"], tuple(map(entry_of, each["entries"])))
            for id_, each in written.get("playlists", {}).items()
        },
        groups={
            group: Week(each["default"], tuple(slot_of(slot) for slot in each["slots"]))
            for group, each in written.get("groups", {}).items()
        },
        next_id=written.get("next_id", 1),
    )


def entry_of(told: Mapping[str, Any]) -> Entry:
    """The entry that a programme tells of."""
    return Entry(
        told["scene"], told["feed"], told["count"], told.get("every", 1), told.get("from", 0),
        told.get("dwell"),
    )  # fmt: skip


def digest_of(value: object) -> str:
    """A short name for a value, the same for the same value."""
    told = json.dumps(value, sort_keys=True, ensure_ascii=False).encode()
    return hashlib.sha256(told).hexdigest()[:16]
