"""Screens and groups as they are typed: by number, or by a name that only one of them has."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.core.text import one_line
from signage.errors import Invalid, Problem
from signage.models import Group, Screen
from signage.words import N_

_MOST_NUMBERS = 10


def screen_named(session: Session, typed: str) -> Screen:
    """The screen with this number or name. Raises Invalid where there is none, or several."""
    screen = session.get(Screen, number) if (number := _number(typed)) else None
    if screen is not None:
        return screen
    name = one_line(typed)
    ids = session.scalars(select(Screen.id).where(Screen.name == name).order_by(Screen.id)).all()
    found = session.get(Screen, _only(ids, name, N_("There is no screen {name}.")))
    assert found is not None  # noqa: S101 - read in this very session
    return found


def group_named(session: Session, typed: str) -> Group:
    """The same of groups."""
    group = session.get(Group, number) if (number := _number(typed)) else None
    if group is not None:
        return group
    name = one_line(typed)
    same = [each for each in session.scalars(select(Group)) if _alike(each.name, name)]
    if len(same) != 1:
        text = N_("There is no group {name}.")
        raise Invalid([Problem("unknown", text, "group", {"name": name})])
    return same[0]


def _only(ids: Iterable[int], name: str, none: str) -> int:
    numbers = list(ids)
    if not numbers:
        raise Invalid([Problem("unknown", none, "screen", {"name": name})])
    if len(numbers) > 1:
        text = N_("Several screens are called {name}. Say which by its number: {numbers}.")
        said = ", ".join(map(str, numbers[:_MOST_NUMBERS]))
        raise Invalid([Problem("several", text, "screen", {"name": name, "numbers": said})])
    return numbers[0]


def _number(typed: str) -> int | None:
    fits = typed.isascii() and typed.isdecimal() and len(typed) < 19
    return int(typed) if fits else None


def _alike(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
