"""Looking ahead: what will hang on a group's screens, shown by the player's own code."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template

from signage.actions import plans
from signage.actions.bodies import milliseconds
from signage.actions.planned import planned
from signage.core.feasts import feasts
from signage.core.plan import NO_GROUP, Plan
from signage.core.slots import playing, slot_of
from signage.core.week import calendar_of
from signage.errors import Invalid, Problem
from signage.models.group import groups
from signage.models.plan import draft_plan
from signage.web import forms, slot_words
from signage.web.ahead_wall import is_night, takes_over, told, wall_of
from signage.web.context import at, database, off_loop
from signage.web.permit import require
from signage.words import N_

pages = Blueprint("ahead", __name__, url_prefix="/desk/screens/ahead")
pages.before_request(require("screens"))

NONE = "none"
EDGE = timedelta(days=4000)


@pages.get("")
def ahead_page() -> str:
    """The draft's week of a group, at a day and time."""
    group = forms.text("group", 20) or NONE
    key = NO_GROUP if group == NONE else group
    with database().read() as session:
        named = plans.known_group(session, key)
        plan, known = draft_plan(session), groups(session)
        wall = wall_of(session, named.id if named else None, forms.number_in_address("screen"))
    zone = ZoneInfo(wall.screen.timezone)
    day, minute = _asked(zone)
    week = plan.week(key)
    calendar = off_loop(feasts, {slot.country for slot in week.slots if slot.country}, day)
    tells = planned(plan, calendar, key)
    with database().read() as session:
        preview = told(session, wall, tells)
    begins = datetime.combine(day, time(), zone)
    ends = datetime.combine(day + timedelta(days=1), time(), zone)
    moment = datetime.combine(day, time(minute // 60, minute % 60), zone)
    slots = [slot_of(each) for each in tells.slots]
    hangs = playing(slots, moment, wall.screen.timezone, calendar_of(calendar))
    over = takes_over(wall.screen, preview["feeds"], moment)
    return render_template(
        "desk/ahead.html", group=group, groups=known, wall=wall, day=day, over=over,
        at=slot_words.clock(minute), zone=wall.screen.timezone, minutes=_minutes(ends, begins),
        minute=_minutes(moment, begins),
        hangs=slot_words.name_of(plan, hangs.playlist if hangs else week.default),
        slot=slot_words.slot_word(hangs) if hangs else "",
        night=is_night(wall.screen, moment) and not (over and over.get("urgent")),
        preview={**preview, "begins": milliseconds(begins), "names": _names(plan, week.default)},
    )  # fmt: skip


def _minutes(later: datetime, earlier: datetime) -> int:
    # Of elapsed time: a day on which clocks change has an hour more or less.
    return int((later.timestamp() - earlier.timestamp()) // 60)


def _asked(zone: ZoneInfo) -> tuple[date, int]:
    now = at().astimezone(zone)
    day, typed = forms.day("day") or now.date(), forms.text("time", 5)
    if abs(day - now.date()) > EDGE:
        raise Invalid([Problem("bad-date", N_("Write the day as 2026-02-03."), "day")])
    if not typed:
        return day, now.hour * 60 + now.minute
    try:
        chosen = time.fromisoformat(typed)
    except ValueError:
        raise Invalid([Problem("bad-time", N_("A time such as 22:30."), "time")]) from None
    return day, chosen.hour * 60 + chosen.minute


def _names(plan: Plan, default: str) -> dict[str, str]:
    return {
        "": slot_words.name_of(plan, default),
        **{each.id: each.name for each in plan.playlists.values()},
    }
