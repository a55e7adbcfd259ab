"""What hangs on a screen by its week and its clock, and what takes it over."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.core.plan import Plan, Playlist, Week, plan_of
from signage.core.shapes import Shape, nothing_or, several, text, told, whole
from signage.core.slots import Calendar, Slot, playing
from signage.core.targets import read_targets
from signage.core.week import calendar_of
from signage.models import Notice, Screen
from signage.models.plan import latest_plan
from signage.web.context import at

HANGS: Mapping[str, Shape] = {
    "playlist": nothing_or(whole("null: the one that comes with the product.")),
    "name": nothing_or(text()),
    "slot": nothing_or(whole("The slot that says so; null: the week's default.")),
}
SHOWS = told(
    {**HANGS, "takeovers": several(whole(), "What takes it over now.")},
    title="Shows", about="By what is published and the screen's own clock.",
)  # fmt: skip


def shown_now(session: Session, screen: Screen) -> dict[str, Any]:
    """As SHOWS has it."""
    latest = latest_plan(session)
    plan = plan_of(latest.plan) if latest else Plan()
    calendar = calendar_of(latest.holidays if latest else {})
    hangs = hanging(plan, plan.week(screen.group_id), at(), screen.timezone, calendar)
    return {**hanging_told(*hangs), "takeovers": takeovers_at(session, at(), screen)}


def hanging(
    plan: Plan, week: Week, moment: datetime, timezone: str, calendar: Calendar
) -> tuple[Playlist | None, Slot | None]:
    """What hangs by a week at a moment, and the slot that says so; no slot: the week's default."""
    slots = [slot for slot in week.slots if slot.playlist in plan.playlists]
    slot = playing(slots, moment, timezone, calendar)
    return plan.playlists.get(slot.playlist if slot else week.default), slot


def hanging_told(playlist: Playlist | None, slot: Slot | None) -> dict[str, Any]:
    """As HANGS has it."""
    return {
        "playlist": int(playlist.id) if playlist else None,
        "name": playlist.name if playlist else None, "slot": int(slot.id) if slot else None,
    }  # fmt: skip


def takeovers_at(
    session: Session, moment: datetime, screen: Screen | None, group_id: int | None = None
) -> list[int]:
    """What takes a screen over at a moment; without one, what takes over every screen of a group
    (None: those in none)."""
    on: Sequence[Notice] = session.scalars(
        select(Notice)
        .where(Notice.takes_over.is_(True), Notice.ended_at.is_(None))
        .where(Notice.shows_from <= moment, Notice.shows_until > moment)
        .order_by(Notice.id)
    ).all()
    here = (screen.id, screen.group_id) if screen else (0, group_id)
    targets = ((notice.id, read_targets(notice.targets)) for notice in on)
    return [id_ for id_, of in targets if of is None or of.mean(*here)]
