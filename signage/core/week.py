"""What slots come to: which hangs when, which conflict, which never hang, what the default fills.

All by the wall clock, so it holds in every time zone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from signage.core.slots import DAY, Calendar, Slot, covers

AHEAD = 396
"""Days looked ahead: thirteen months, as far as holidays are told."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Minutes of one day in which one slot hangs; `place`: in the list of slots, None: the default;
    `rivals`: places of others with the same priority, and another playlist, that want to."""

    begins: int
    ends: int
    place: int | None
    rivals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two slots with one priority that want to hang at once: the first time that they do."""

    hangs: int
    waits: int
    day: date
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Idle:
    """A slot that never hangs in the time looked ahead. why: "past" (its last day is over), "never"
    (it has no day at all) or "covered" by others, whose places are `by`."""

    place: int
    why: str
    by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What is to be said of slots."""

    conflicts: tuple[Conflict, ...]
    idle: tuple[Idle, ...]
    gaps: tuple[tuple[int, int], ...]
    """Of the week looked at, in minutes from its first midnight: only the default hangs."""


def conflicts_and_gaps(
    slots: Sequence[Slot], calendar: Calendar, *, today: date, week: date | None = None
) -> Findings:
    """Conflicts and idle slots of the thirteen months from `today`; gaps of seven days from `week`,
    else from `today`."""
    days = [today + timedelta(days=n) for n in range(AHEAD)]
    met: dict[tuple[int, int], Conflict] = {}
    hangs: set[int] = set()
    above: dict[int, set[int]] = {}
    for day, stretches in _each_day(slots, days, calendar):
        for stretch in stretches:
            if stretch.place is None:
                continue
            hangs.add(stretch.place)
            for rival in stretch.rivals:
                found = Conflict(stretch.place, rival, day, stretch.begins, stretch.ends)
                met.setdefault((stretch.place, rival), found)
            for place in _wanting(slots, day, stretch.begins, calendar):
                above.setdefault(place, set()).add(stretch.place)
    idle = (
        _idle(slots[place], place, today, above.get(place, set()))
        for place in range(len(slots))
        if place not in hangs
    )
    return Findings(tuple(met.values()), tuple(idle), gaps(slots, calendar, week or today))


def gaps(slots: Sequence[Slot], calendar: Calendar, week: date) -> tuple[tuple[int, int], ...]:
    """When only the default hangs in seven days, in minutes from the first midnight."""
    found: list[tuple[int, int]] = []
    for n in range(7):
        for stretch in stretches_of(slots, week + timedelta(days=n), calendar):
            if stretch.place is not None:
                continue
            begins, ends = n * DAY + stretch.begins, n * DAY + stretch.ends
            if found and found[-1][1] == begins:
                begins = found.pop()[0]
            found.append((begins, ends))
    return tuple(found)


def stretches_of(slots: Sequence[Slot], day: date, calendar: Calendar) -> tuple[Stretch, ...]:
    """One day from midnight to midnight: what hangs when."""
    edges = {0, DAY}
    for slot in slots:
        begin, end = slot.span
        edges |= {edge for edge in (begin, end, end - DAY) if 0 < edge < DAY}
    marks = sorted(edges)
    found: list[Stretch] = []
    for begins, ends in pairwise(marks):
        now = _stretch(slots, day, begins, ends, calendar)
        before = found[-1] if found else None
        if before and (before.place, before.rivals) == (now.place, now.rivals):
            now = Stretch(before.begins, ends, now.place, now.rivals)
            found.pop()
        found.append(now)
    return tuple(found)


def _stretch(
    slots: Sequence[Slot], day: date, begins: int, ends: int, calendar: Calendar
) -> Stretch:
    there = _wanting(slots, day, begins, calendar)
    place = max(there, key=lambda each: slots[each].priority, default=None)
    if place is None:
        return Stretch(begins, ends, None)
    hangs = slots[place]
    rivals = (
        each
        for each in there
        if slots[each].priority == hangs.priority and slots[each].playlist != hangs.playlist
    )
    return Stretch(begins, ends, place, tuple(rivals))


def _wanting(slots: Sequence[Slot], day: date, minute: int, calendar: Calendar) -> tuple[int, ...]:
    return tuple(n for n, slot in enumerate(slots) if covers(slot, day, minute, calendar))


def _each_day(
    slots: Sequence[Slot], days: Sequence[date], calendar: Calendar
) -> Iterator[tuple[date, tuple[Stretch, ...]]]:
    """Days on which the same slots begin are alike: each kind is worked out at its first day."""
    seen: set[tuple[tuple[bool, ...], tuple[bool, ...]]] = set()
    for day in days:
        yesterday = day - timedelta(days=1)
        kind = _begin(slots, yesterday, calendar), _begin(slots, day, calendar)
        if kind not in seen:
            seen.add(kind)
            yield day, stretches_of(slots, day, calendar)


def _begin(slots: Sequence[Slot], day: date, calendar: Calendar) -> tuple[bool, ...]:
    return tuple(slot.begins_on(day, calendar) for slot in slots)


def _idle(slot: Slot, place: int, today: date, by: set[int]) -> Idle:
    if slot.last and slot.last < today.isoformat():
        return Idle(place, "past")
    return Idle(place, "covered", tuple(sorted(by))) if by else Idle(place, "never")


def calendar_of(told: Mapping[str, Sequence[str]]) -> Calendar:
    """Holidays as a programme tells them, to look up."""
    return {country: frozenset(found) for country, found in told.items()}
