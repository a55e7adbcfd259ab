"""What a group of screens shows when: its default playlist, and its slots."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from signage.actions import plans
from signage.core import planning
from signage.core.feasts import countries, feasts
from signage.core.plan import NO_GROUP, Plan, Week
from signage.core.slot_checks import checked_slot
from signage.core.slots import Calendar, Slot
from signage.core.week import calendar_of, conflicts_and_gaps, stretches_of
from signage.errors import Invalid, Problem
from signage.models import preferences
from signage.models.group import sized_groups, without_group
from signage.models.plan import PlanDraft, draft_plan
from signage.web import forms, slot_words
from signage.web.context import at, database, me, off_loop
from signage.web.country_words import by_name, country_of
from signage.web.permit import require
from signage.words import N_, translate

pages = Blueprint("weeks", __name__, url_prefix="/desk/screens/weeks")
pages.before_request(require("screens"))

EDGE = timedelta(days=4000)
KINDS = 6
"""Colours of the bars; beyond them they come again, and each bar has its words below."""
NONE = "none"
"""In addresses: the screens without a group."""

Answer = Response | tuple[str, int]


@pages.get("")
def list_page() -> str:
    """Every group with what it shows."""
    with database().read() as session:
        plan, draft = draft_plan(session), session.get(PlanDraft, 1)
        groups, alone = sized_groups(session), without_group(session)
    lines = [(NONE, "", alone, plan.week(None))]
    lines += [(str(group.id), group.name, group.screens, plan.week(group.id)) for group in groups]
    return render_template(
        "desk/weeks.html", lines=lines, plan=plan, draft=draft, name_of=slot_words.name_of
    )


@pages.get("/<group>")
def week_page(group: str) -> str:
    """One group's week, with what conflicts, never hangs, or is left to the default."""
    return _week(group, ())


@pages.post("/<group>/default")
def default(group: str) -> Answer:
    """What hangs where no slot says otherwise."""
    plans.set_default(
        database(), _key(group), forms.text("playlist", 20), at=at(), user_id=me().user_id
    )
    return _back(group)


@pages.get("/<group>/slots/new")
def new_page(group: str) -> str:
    """A form for a new slot."""
    day = Slot("", (0, 1, 2, 3, 4), "11:00", "13:00")
    return _form(group, day, "", ())


@pages.get("/<group>/slots/<int:slot_id>")
def slot_page(group: str, slot_id: int) -> str:
    """One slot, to change."""
    with database().read() as session:
        week = draft_plan(session).week(_known(session, group))
    return _form(group, planning.found(week, str(slot_id)), planning.slots_digest(week), ())


@pages.post("/<group>/slots")
def create(group: str) -> Answer:
    """A new slot."""
    return _set(group, "")


@pages.post("/<group>/slots/<int:slot_id>")
def change(group: str, slot_id: int) -> Answer:
    """A slot at other times."""
    with database().read() as session:
        planning.found(draft_plan(session).week(_known(session, group)), str(slot_id))
    return _set(group, str(slot_id))


@pages.post("/<group>/slots/<int:slot_id>/deletion")
def deletion(group: str, slot_id: int) -> Response:
    """One slot less."""
    plans.revise(
        database(), lambda _, plan: planning.delete_slot(plan, _key(group), str(slot_id)),
        at=at(), user_id=me().user_id,
    )  # fmt: skip
    flash(translate(N_("The slot is deleted from the draft.")))
    return _back(group)


def _set(group: str, slot_id: str) -> Answer:
    with database().read() as session:
        _known(session, group)
    try:
        slot = replace(_typed(), id=slot_id)
        checked = checked_slot(slot, off_loop(countries))
        plans.set_slot(
            database(), _key(group), checked, seen=forms.text("seen"), at=at(), user_id=me().user_id
        )
    except Invalid as invalid:
        return _form(group, slot, forms.text("seen"), invalid.problems), 422
    return _back(group)


