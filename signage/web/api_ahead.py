"""Looking ahead, for other programs: what will hang on a screen or a group at a moment."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import jsonify
from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.actions import plans
from signage.actions.planned import PLAYLIST
from signage.core.feasts import feasts
from signage.core.plan import Entry, Playlist, entry_of
from signage.core.scopes import PROGRAMME
from signage.core.shapes import moment, nothing_or, one_of, several, text, told, whole
from signage.core.week import calendar_of
from signage.errors import Invalid, NotFound, Problem
from signage.models import Group, Screen, preferences
from signage.models.plan import draft_plan, live_plan
from signage.web.api_playlists import OF, TOLD_SCENE, told_scenes
from signage.web.calls import Answer, call, iso, program_pages, query
from signage.web.context import at, database, off_loop
from signage.web.shown_now import HANGS, hanging, hanging_told, takeovers_at
from signage.words import N_

pages = program_pages("api_ahead")

EDGE = timedelta(days=4000)
ASKS = {
    "at": moment("The moment; now if missing."),
    "screen": whole("What will hang on this screen;"),
    "group": whole("or on the screens of this group; 0: of none."), **OF,
}  # fmt: skip
AHEAD = told(
    {
        "at": moment(), "of": one_of(("draft", "live")),
        "screen": nothing_or(whole()), "group": whole("0: the screens in no group."),
        "timezone": text("Whose clock it goes by: the screen's, or the group's first one's."),
        "local": text("The moment on that clock: 2026-02-03T15:00:00+01:00."), **HANGS,
        "scenes": several(TOLD_SCENE, "Of the playlist that hangs."),
        "takeovers": several(whole(), "Known by now: they have the screen to themselves then."),
    },
    title="Ahead",
)  # fmt: skip


@pages.get("/ahead")
@call(PROGRAMME, {200: AHEAD}, asks=ASKS, errors=(404,))
def ahead() -> Answer:
    """What will hang on a screen, or a group, at a moment: as it is drafted, or as published."""
    said = query()
    when = _moment(said)
    with database().read() as reading:
        screen, group_id = _whose(reading, said)
        timezone = _timezone(reading, screen, group_id)
        plan = live_plan(reading) if said.get("of") == "live" else draft_plan(reading)
        taken = takeovers_at(reading, when, screen, group_id)
    week, local = plan.week(group_id), when.astimezone(ZoneInfo(timezone))
    countries = {slot.country for slot in week.slots if slot.country}
    calendar = calendar_of(off_loop(feasts, countries, local.date()))
    playlist, slot = hanging(plan, week, when, timezone, calendar)
    return jsonify(
        at=iso(when), of=said.get("of", "draft"), screen=screen.id if screen else None,
        group=group_id or 0, timezone=timezone, local=local.isoformat(timespec="seconds"),
        **hanging_told(playlist, slot), takeovers=taken,
        scenes=told_scenes(_entries(playlist, by_slot=slot is not None)),
    ), 200  # fmt: skip


def _moment(said: Mapping[str, Any]) -> datetime:
    when: datetime = said.get("at", at())
    if abs(when - at()) > EDGE:
        known: dict[str, str | int] = {"most": EDGE.days}
        raise Invalid([Problem("out-of-range", N_("At most {most} days from now."), "at", known)])
    return when


def _whose(reading: Session, said: Mapping[str, Any]) -> tuple[Screen | None, int | None]:
    """The screen that is asked about, and its group; or a group alone, None for those in none."""
    if ("screen" in said) == ("group" in said):
        text_ = N_("Name a screen or a group: one of the two.")
        raise Invalid([Problem("not-both" if "screen" in said else "missing", text_, "screen")])
    if "group" in said:
        group: Group | None = plans.known_group(reading, str(said["group"]))
        return None, group.id if group else None
    screen = reading.get(Screen, said["screen"])
    if screen is None:
        raise NotFound
    if screen.revoked_at is not None:
        text_ = N_("This screen was revoked. Pair it again first.")
        raise Invalid([Problem("revoked", text_, "screen")])
    return screen, screen.group_id


def _timezone(reading: Session, screen: Screen | None, group_id: int | None) -> str:
    """As at the desk: of a group its first screen's, else the company's."""
    if screen is not None:
        return screen.timezone
    first = reading.scalar(
        select(Screen.timezone)
        .where(Screen.group_id == group_id, Screen.revoked_at.is_(None))
        .order_by(Screen.id)
        .limit(1)
    )
    return first or preferences(reading).timezone


def _entries(playlist: Playlist | None, *, by_slot: bool) -> tuple[Entry, ...]:
    """Where the default has no scenes yet, and where there is none, screens show what comes with
    the product."""
    if playlist is not None and (by_slot or playlist.entries):
        return playlist.entries
    return tuple(entry_of(each) for each in PLAYLIST)
