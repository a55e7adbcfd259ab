"""Changing a plan: each change gives another plan, or is refused with what to do."""

from collections.abc import Sequence
from dataclasses import replace

from signage.core.plan import NO_GROUP, Entry, Plan, Playlist, Week
from signage.core.slots import Slot
from signage.core.text import one_line
from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.words import N_

LONGEST_NAME = 60
MOST_PLAYLISTS, MOST_ENTRIES, MOST_SLOTS = 100, 50, 100


def add_playlist(plan: Plan, name: str, entries: Sequence[Entry] = ()) -> tuple[Plan, str]:
    """A new playlist at the end; gives its id, too."""
    if len(plan.playlists) >= MOST_PLAYLISTS:
        raise _wrong(
            "too-many", N_("There are {most} playlists: delete one first."), MOST_PLAYLISTS
        )
    made = Playlist(str(plan.next_id), _named(plan, name), tuple(entries))
    return replace(_with(plan, made), next_id=plan.next_id + 1), made.id


def rename_playlist(plan: Plan, id_: str, name: str) -> Plan:
    """Another name."""
    return _with(plan, replace(playlist(plan, id_), name=_named(plan, name, id_)))


def delete_playlist(plan: Plan, id_: str) -> Plan:
    """Away with it, unless a group shows it."""
    playlist(plan, id_)
    if any(id_ in week.playlists for week in plan.groups.values()):
        raise _wrong("in-use", N_("A group shows it. Take it out of its week first."))
    return replace(plan, playlists={key: of for key, of in plan.playlists.items() if key != id_})


def set_entry(plan: Plan, id_: str, place: int | None, entry: Entry, *, seen: str) -> Plan:
    """Another entry in a place, or one more at the end. `seen`: the digest of the playlist that the
    change was made to."""
    old = _seen(plan, id_, seen)
    if place is None:
        if len(old.entries) >= MOST_ENTRIES:
            text = N_("There are {most} scenes in it: remove one first.")
            raise _wrong("too-many", text, MOST_ENTRIES)
        return _with(plan, replace(old, entries=(*old.entries, entry)))
    _there(old, place)
    entries = (*old.entries[:place], entry, *old.entries[place + 1 :])
    return _with(plan, replace(old, entries=entries))


def set_entries(plan: Plan, id_: str, entries: Sequence[Entry]) -> Plan:
    """All of a playlist's entries anew."""
    old = playlist(plan, id_)
    if len(entries) > MOST_ENTRIES:
        raise _wrong("too-many", N_("At most {most} of them."), MOST_ENTRIES, field="scenes")
    return _with(plan, replace(old, entries=tuple(entries)))


def remove_entry(plan: Plan, id_: str, place: int, *, seen: str) -> Plan:
    """One entry less."""
    old = _seen(plan, id_, seen)
    _there(old, place)
    return _with(plan, replace(old, entries=old.entries[:place] + old.entries[place + 1 :]))


def move_entry(plan: Plan, id_: str, place: int, to: int, *, seen: str) -> Plan:
    """An entry in another place; the ends are ends."""
    old = _seen(plan, id_, seen)
    _there(old, place)
    entries = list(old.entries)
    moved = entries.pop(place)
    entries.insert(min(max(to, 0), len(entries)), moved)
    return _with(plan, replace(old, entries=tuple(entries)))


def set_default(plan: Plan, group: str, id_: str) -> Plan:
    """What a group shows where no slot says otherwise; empty is the product's own playlist."""
    if id_:
        playlist(plan, id_)
    return _with_week(plan, group, replace(plan.week(group), default=id_))


def add_slot(plan: Plan, group: str, slot: Slot) -> Plan:
    """One more slot, the last in the list."""
    week = plan.week(group)
    if len(week.slots) >= MOST_SLOTS:
        raise _wrong("too-many", N_("There are {most} slots: delete one first."), MOST_SLOTS)
    playlist(plan, slot.playlist)
    made = replace(slot, id=str(plan.next_id))
    changed = _with_week(plan, group, replace(week, slots=(*week.slots, made)))
    return replace(changed, next_id=plan.next_id + 1)


def change_slot(plan: Plan, group: str, slot: Slot, *, seen: str) -> Plan:
    """A slot at other times. `seen`: the week's digest of slots that the change was made to."""
    week = plan.week(group)
    found(week, slot.id)
    if seen != slots_digest(week):
        raise Conflict
    playlist(plan, slot.playlist)
    slots = tuple(slot if each.id == slot.id else each for each in week.slots)
    return _with_week(plan, group, replace(week, slots=slots))


def set_slots(plan: Plan, group: str, slots: Sequence[Slot]) -> Plan:
    """All of a group's slots anew: one that has the id of a slot of before stays that slot."""
    if len(slots) > MOST_SLOTS:
        raise _wrong("too-many", N_("At most {most} of them."), MOST_SLOTS, field="slots")
    week, next_id = plan.week(group), plan.next_id
    free = {slot.id for slot in week.slots}
    made: list[Slot] = []
    for place, slot in enumerate(slots):
        if slot.playlist not in plan.playlists:
            raise _wrong("unknown", N_("Choose a playlist."), field=f"slots.{place}.playlist")
        known, new = slot.id in free, str(next_id)
        made.append(slot if known else replace(slot, id=new))
        free.discard(slot.id)
        next_id += not known
    return replace(_with_week(plan, group, replace(week, slots=tuple(made))), next_id=next_id)


def delete_slot(plan: Plan, group: str, slot_id: str) -> Plan:
    """One slot less."""
    week = plan.week(group)
    found(week, slot_id)
    slots = tuple(each for each in week.slots if each.id != slot_id)
    return _with_week(plan, group, replace(week, slots=slots))


def without_groups(plan: Plan, known: set[str]) -> Plan:
    """The plan without weeks of groups that are no more."""
    kept = {group: of for group, of in plan.groups.items() if group in known | {NO_GROUP}}
    return replace(plan, groups=kept)


def playlist(plan: Plan, id_: str) -> Playlist:
    """The playlist; raises NotFound."""
    if id_ not in plan.playlists:
        raise NotFound
    return plan.playlists[id_]


def found(week: Week, slot_id: str) -> Slot:
    """The slot; raises NotFound."""
    for slot in week.slots:
        if slot.id == slot_id:
            return slot
    raise NotFound


def slots_digest(week: Week) -> str:
    """Changes with any slot of the week."""
    return Plan(groups={"": week}).digest


def _seen(plan: Plan, id_: str, seen: str) -> Playlist:
    old = playlist(plan, id_)
    if old.digest != seen:
        raise Conflict
    return old


def _there(old: Playlist, place: int) -> None:
    if not 0 <= place < len(old.entries):
        raise NotFound


def _named(plan: Plan, name: str, but: str = "") -> str:
    name = one_line(name)
    if not name:
        raise _wrong("missing", N_("Give the playlist a name."), field="name")
    if len(name) > LONGEST_NAME:
        raise _wrong("too-long", N_("At most {most} characters."), LONGEST_NAME, field="name")
    taken = {each.name.casefold() for each in plan.playlists.values() if each.id != but}
    if name.casefold() in taken:
        raise _wrong("taken", N_("There is a playlist of this name already."), field="name")
    return name


def _wrong(code: str, text: str, most: int = 0, field: str | None = None) -> Invalid:
    return Invalid([Problem(code, text, field, {"most": most})])


def _with(plan: Plan, changed: Playlist) -> Plan:
    return replace(plan, playlists={**plan.playlists, changed.id: changed})


def _with_week(plan: Plan, group: str, week: Week) -> Plan:
    return replace(plan, groups={**plan.groups, group: week})
