"""What the published plan comes to for one group of screens, as its programme tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from signage.core.plan import Plan, digest_of, plan_of
from signage.models.plan import latest_plan

PLAYLIST: tuple[Mapping[str, Any], ...] = (
    {"scene": "quote", "feed": "quotes", "count": 3},
    {"scene": "improvement", "feed": "improvements", "count": 1},
    {"scene": "notice", "feed": "notices", "count": 1},
    {"scene": "mosaic", "feed": "quotes", "count": 1, "every": 2, "from": 1},
    {"scene": "nps", "feed": "nps", "count": 1, "every": 2, "from": 0},
    {"scene": "csat", "feed": "csat", "count": 1, "every": 4, "from": 1},
    {"scene": "touchpoints", "feed": "touchpoints", "count": 1, "every": 4, "from": 1},
    {"scene": "ces", "feed": "ces", "count": 1, "every": 4, "from": 3},
    {"scene": "mix", "feed": "mix", "count": 1, "every": 4, "from": 3},
    {"scene": "ask", "feed": "notices", "count": 1, "every": 3, "from": 2},
)
"""The playlist that comes with the product. Words first: of the figures each round shows one or
two, in turn."""

FEEDS = tuple(dict.fromkeys(str(entry["feed"]) for entry in PLAYLIST))
"""Every wall is told of these: what takes over and what the frame says comes from them, too."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What screens of one group are told of the plan; `feeds`: all that they are told of."""

    playlist: Sequence[Mapping[str, Any]] = PLAYLIST
    playlists: Mapping[str, Sequence[Mapping[str, Any]]] | None = None
    slots: Sequence[Mapping[str, Any]] = ()
    holidays: Mapping[str, Sequence[str]] | None = None
    feeds: tuple[str, ...] = FEEDS
    digest: str = ""
    """Changes with any of it; empty: nothing was planned."""

    def told(self) -> dict[str, Any]:
        """The programme's fields."""
        told: dict[str, Any] = {"playlist": list(self.playlist)}
        if self.slots:
            told["playlists"] = self.playlists
            told["slots"] = self.slots
            told["holidays"] = self.holidays
        return told


UNPLANNED = Planned()


class Plans:
    """The plan that hangs, worked out once for each group."""

    def __init__(self, plan: Plan, holidays: Mapping[str, Sequence[str]]) -> None:
        self._plan = plan
        self._holidays = holidays
        self._known: dict[int | None, Planned] = {}

    def of(self, group_id: int | None) -> Planned:
        """For the screens of a group; None: of none."""
        if group_id not in self._known:
            self._known[group_id] = planned(self._plan, self._holidays, group_id)
        return self._known[group_id]


def plans_now(session: Session) -> Plans:
    """What hangs."""
    latest = latest_plan(session)
    return Plans(plan_of(latest.plan), latest.holidays) if latest else Plans(Plan(), {})


def planned(
    plan: Plan, holidays: Mapping[str, Sequence[str]], group_id: int | str | None
) -> Planned:
    """What a plan tells one group."""
    week = plan.week(group_id)
    if not week.default and not week.slots:
        return UNPLANNED
    entries: dict[str, list[Mapping[str, Any]]] = {
        id_: [entry.told() for entry in plan.playlists[id_].entries]
        for id_ in week.playlists
        if id_ in plan.playlists
    }
    slots = [slot.told() for slot in week.slots if slot.playlist in entries]
    default = entries.get(week.default) or list(PLAYLIST)
    hang = [default, *(entries[slot["playlist"]] for slot in slots)]
    named = (str(entry["feed"]) for each in hang for entry in each)
    countries = {slot.country for slot in week.slots if slot.holidays}
    found = Planned(
        playlist=default,
        playlists={slot["playlist"]: entries[slot["playlist"]] for slot in slots},
        slots=slots,
        holidays={country: holidays.get(country, ()) for country in sorted(countries)},
        feeds=tuple(dict.fromkeys([*FEEDS, *named])),
    )
    return Planned(
        found.playlist, found.playlists, found.slots, found.holidays, found.feeds,
        digest_of([found.told(), found.feeds]),
    )  # fmt: skip
