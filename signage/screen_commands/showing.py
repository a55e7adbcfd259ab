"""`signage screen shows`: what hangs on a screen, now or at a moment."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from signage import clock
from signage.actions.planned import Planned, planned
from signage.cli import screen, with_database
from signage.core.feasts import feasts
from signage.core.hours import hours_of, is_off
from signage.core.plan import Plan
from signage.core.showing import shows
from signage.core.week import calendar_of
from signage.errors import Invalid, Problem
from signage.models import Database, Notice, Screen
from signage.models.plan import draft_plan, live_plan
from signage.screen_commands.found import screen_named
from signage.screen_commands.telling import AS_JSON, moment, tell_fields, tell_json
from signage.settings import Settings
from signage.web.ahead_wall import HEIGHT, WIDTH, Wall
from signage.web.ahead_wall import told as told_of
from signage.web.shown_now import hanging, hanging_told, takeovers_at
from signage.web.slot_words import name_of, slot_word
from signage.words import N_

EDGE = timedelta(days=4000)


@screen.command("shows")
@click.argument("which", metavar="SCREEN")
@click.option(
    "--at", "typed", default="",
    help="When: 2026-02-06 15:00 by the screen's own clock. Now if not said.",
)  # fmt: skip
@click.option("--draft", is_flag=True, help="As it is drafted, not as it is published.")
@AS_JSON
@with_database
def screen_shows(
    settings: Settings,  # noqa: ARG001 - all commands take both
    database: Database,
    which: str,
    typed: str,
    draft: bool,
    as_json: bool,
) -> None:
    """Print what hangs on a screen now, or at a moment: playlist, slot, what takes it over, and the
    very scene, by what its feeds hold now."""
    with database.read() as session:
        one = screen_named(session, which)
        if one.revoked_at is not None:
            raise Invalid([Problem("revoked", N_("Its link has ended: nothing reaches it."))])
        when = _moment(typed, ZoneInfo(one.timezone))
        plan = draft_plan(session) if draft else live_plan(session)
        told, words = _shows(session, one, plan, when)
    told["of"] = "draft" if draft else "live"
    if as_json:
        tell_json(told)
    else:
        tell_fields({**told, **words})


def _shows(
    session: Session, one: Screen, plan: Plan, when: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """For programs; and, of some fields, in words."""
    week, local = plan.week(one.group_id), when.astimezone(ZoneInfo(one.timezone))
    countries = {slot.country for slot in week.slots if slot.country}
    holidays = feasts(countries, local.date())
    playlist, slot = hanging(plan, week, when, one.timezone, calendar_of(holidays))
    taken = takeovers_at(session, when, one)
    headlines = session.scalars(
        select(Notice.headline).where(Notice.id.in_(taken)).order_by(Notice.id)
    )
    told = {
        "screen": one.id, "at": moment(when), "local": local.isoformat(timespec="seconds"),
        **hanging_told(playlist, slot), "takeovers": taken, "off": is_off(hours_of(one), when),
        **_scene(session, one, planned(plan, holidays, one.group_id), when),
    }  # fmt: skip
    return told, {
        "name": name_of(plan, playlist.id if playlist else ""),
        "slot": slot_word(slot) if slot else None,
        "takeovers": list(headlines),
    }


def _scene(session: Session, one: Screen, planned_: Planned, when: datetime) -> dict[str, Any]:
    """The very scene, by what its feeds hold now: by number, never the words."""
    wall = told_of(session, Wall(one, WIDTH, HEIGHT, ()), planned_)
    now = round(when.timestamp() * 1000)
    show = shows(wall["programme"], wall["feeds"], now, now)
    ends = None if show.ends is None else moment(datetime.fromtimestamp(show.ends / 1000, UTC))
    return {"scene": show.scene, "item": show.item["id"] if show.item else None, "until": ends}


def _moment(typed: str, zone: ZoneInfo) -> datetime:
    """By the clock of a zone, unless it names its own."""
    now = clock.now()
    if not typed:
        return now
    try:
        when = datetime.fromisoformat(typed)
        when = when if when.tzinfo else when.replace(tzinfo=zone)
        near = abs(when - now) <= EDGE
    except (ValueError, OverflowError):
        near = False
    if not near:
        text = N_("Write the time as 2026-02-06 15:00, at most eleven years from now.")
        raise Invalid([Problem("bad-time", text, "at")])
    return when
