"""Reading what is known of screens' being there."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, exists, func, select
from sqlalchemy.orm import Session

from signage.core.hours import Hours, Span, hours_of
from signage.models.screen import Screen
from signage.models.screens import States
from signage.models.watch import Alert, BlindSpot, LastLook, Outage

BLIND_FOR = timedelta(days=8)
"""Older blind spots are not asked for where only the present counts."""

DARK = (Outage.ended_at.is_(None), Outage.back_at.is_(None))


@dataclass(frozen=True, slots=True)
class Seen:
    """A screen as the watch sees it."""

    id: int
    name: str
    site: str
    hours: Hours
    last_seen_at: datetime | None
    revoked: bool


def seen(session: Session, *where: object) -> list[Seen]:
    """Screens by some conditions."""
    columns = (
        Screen.id, Screen.name, Screen.site, Screen.last_seen_at, Screen.revoked_at,
        Screen.timezone, Screen.night_from, Screen.night_to, Screen.night_percent,
    )  # fmt: skip
    rows = session.execute(select(*columns).where(*where))  # type: ignore[arg-type]  # conditions
    return [
        Seen(
            row.id, row.name, row.site, hours_of(row), row.last_seen_at, row.revoked_at is not None
        )
        for row in rows
    ]


def blind_spots(session: Session, since: datetime) -> list[Span]:
    """When nobody watched, after `since`."""
    rows = session.execute(select(BlindSpot.since, BlindSpot.until).where(BlindSpot.until > since))
    return [(start, end) for start, end in rows]


def looked_at(session: Session) -> datetime | None:
    """When the screens were looked after last."""
    return session.scalar(select(LastLook.looked_at))


def open_outages(session: Session) -> Sequence[Outage]:
    """Outages that are not over, the screen being dark or not yet back for long enough."""
    return session.scalars(
        select(Outage).where(Outage.ended_at.is_(None)).order_by(Outage.id)
    ).all()


def count_dark(session: Session) -> int:
    """How many screens are dark now."""
    return session.scalar(select(func.count(Outage.id)).where(*DARK)) or 0


def count_watched(session: Session, states: States) -> dict[str, int]:
    """How many screens stand how: dark are those of which an outage says so. One that is silent
    without one, because the server was away meanwhile, is silent."""
    dark = exists().where(Outage.screen_id == Screen.id, *DARK)
    names = ("on", "stale", "dark", "off", "never")
    counts = [func.sum(case((and_(~dark, states.where(name)), 1), else_=0)) for name in names]
    row = session.execute(
        select(func.sum(case((dark, 1), else_=0)), *counts).where(
            Screen.counted, Screen.revoked_at.is_(None)
        )
    ).one()
    told, on, stale, away, off, never = (n or 0 for n in row)
    return {"on": on, "stale": stale + away, "dark": told, "off": off, "never": never}


def dark_now(session: Session, *, size: int) -> Sequence[tuple[Outage, Screen]]:
    """Screens that are dark now, those that went first before the others."""
    rows = session.execute(
        select(Outage, Screen)
        .join(Screen, Screen.id == Outage.screen_id)
        .where(*DARK)
        .order_by(Outage.since, Outage.id)
        .limit(size)
    )
    return [(outage, screen) for outage, screen in rows]


def past_outages(session: Session, *, skip: int, size: int) -> Sequence[tuple[Outage, Screen]]:
    """Outages that are over, or are ending, the latest first."""
    wanted = select(Outage, Screen).join(Screen, Screen.id == Outage.screen_id)
    wanted = wanted.where(Outage.back_at.is_not(None) | Outage.ended_at.is_not(None))
    rows = session.execute(wanted.order_by(Outage.since.desc(), Outage.id.desc()).offset(skip)
                           .limit(size))  # fmt: skip
    return [(outage, screen) for outage, screen in rows]


def outages_before(
    session: Session,
    before: int | None,
    *,
    is_open: bool | None,
    screen_id: int | None,
    site: str | None,
    size: int,
) -> Sequence[Outage]:
    """A page of outages, the latest first; each condition that is None leaves nothing out."""
    wanted = select(Outage).order_by(Outage.id.desc()).limit(size)
    if before is not None:
        wanted = wanted.where(Outage.id < before)
    if is_open is not None:
        wanted = wanted.where(
            Outage.ended_at.is_(None) if is_open else Outage.ended_at.is_not(None)
        )
    if screen_id is not None:
        wanted = wanted.where(Outage.screen_id == screen_id)
    if site is not None:
        wanted = wanted.where(Outage.site == site)
    return session.scalars(wanted).all()


def of_alert(session: Session, alert: Alert) -> Sequence[tuple[Outage, Screen]]:
    """What one alert is about."""
    rows = session.execute(
        select(Outage, Screen)
        .join(Screen, Screen.id == Outage.screen_id)
        .where(Outage.alert_id == alert.id)
        .order_by(Screen.name, Screen.id)
    )
    return [(outage, screen) for outage, screen in rows]


def many_lately(session: Session, ids: Collection[int], since: datetime) -> dict[int, int]:
    """Screen id → how many of its outages ended after `since`."""
    rows = session.execute(
        select(Outage.screen_id, func.count())
        .where(Outage.screen_id.in_(ids), Outage.ended_at > since)
        .group_by(Outage.screen_id)
    )
    return dict(rows.all())


def by_id(found: Iterable[Seen]) -> dict[int, Seen]:
    """Screens by their ids."""
    return {each.id: each for each in found}
