"""Reading proof of play."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from signage.models.play import ItemPlay, Play
from signage.models.screen import Screen


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody asks for: by scene and hour, or by item and day; None lets all through."""

    since: datetime
    before: datetime
    by_item: bool = False
    screen_id: int | None = None
    site: str | None = None
    name: str | None = None
    """Of the scene or the item."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list was left off."""

    when: Any
    screen_id: int
    name: str


def plays(session: Session, sought: Sought, *, skip: int, size: int) -> Sequence[Row[Any]]:
    """Rows of when, screen_id, screen, site, name, times and seconds, the latest first."""
    when, name = _columns(sought)
    order = (when.desc(), Screen.site, Screen.name, Screen.id, name)
    return session.execute(_wanted(sought).order_by(*order).offset(skip).limit(size)).all()


def plays_after(
    session: Session, sought: Sought, place: Place | None, *, size: int
) -> Sequence[Row[Any]]:
    """The same, the oldest first, from a place on."""
    when, name = _columns(sought)
    key = (when, Screen.id, name)
    wanted = _wanted(sought).order_by(*key).limit(size)
    if place is not None:
        at = (place.when, place.screen_id, place.name)
        wanted = wanted.where(
            or_(
                key[0] > at[0],
                and_(key[0] == at[0], key[1] > at[1]),
                and_(key[0] == at[0], key[1] == at[1], key[2] > at[2]),
            )
        )
    return session.execute(wanted).all()


def totals(session: Session, sought: Sought, *, size: int) -> Sequence[Row[Any]]:
    """Rows of name, times, seconds and screens, what hung longest first."""
    kind = ItemPlay if sought.by_item else Play
    _, name = _columns(sought)
    seconds = func.sum(kind.seconds).label("seconds")
    wanted = select(
        name.label("name"), func.sum(kind.times).label("times"), seconds,
        func.count(kind.screen_id.distinct()).label("screens"),
    )  # fmt: skip
    ordered = (
        _among(cast("Select[Any]", wanted), sought).group_by(name).order_by(seconds.desc(), name)
    )
    return session.execute(ordered.limit(size)).all()


def _wanted(sought: Sought) -> Select[Any]:
    kind = ItemPlay if sought.by_item else Play
    when, name = _columns(sought)
    return _among(
        select(
            when.label("when"), Screen.id.label("screen_id"), Screen.name.label("screen"),
            Screen.site, name.label("name"), kind.times, kind.seconds,
        ),
        sought,
    )  # fmt: skip


def _among(wanted: Select[Any], sought: Sought) -> Select[Any]:
    kind = ItemPlay if sought.by_item else Play
    when, name = _columns(sought)
    since = sought.since.date() if sought.by_item else sought.since
    before = sought.before.date() if sought.by_item else sought.before
    wanted = wanted.select_from(kind).join(Screen, Screen.id == kind.screen_id)
    wanted = wanted.where(when >= since, when < before)
    for column, value in (
        (Screen.id, sought.screen_id), (Screen.site, sought.site), (name, sought.name),
    ):  # fmt: skip
        if value is not None:
            wanted = wanted.where(column == value)
    return wanted


def _columns(sought: Sought) -> tuple[InstrumentedAttribute[Any], InstrumentedAttribute[str]]:
    return (ItemPlay.day, ItemPlay.item) if sought.by_item else (Play.hour, Play.scene)
