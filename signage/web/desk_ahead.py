"""Looking ahead: what will hang on a group's screens, shown by the player's own code."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.actions import plans
from signage.actions.bodies import milliseconds
from signage.actions.planned import Planned, planned
from signage.actions.programme import Shown, programme
from signage.core.feasts import feasts
from signage.core.plan import NO_GROUP, Plan
from signage.core.slots import playing, slot_of
from signage.core.week import calendar_of
from signage.errors import Invalid, Problem
from signage.models import Feed, FeedItem, Screen, preferences
from signage.models.group import groups
from signage.models.plan import draft_plan
from signage.web import forms, slot_words
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
        shown = _shown(session, named.id if named else None)
        zone = ZoneInfo(shown.timezone)
        day, minute = _asked(zone)
        week = plan.week(key)
    calendar = off_loop(feasts, {slot.country for slot in week.slots if slot.country}, day)
    told = planned(plan, calendar, key)
    with database().read() as session:
        preview = _preview(session, shown, told)
    begins = datetime.combine(day, time(), zone)
    ends = datetime.combine(day + timedelta(days=1), time(), zone)
    moment = datetime.combine(day, time(minute // 60, minute % 60), zone)
    slots = [slot_of(each) for each in told.slots]
    hangs = playing(slots, moment, shown.timezone, calendar_of(calendar))
    return render_template(
        "desk/ahead.html", group=group, groups=known, name=named.name if named else "", day=day,
        at=slot_words.clock(minute), zone=shown.timezone, minutes=_minutes(ends, begins),
        minute=_minutes(moment, begins), moment=moment,
        hangs=slot_words.name_of(plan, hangs.playlist if hangs else week.default),
        slot=slot_words.slot_word(hangs) if hangs else "",
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


def _shown(session: Session, group_id: int | None) -> Shown:
    """As its first screen is set up, else as the company is."""
    first = session.scalars(
        select(Screen)
        .where(Screen.group_id == group_id, Screen.revoked_at.is_(None))
        .order_by(Screen.id)
        .limit(1)
    ).one_or_none()
    chosen = preferences(session)
    if first is None:
        return Shown(0, "", "", chosen.language, chosen.timezone, "ink", False, 55, 4)
    return Shown(
        0, first.name, first.site, first.locale, first.timezone, first.theme, False,
        first.diagonal_inch, first.distance_m,
    )  # fmt: skip


def _preview(session: Session, shown: Shown, told: Planned) -> dict[str, Any]:
    rows = session.execute(
        select(Feed.name, Feed.kind, Feed.epoch, Feed.rev, FeedItem.item, FeedItem.body)
        .join(FeedItem, FeedItem.feed_id == Feed.id)
        .where(Feed.name.in_(told.feeds))
    )
    feeds: dict[str, Any] = {}
    for name, kind, epoch, rev, item, body in rows:
        found = feeds.setdefault(name, {"kind": kind, "epoch": epoch, "rev": rev, "items": {}})
        found["items"][item] = body
    return {"programme": programme(shown, preferences(session), told), "feeds": feeds}


def _names(plan: Plan, default: str) -> dict[str, str]:
    return {
        "": slot_words.name_of(plan, default),
        **{each.id: each.name for each in plan.playlists.values()},
    }
