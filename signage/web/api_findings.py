"""What is to be said of a week, for other programs: which slots conflict, which never hang, and
when only the default does."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import jsonify

from signage.actions import plans
from signage.core.feasts import feasts
from signage.core.scopes import PROGRAMME
from signage.core.shapes import day, one_of, several, text, told, whole
from signage.core.slots import Slot
from signage.core.week import Findings, calendar_of, conflicts_and_gaps
from signage.errors import Invalid, Problem
from signage.models import preferences
from signage.models.plan import draft_plan, live_plan
from signage.web.api_playlists import OF
from signage.web.calls import Answer, call, program_pages, query
from signage.web.context import at, database, off_loop
from signage.web.slot_words import clock
from signage.words import N_

pages = program_pages("api_findings", "/weeks")

EDGE = timedelta(days=4000)
SELDOM = "60/minute"
"""Each looks thirteen months ahead."""

CONFLICT = told(
    {
        "hangs": whole("A slot."), "waits": whole("One of the same priority, with less luck."),
        "day": day("The first on which they meet."), "from": text("HH:MM."), "to": text("HH:MM."),
    },
    title="Conflict",
)  # fmt: skip
IDLE = told(
    {
        "slot": whole(), "why": one_of(("past", "never", "covered")),
        "by": several(whole(), "Which hang at all its times, where it is covered."),
    },
    title="IdleSlot", about="past: its last day is over; never: no day is one of its days.",
)  # fmt: skip
_LOCAL = text("2026-02-03T13:30, on the screens' own clocks.")
GAP = told({"from": _LOCAL, "to": _LOCAL}, title="Gap")
FINDINGS = told(
    {
        "group": whole("0: the screens in no group."),
        "conflicts": several(CONFLICT, "In thirteen months."),
        "idle": several(IDLE, "Slots that never hang in thirteen months."),
        "gaps": several(GAP, "When only the default hangs, from Monday to Sunday."),
    },
    title="Findings",
)  # fmt: skip
ASKS = {**OF, "week": day("A day of the week whose gaps are told; today if missing.")}


@pages.get("/<int:group_id>/findings")
@call(PROGRAMME, {200: FINDINGS}, asks=ASKS, errors=(404,), most=SELDOM)
def one(group_id: int) -> Answer:
    """Which slots of a group's week conflict, which never hang, and what the default fills."""
    said = query()
    with database().read() as reading:
        plans.known_group(reading, str(group_id))
        plan = live_plan(reading) if said.get("of") == "live" else draft_plan(reading)
        today = preferences(reading).day_of(at())
    asked = said.get("week", today)
    if abs(asked - today) > EDGE:
        known: dict[str, str | int] = {"most": EDGE.days}
        raise Invalid([Problem("out-of-range", N_("At most {most} days from now."), "week", known)])
    begins = asked - timedelta(days=asked.weekday())
    slots = plan.week(group_id).slots
    calendar = calendar_of(
        off_loop(feasts, {each.country for each in slots if each.country}, today)
    )
    found = off_loop(conflicts_and_gaps, slots, calendar, today=today, week=begins)
    return jsonify(group=group_id, **_told(found, slots, begins)), 200


def _told(found: Findings, slots: Sequence[Slot], begins: date) -> dict[str, Any]:
    ids = [int(slot.id) for slot in slots]
    return {
        "conflicts": [
            {"hangs": ids[each.hangs], "waits": ids[each.waits], "day": each.day.isoformat(),
             "from": clock(each.begins), "to": clock(each.ends)}
            for each in found.conflicts
        ],
        "idle": [
            {"slot": ids[each.place], "why": each.why, "by": [ids[place] for place in each.by]}
            for each in found.idle
        ],
        "gaps": [
            {"from": _spelt(begins, since), "to": _spelt(begins, until)}
            for since, until in found.gaps
        ],
    }  # fmt: skip


def _spelt(begins: date, minutes: int) -> str:
    moment = datetime.combine(begins, time()) + timedelta(minutes=minutes)
    return moment.isoformat(timespec="minutes")
