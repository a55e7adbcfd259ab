"""Reading screens: pages of them by what is asked for, and how many there are in each state."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    case,
    cast,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from signage.core.hours import Hours, is_off
from signage.core.silence import dark_before
from signage.core.watching import DARK, STALE
from signage.models.holding import holds
from signage.models.screen import Screen

STATES = ("on", "stale", "dark", "off", "never", "revoked")
MOST_SITES = 500
MOST_HOURS = 200
"""Kinds of nights that are told apart; screens of further ones count as without."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: each that is None or empty leaves nothing out. `group` 0: in no group."""

    state: str = ""
    site: str | None = None
    group: int | None = None
    tag: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class SiteCount:
    """How many screens of a site, or of a group, are in which state; revoked ones are in none."""

    name: str
    screens: int
    on: int
    stale: int
    dark: int
    off: int
    never: int
    group_id: int | None = None


class States:
    """Each state as a condition, at one moment: the rule of signage.core.watching in SQL."""

    def __init__(self, session: Session, at: datetime) -> None:
        self._at = at
        nights = session.execute(
            select(Screen.timezone, Screen.night_from, Screen.night_to)
            .where(Screen.night_percent == 0, Screen.night_from != "")
            .distinct()
            .limit(MOST_HOURS)
        )
        self._nights = [Hours(*row) for row in nights]

    def where(self, state: str) -> ColumnElement[bool]:
        """Screens in this state."""
        if state == "revoked":
            return Screen.revoked_at.is_not(None)
        return and_(Screen.revoked_at.is_(None), self._of(state))

    def _of(self, state: str) -> ColumnElement[bool]:
        if state == "on":
            return Screen.last_seen_at >= self._at - STALE
        if state == "never":
            return Screen.last_seen_at.is_(None)
        away = Screen.last_seen_at < self._at - STALE
        off = or_(false(), *(self._has(each) for each in self._nights if is_off(each, self._at)))
        if state == "off":
            return and_(away, off)
        dark = self._dark()
        return and_(away, ~off, dark if state == "dark" else ~dark)

    def _dark(self) -> ColumnElement[bool]:
        """By when each was heard last; whoever is never off, after three minutes."""
        by_hours = [
            (self._has(each), Screen.last_seen_at <= dark_before(each, self._at))
            for each in self._nights
        ]
        plain = Screen.last_seen_at <= self._at - DARK
        return case(*by_hours, else_=plain) if by_hours else plain

    def _has(self, hours: Hours) -> ColumnElement[bool]:
        return and_(
            Screen.night_percent == 0, Screen.timezone == hours.timezone,
            Screen.night_from == hours.off_from, Screen.night_to == hours.off_to,
        )  # fmt: skip


def found(
    session: Session, asked: Asked, states: States, *, skip: int, size: int
) -> Sequence[Screen]:
    """A page of the screens that are looked for, by site and name."""
    query = select(Screen).where(*_conditions(session, asked, states))
    ordered = query.order_by(Screen.site, Screen.name, Screen.id)
    return session.scalars(ordered.offset(skip).limit(size)).all()


def found_after(
    session: Session, asked: Asked, states: States, *, after: int, size: int
) -> Sequence[Screen]:
    """The same by number, those after `after`: a place in the list that holds, whatever changes."""
    query = select(Screen).where(Screen.id > after, *_conditions(session, asked, states))
    return session.scalars(query.order_by(Screen.id).limit(size)).all()


def count_states(session: Session, states: States) -> dict[str, int]:
    """How many screens are in each state: one query."""
    counts = [func.coalesce(func.sum(case((states.where(name), 1), else_=0)), 0) for name in STATES]
    return dict(zip(STATES, session.execute(select(*counts)).one(), strict=True))


def by_site(
    session: Session, states: States, only: Collection[str] | None = None
) -> list[SiteCount]:
    """Every site, or some of them, with its screens in their states."""
    query = _counted(states, Screen.site.expression)
    rows = session.execute(query if only is None else query.where(Screen.site.in_(only)))
    return [SiteCount(*list(row)) for row in rows]


def by_group(session: Session, states: States, names: dict[int, str]) -> list[SiteCount]:
    """The same of every group that has a screen; no group has the name ""."""
    rows = session.execute(_counted(states, Screen.group_id.expression))
    told = [
        replace(SiteCount(names.get(group_id or 0, ""), *counts), group_id=group_id)
        for group_id, *counts in map(list, rows)
    ]
    return sorted(told, key=lambda count: (count.group_id is None, count.name.casefold()))


def sites(session: Session) -> list[str]:
    """Every site that a screen names, in order."""
    query = select(Screen.site).where(Screen.site != "").distinct().order_by(Screen.site)
    return list(session.scalars(query.limit(MOST_SITES)))


def named(session: Session, words: str, *, most: int) -> Sequence[Screen]:
    """The first screens in order of site and name that have these words in either."""
    query = select(Screen).order_by(Screen.site, Screen.name, Screen.id).limit(most)
    real = ~Screen.simulated
    return session.scalars(query.where(real, has_words(session, words) if words else true())).all()


def has_words(session: Session, words: str) -> ColumnElement[bool]:
    """Screens that have these words in their name or site."""
    columns = (Screen.name.expression, Screen.site.expression)
    return or_(*(holds(session, column, words) for column in columns))


def _counted(states: States, column: ColumnElement[Any]) -> Select[Any]:
    of_each = ("on", "stale", "dark", "off", "never")
    counts = (func.sum(case((states.where(name), 1), else_=0)) for name in of_each)
    query = select(column, func.count(Screen.id), *counts).where(Screen.revoked_at.is_(None))
    return query.group_by(column).order_by(column).limit(MOST_SITES)


def _conditions(session: Session, asked: Asked, states: States) -> list[ColumnElement[bool]]:
    """Those of a revoked screen are asked for by that word alone."""
    asked_for = [states.where(asked.state) if asked.state else Screen.revoked_at.is_(None)]
    if asked.site is not None:
        asked_for.append(Screen.site == asked.site)
    if asked.group is not None:
        asked_for.append(Screen.group_id == asked.group if asked.group else _alone())
    if asked.tag:
        quoted = json.dumps(asked.tag, ensure_ascii=False)
        asked_for.append(holds(session, cast(Screen.tags, Text), quoted))
    if asked.words:
        asked_for.append(has_words(session, asked.words))
    return asked_for


def _alone() -> ColumnElement[bool]:
    return Screen.group_id.is_(None)
