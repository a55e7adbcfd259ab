"""What groups show when, for other programs: a draft until it is published."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import jsonify

from signage.actions import plans
from signage.actions.whole_plans import set_week
from signage.core import planning
from signage.core.feasts import countries
from signage.core.plan import Plan
from signage.core.scopes import PROGRAMME, PROGRAMME_WRITE
from signage.core.shapes import nothing_or, one_of, several, text, thing, told, whole
from signage.core.slot_checks import MOST_PRIORITY, checked_slot
from signage.core.slots import Slot
from signage.errors import Invalid, Problem
from signage.models.group import sized_groups
from signage.web.api_playlists import OF, plan_asked
from signage.web.calls import Answer, body, by_program, call, program_pages, query
from signage.web.context import at, database, off_loop
from signage.web.paging import AFTER, cut, page_shape, paged

pages = program_pages("api_weeks", "/weeks")

_SLOT = {
    "id": whole("What it has already; a new one gets its own."),
    "playlist": whole(),
    "days": several(whole("0 is Monday.", 0, 6), "On which it begins.", 7),
    "from": text("HH:MM on the screen's own clock.", 5),
    "to": text("HH:MM; not later than from: past midnight.", 5),
    "first": nothing_or(text("YYYY-MM-DD.", 10)), "last": nothing_or(text("YYYY-MM-DD.", 10)),
    "holidays": nothing_or(one_of(("not", "only"))),
    "country": nothing_or(text("Whose holidays: as SE.", 2)),
    "priority": whole("Of several the highest hangs.", 0, MOST_PRIORITY),
}  # fmt: skip
SLOT = thing(_SLOT, ("playlist", "days", "from", "to"), title="NewSlot")
_DEFAULT = nothing_or(whole("A playlist; null: the one that comes with the product."))
WEEK = told(
    {
        "group": whole("0: the screens in no group."), "default": _DEFAULT,
        "slots": several(told(_SLOT, title="Slot")),
        "revision": text("Changes with anything in it."),
    },
    title="Week",
)  # fmt: skip
CHANGE = thing({
    "default": _DEFAULT, "slots": several(SLOT, most=planning.MOST_SLOTS),
    "revision": text("What was read, to change nothing else.", 40),
})  # fmt: skip
_FIELDS = {"starts": "from", "ends": "to"}


@pages.get("")
@call(PROGRAMME, {200: page_shape("weeks", WEEK)}, asks={**OF, **AFTER})
def list_all() -> Answer:
    """The week of every group, and first of the screens in none."""
    said = query()
    plan = plan_asked(said)
    with database().read() as reading:
        ids = [0, *(int(group.id) for group in sized_groups(reading))]
    found, size = cut(said, ids, int)
    return paged("weeks", [week_told(plan, each) for each in found], size, "group")


@pages.get("/<int:group_id>")
@call(PROGRAMME, {200: WEEK}, asks=OF, errors=(404,))
def one(group_id: int) -> Answer:
    """One group's week; 0: of the screens in none."""
    said = query()
    with database().read() as reading:
        plans.known_group(reading, str(group_id))
    return jsonify(week_told(plan_asked(said), group_id)), 200


@pages.patch("/<int:group_id>")
@call(PROGRAMME_WRITE, {200: WEEK}, takes=CHANGE, errors=(404, 409))
def change(group_id: int) -> Answer:
    """Another default, or all slots anew; what is not named stays."""
    said = body()
    set_week(
        database(), str(group_id), default=id_said(said["default"]) if "default" in said else None,
        slots=slots_said(said["slots"]) if "slots" in said else None,
        seen=said.get("revision"), at=at(), by=by_program(),
    )  # fmt: skip
    return jsonify(week_told(plan_asked({}), group_id)), 200


def slots_said(said: Sequence[Mapping[str, Any]]) -> list[Slot]:
    """Slots that were said by SLOT. Raises Invalid naming each flaw by its place."""
    known, made, problems = off_loop(countries), [], []
    for place, each in enumerate(said):
        try:
            made.append(checked_slot(_slot(each), known))
        except Invalid as invalid:
            problems += [_placed(problem, place) for problem in invalid.problems]
    if problems:
        raise Invalid(problems)
    return made


def _placed(problem: Problem, place: int) -> Problem:
    name = problem.field or ""
    return replace(problem, field=f"slots.{place}.{_FIELDS.get(name, name)}")


def _slot(said: Mapping[str, Any]) -> Slot:
    return Slot(
        id_said(said["playlist"]), tuple(sorted(set(said["days"]))), said["from"], said["to"],
        said.get("first") or "", said.get("last") or "", said.get("holidays") or "",
        (said.get("country") or "").upper(), said.get("priority", 0), id_said(said.get("id")),
    )  # fmt: skip


def id_said(said: int | None) -> str:
    """As plans write it; empty: none."""
    return "" if said is None else str(said)


def week_told(plan: Plan, group_id: int) -> dict[str, Any]:
    """As WEEK has it."""
    week = plan.week(group_id)
    return {
        "group": group_id, "default": int(week.default) if week.default else None,
        "slots": [
            {**slot.told(), "id": int(slot.id), "playlist": int(slot.playlist)}
            for slot in week.slots
        ],
        "revision": planning.slots_digest(week),
    }  # fmt: skip
