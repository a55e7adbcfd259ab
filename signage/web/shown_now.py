"""What hangs on a screen by its week and its clock, and what takes it over."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.core.plan import Plan, plan_of
from signage.core.shapes import nothing_or, several, text, told, whole
from signage.core.slots import playing
from signage.core.targets import read_targets
from signage.core.week import calendar_of
from signage.models import Notice, Screen
from signage.models.plan import latest_plan
from signage.web.context import at

SHOWS = told(
    {
        "playlist": nothing_or(whole("null: the one that comes with the product.")),
        "name": nothing_or(text()),
        "slot": nothing_or(whole("The slot that says so; null: the week's default.")),
        "takeovers": several(whole(), "What takes it over now."),
    },
    title="Shows", about="By what is published and the screen's own clock.",
)  # fmt: skip


def shown_now(session: Session, screen: Screen) -> dict[str, Any]:
    """As SHOWS has it."""
    latest = latest_plan(session)
    plan = plan_of(latest.plan) if latest else Plan()
    week = plan.week(screen.group_id)
    calendar = calendar_of(latest.holidays if latest else {})
    slots = [slot for slot in week.slots if slot.playlist in plan.playlists]
    slot = playing(slots, at(), screen.timezone, calendar)
    playlist = plan.playlists.get(slot.playlist if slot else week.default)
    return {
        "playlist": int(playlist.id) if playlist else None,
        "name": playlist.name if playlist else None, "slot": int(slot.id) if slot else None,
        "takeovers": _takeovers(session, screen),
    }  # fmt: skip


def _takeovers(session: Session, screen: Screen) -> list[int]:
    on = session.scalars(
        select(Notice)
        .where(Notice.takes_over.is_(True), Notice.ended_at.is_(None))
        .where(Notice.shows_from <= at(), Notice.shows_until > at())
        .order_by(Notice.id)
    )
    targets = ((notice.id, read_targets(notice.targets)) for notice in on)
    return [id_ for id_, of in targets if of is None or of.mean(screen.id, screen.group_id)]
