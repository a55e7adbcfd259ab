"""Improvements: you said, we did."""

from collections.abc import Sequence
from typing import TypedDict

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from werkzeug.wrappers import Response

from signage.actions import improve
from signage.actions.bodies import measured_effects, pieces_of_each
from signage.actions.improve import ImprovementDraft, hangs
from signage.errors import Invalid, Problem
from signage.models import Improvement, Quote, Touchpoint
from signage.models.queue import published, quotes_with_responses
from signage.web import forms
from signage.web.context import at, database, me
from signage.web.permit import allow, require

pages = Blueprint("improvements", __name__, url_prefix="/desk/improvements")
pages.before_request(require("improve"))

PAGE = 20
MATCHES = 12


class Given(TypedDict):
    """What stands in the form."""

    did: str
    label: str
    team: str
    done_on: str
    touchpoint: str
    quotes: list[int]


@pages.get("")
@allow("look")
def list_page() -> str:
    """All improvements: those under way first, then the latest done."""
    page = forms.page_number()
    with database().read() as session:
        found = session.scalars(
            select(Improvement)
            .options(joinedload(Improvement.touchpoint), selectinload(Improvement.links))
            .order_by(Improvement.done_on.is_not(None), Improvement.done_on.desc(), Improvement.id)
            .offset((page - 1) * PAGE)
            .limit(PAGE + 1)
        ).all()
        effects = measured_effects(session, found[:PAGE], at().date())
        lines = [
            {
                "improvement": improvement,
                "hangs": hangs(improvement),
                "effect": effects.get(improvement.id),
                "quotes": len(improvement.links),
                "touchpoint": improvement.touchpoint,
            }
            for improvement in found[:PAGE]
        ]
    return render_template("desk/improvements.html", lines=lines, page=page, more=len(found) > PAGE)


@pages.get("/new")
def new_page() -> str:
    """An empty form, or one that is being filled in while quotes are looked for."""
    return _form(None, _typed(), ())


@pages.get("/<int:improvement_id>")
def edit_page(improvement_id: int) -> str:
    """One improvement, to change."""
    if request.args:
        return _form(improvement_id, _typed(), ())
    with database().read() as session:
        found = improve.load(session, improvement_id)
        given: Given = {
            "did": found.did, "label": found.label, "team": found.team,
            "done_on": found.done_on.isoformat() if found.done_on else "",
            "touchpoint": str(found.touchpoint_id or ""),
            "quotes": [link.quote_id for link in found.links],
        }  # fmt: skip
    return _form(improvement_id, given, ())


@pages.post("")
def create() -> Response | str | tuple[str, int]:
    """Write a new one down."""
    return _save(None)


@pages.post("/<int:improvement_id>")
def change(improvement_id: int) -> Response | str | tuple[str, int]:
    """Change one; one that hangs changes on the walls too."""
    return _save(improvement_id)


@pages.post("/<int:improvement_id>/publication")
def publication(improvement_id: int) -> Response:
    """Hang it."""
    improve.publish_improvement(database(), improvement_id, at=at())
    return redirect(url_for("improvements.list_page"))


@pages.post("/<int:improvement_id>/withdrawal")
def withdrawal(improvement_id: int) -> Response:
    """Take it down; it stays here and can be hung again."""
    improve.withdraw_improvement(database(), improvement_id, at=at())
    return redirect(url_for("improvements.list_page"))


def _save(improvement_id: int | None) -> Response | str | tuple[str, int]:
    if forms.text("and") == "find":
        return _form(improvement_id, _typed(), ())
    try:
        draft = ImprovementDraft(
            did=forms.text("did"), label=forms.text("label"), team=forms.text("team"),
            done_on=forms.day("done_on"), touchpoint_id=forms.whole("touchpoint") or None,
            quote_ids=tuple(_quote_ids()),
        )  # fmt: skip
        saved = improve.improve(
            database(), draft, user_id=me().user_id, at=at(), improvement_id=improvement_id
        )
        if forms.text("and") == "publish":
            improve.publish_improvement(database(), saved.id, at=at())
    except Invalid as invalid:
        return _form(improvement_id, _typed(), invalid.problems), 422
    return redirect(url_for("improvements.list_page"))


def _form(improvement_id: int | None, given: Given, problems: Sequence[Problem]) -> str:
    find = forms.text("find", 100)
    with database().read() as session:
        touchpoints = session.scalars(select(Touchpoint).order_by(Touchpoint.position)).all()
        linked = quotes_with_responses(session, given["quotes"])
        matches = published(session, search=find, skip=0, size=MATCHES) if find else []
        return render_template(
            "desk/improvement.html",
            improvement_id=improvement_id, given=given, problems=problems, find=find,
            touchpoints=touchpoints, linked=_lines(session, linked),
            matches=_lines(session, [each for each in matches if each.id not in given["quotes"]]),
        )  # fmt: skip


def _lines(session: Session, quotes: Sequence[Quote]) -> list[dict[str, object]]:
    pieces = pieces_of_each(session, quotes)
    return [{"quote": quote, "pieces": pieces[quote.id]} for quote in quotes]


def _typed() -> Given:
    return {
        "did": forms.text("did"), "label": forms.text("label"), "team": forms.text("team"),
        "done_on": forms.text("done_on"), "touchpoint": forms.text("touchpoint"),
        "quotes": _quote_ids(),
    }  # fmt: skip


def _quote_ids() -> list[int]:
    typed = request.values.getlist("quotes")[:50]
    return [int(each) for each in typed if each.isdecimal() and len(each) < 19]