def _typed() -> Slot:
    first, last = forms.text("first", 10), forms.text("last", 10)
    days = tuple(
        sorted({int(day) for day in request.form.getlist("days") if day in set("0123456")})
    )
    return Slot(
        playlist=forms.text("playlist", 20), days=days, starts=forms.text("starts", 5),
        ends=forms.text("ends", 5), first=first, last=last, holidays=forms.text("holidays", 4),
        country=forms.text("country", 2).upper(), priority=forms.whole("priority"),
    )  # fmt: skip


def _week(group: str, problems: Sequence[Problem]) -> str:
    with database().read() as session:
        key, plan = _known(session, group), draft_plan(session)
        named = plans.known_group(session, key)
        draft = session.get(PlanDraft, 1)
        today = preferences(session).day_of(at())
    asked = forms.day("week") or today
    asked = asked if abs(asked - today) < EDGE else today
    begins = asked - timedelta(days=asked.weekday())
    week = plan.week(key)
    calendar = calendar_of(
        off_loop(feasts, {slot.country for slot in week.slots if slot.country}, today)
    )
    found = off_loop(conflicts_and_gaps, week.slots, calendar, today=today, week=begins)
    return render_template(
        "desk/week.html", group=group, name=named.name if named else "", week=week, plan=plan,
        draft=draft, problems=problems, words=slot_words, begins=begins, today=today,
        days=_days(week, plan, begins, calendar), step=timedelta(days=7),
        conflicts=[slot_words.conflict_word(each, week, plan) for each in found.conflicts],
        idle=[slot_words.idle_word(each, week, plan) for each in found.idle],
        gaps=slot_words.gap_words(found.gaps),
    )  # fmt: skip


def _days(week: Week, plan: Plan, begins: date, calendar: Calendar) -> list[dict[str, object]]:
    days = (begins + timedelta(days=n) for n in range(7))
    kinds = {id_: n % KINDS for n, id_ in enumerate(week.playlists)}
    return [
        {
            "day": slot_words.day_word(day),
            "parts": [
                {"from": slot_words.clock(since), "to": slot_words.clock(until), "x": since,
                 "width": until - since, "kind": kinds[id_] if slotted else "none",
                 "slotted": slotted, "name": slot_words.name_of(plan, id_)}
                for since, until, slotted, id_ in _parts(week, day, calendar)
            ],
        }
        for day in days
    ]  # fmt: skip


def _parts(week: Week, day: date, calendar: Calendar) -> Sequence[tuple[int, int, bool, str]]:
    """From when to when of a day, whether in a slot, and which playlist: what is alike is one."""
    found: list[tuple[int, int, bool, str]] = []
    for each in stretches_of(week.slots, day, calendar):
        slot = None if each.place is None else week.slots[each.place]
        what = (slot is not None, slot.playlist if slot else week.default)
        since = found.pop()[0] if found and found[-1][2:] == what else each.begins
        found.append((since, each.ends, *what))
    return found


def _form(group: str, slot: Slot, seen: str, problems: Sequence[Problem]) -> str:
    with database().read() as session:
        named = plans.known_group(session, _known(session, group))
        plan = draft_plan(session)
        zone = preferences(session).timezone
    near, others = by_name(off_loop(countries))
    return render_template(
        "desk/slot.html", group=group, name=named.name if named else "", slot=slot, seen=seen,
        plan=plan, problems=problems, day_names=slot_words.day_names("wide"),
        near=near, others=others, country=slot.country or country_of(zone),
    )  # fmt: skip


def _known(session: Session, group: str) -> str:
    plans.known_group(session, _key(group))
    return _key(group)


def _key(group: str) -> str:
    # Its own key in the plan is no group's address.
    return NO_GROUP if group == NONE else group if group != NO_GROUP else ""


def _back(group: str) -> Response:
    return redirect(url_for("weeks.week_page", group=group))
