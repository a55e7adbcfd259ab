"""The walls' look, and the journey: what the company's walls call things."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from signage.actions import journey, look
from signage.actions.look import FRAMES, TITLED, Look
from signage.actions.programme import (
    GRAPHIC_RATIO,
    GROUNDS,
    TEXT_RATIO,
    programme_to_preview,
)
from signage.core.pictures import Redrawn, redraw
from signage.errors import Invalid, Problem
from signage.models import Preferences, Touchpoint, preferences
from signage.web import forms
from signage.web.context import at, database, me, off_loop
from signage.web.permit import require
from signage.words import N_, translate

pages = Blueprint("look", __name__, url_prefix="/desk/settings")
pages.before_request(require("settings"))


@pages.get("/look")
def look_page() -> str:
    """Colour, logo, titles, and where customers answer."""
    with database().read() as session:
        return _form(preferences(session), ())


@pages.post("/look")
def change() -> Response | tuple[str, int]:
    """Choose; walls follow within a second."""
    try:
        look.dress(database(), _typed(), user_id=me().user_id, at=at())
    except Invalid as invalid:
        with database().read() as session:
            return _form(preferences(session), invalid.problems), 422
    flash(translate(N_("Saved.")))
    return redirect(url_for("look.look_page"))


@pages.get("/journey")
def journey_page() -> str:
    """Touchpoints in journey order, and what walls call them."""
    return _journey(())


@pages.post("/journey")
def lay_out() -> Response | tuple[str, int]:
    """Move one touchpoint, or keep the names."""
    with database().read() as session:
        ids = list(session.scalars(select(Touchpoint.id).order_by(Touchpoint.position)))
    names = {id_: forms.text(f"shown_as_{id_}") for id_ in ids}
    try:
        order = _moved(ids, forms.whole("up"), forms.whole("down"))
        journey.lay_out(database(), order, names, user_id=me().user_id, at=at())
    except Invalid as invalid:
        return _journey(invalid.problems), 422
    flash(translate(N_("Saved.")))
    return redirect(url_for("look.journey_page"))


def _moved(ids: list[int], up: int, down: int) -> list[int]:
    """The order once one went up, or one went down; ends stay ends."""
    moved = up or down
    if moved not in ids:
        return ids
    place = ids.index(moved)
    other = min(max(place + (-1 if up else 1), 0), len(ids) - 1)
    ids[place], ids[other] = ids[other], ids[place]
    return ids


def _typed() -> Look:
    return Look(
        accent=forms.text("accent") if "own_colour" in request.form else "",
        frame=forms.text("frame"), titles={each: forms.text(f"title_{each}") for each in TITLED},
        survey_url=forms.text("survey_url"), ask=forms.text("ask"), logo=_logo(),
        no_logo="no_logo" in request.form, framed_by=forms.text("framed_by"),
    )  # fmt: skip


def _logo() -> Redrawn | None:
    file = request.files.get("logo")
    if file is None or not file.filename:
        return None
    return off_loop(redraw, file.read(), longest_side=look.LOGO_SIDE)


def _form(chosen: Preferences, problems: Sequence[Problem]) -> str:
    return render_template(
        "desk/look.html", chosen=chosen, problems=problems, frames=FRAMES, titled=TITLED,
        preview={
            "programme": programme_to_preview(chosen), "grounds": GROUNDS,
            "ratios": {"text": TEXT_RATIO, "graphic": GRAPHIC_RATIO},
        },
    )  # fmt: skip


def _journey(problems: Sequence[Problem]) -> str:
    with database().read() as session:
        touchpoints = session.scalars(select(Touchpoint).order_by(Touchpoint.position)).all()
    return render_template("desk/journey.html", touchpoints=touchpoints, problems=problems)
