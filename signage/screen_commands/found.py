"""Screens, groups, playlists and the rest as they are typed: by number, or by a name that only one
of them has."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.core.plan import NO_GROUP, Plan, Playlist
from signage.core.text import one_line
from signage.errors import Invalid, Problem
from signage.models import Group, Screen
from signage.models.feed_rule import Made, made_feeds
from signage.words import N_

_MOST_NUMBERS = 10


def screen_named(session: Session, typed: str) -> Screen:
    """The screen with this number or name. Raises Invalid where there is none, or several."""
    screen = session.get(Screen, number) if (number := _number(typed)) else None
    if screen is not None:
        return screen
    name = one_line(typed)
    ids = session.scalars(select(Screen.id).where(Screen.name == name).order_by(Screen.id)).all()
    found = session.get(Screen, _only(ids, name, N_("There is no screen {name}."), "screen"))
    assert found is not None  # noqa: S101 - read in this very session
    return found


def group_named(session: Session, typed: str) -> Group:
    """The same of groups."""
    known = session.scalars(select(Group).order_by(Group.id)).all()
    none = N_("There is no group {name}.")
    return known[_place([(each.id, each.name) for each in known], typed, none, "group")]


def group_key(session: Session, typed: str) -> str:
    """As plans call a group; 0, or nothing at all: the screens in none."""
    return NO_GROUP if typed in {"", NO_GROUP} else str(group_named(session, typed).id)


def playlist_named(plan: Plan, typed: str) -> Playlist:
    """The same of a plan's playlists."""
    known = list(plan.playlists.values())
    none = N_("There is no playlist {name}.")
    return known[_place([(int(each.id), each.name) for each in known], typed, none, "playlist")]


def feed_named(session: Session, typed: str) -> Made:
    """The same of feeds that were made; also by the name that playlists use, such as f12."""
    known = made_feeds(session)
    for each in known:
        if each.name == typed:
            return each
    none = N_("There is no feed {name}.")
    return known[_place([(each.of.id, each.of.title) for each in known], typed, none, "feed")]


def number_of(known: Iterable[tuple[int, str]], typed: str, none: str, field: str) -> int:
    """The same of whatever has a number and a name."""
    rows = list(known)
    return rows[_place(rows, typed, none, field)][0]


def _place(known: list[tuple[int, str]], typed: str, none: str, field: str) -> int:
    """Where it stands among these."""
    number, name = _number(typed), one_line(typed)
    ids = [each for each, _ in known]
    if number in ids:
        return ids.index(number)
    same = [each for each, called in known if called.casefold() == name.casefold()]
    return ids.index(_only(same, name, none, field))


def _only(ids: Iterable[int], name: str, none: str, field: str) -> int:
    numbers = list(ids)
    if not numbers:
        raise Invalid([Problem("unknown", none, field, {"name": name})])
    if len(numbers) > 1:
        text = N_("Several are called {name}. Say which by its number: {numbers}.")
        said = ", ".join(map(str, numbers[:_MOST_NUMBERS]))
        raise Invalid([Problem("several", text, field, {"name": name, "numbers": said})])
    return numbers[0]


def _number(typed: str) -> int | None:
    fits = typed.isascii() and typed.isdecimal() and len(typed) < 19
    return int(typed) if fits else None
