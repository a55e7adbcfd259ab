"""What publishing a draft would change: playlists, weeks, and which groups' screens."""

from dataclasses import dataclass

from signage.core.plan import NO_GROUP, Plan, Week
from signage.core.slots import Slot


@dataclass(frozen=True, slots=True)
class WeekChange:
    """What becomes another for one group. `default`: before and after, where it differs;
    `playlists`: ids of those it shows whose scenes differ."""

    group: str
    default: tuple[str, str] | None
    added: tuple[Slot, ...]
    removed: tuple[Slot, ...]
    changed: tuple[tuple[Slot, Slot], ...]
    playlists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """playlists: (id, "added", "removed", "renamed" or "changed"); weeks: of groups whose screens
    will show something else."""

    playlists: tuple[tuple[str, str], ...]
    weeks: tuple[WeekChange, ...]


def plan_changes(before: Plan, after: Plan) -> PlanChanges:
    """From what hangs to what is drafted."""
    ids = list(dict.fromkeys([*before.playlists, *after.playlists]))
    found = ((id_, _kind(before, after, id_)) for id_ in ids)
    groups = dict.fromkeys([*before.groups, *after.groups])
    weeks = (_week(before, after, group) for group in groups)
    return PlanChanges(
        tuple((id_, kind) for id_, kind in found if kind), tuple(week for week in weeks if week)
    )


def touched(before: Plan, after: Plan) -> list[str]:
    """The playlists, and the groups' weeks, that one change of a draft is about, as the audit log
    names them."""
    ids = dict.fromkeys([*before.playlists, *after.playlists])
    groups = dict.fromkeys([*before.groups, *after.groups])
    playlists = (id_ for id_ in ids if before.playlists.get(id_) != after.playlists.get(id_))
    weeks = (group for group in groups if before.week(group) != after.week(group))
    return [
        *(f"playlist {id_}" for id_ in playlists),
        *("no group" if group == NO_GROUP else f"group {group}" for group in weeks),
    ]


def _kind(before: Plan, after: Plan, id_: str) -> str:
    old, new = before.playlists.get(id_), after.playlists.get(id_)
    if old is None or new is None:
        return "added" if old is None else "removed"
    if old.entries != new.entries:
        return "changed"
    return "renamed" if old.name != new.name else ""


def _week(before: Plan, after: Plan, group: str) -> WeekChange | None:
    old, new = before.week(group), after.week(group)
    had, has = _by_id(old), _by_id(new)
    found = WeekChange(
        group=group,
        default=None if old.default == new.default else (old.default, new.default),
        added=tuple(slot for id_, slot in has.items() if id_ not in had),
        removed=tuple(slot for id_, slot in had.items() if id_ not in has),
        changed=tuple((had[id_], has[id_]) for id_ in has if id_ in had and had[id_] != has[id_]),
        playlists=tuple(id_ for id_ in new.playlists if _kind(before, after, id_) == "changed"),
    )
    is_same = old == new and not found.playlists
    return None if is_same else found


def _by_id(week: Week) -> dict[str, Slot]:
    return {slot.id: slot for slot in week.slots}
