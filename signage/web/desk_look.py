"""The walls' look: colour, logo, titles, and where customers answer."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.actions import look
from signage.actions.look import FRAMES, TITLED, Look
from signage.actions.programme import (
    GRAPHIC_RATIO,
    GROUNDS,
    TEXT_RATIO,
    programme_to_preview,
)
from signage.core.pictures import Redrawn, redraw
from signage.errors import Conflict, Invalid, Problem
from signage.models import Preferences, preferences
from signage.web import forms, stale
from signage.web.context import at, database, me, off_loop
from signage.web.permit import require
from signage.words import N_, translate

pages = Blueprint("look", __name__, url_prefix="/desk/settings")
pages.before_request(require("settings"))

LABELS = {
    "accent": N_("Colour"),
    "frame": N_("Frame"),
    **{f"title_{scene}": name for scene, name in TITLED.items()},
    "survey_url": N_("Address of the survey"),
    "ask": N_("Headline above the code"),
    "framed_by": N_("Sites that may show a wall in a frame, one a line"),
}


@pages.get("/look")
def look_page() -> str:
    """Colour, logo, titles, and where customers answer."""
    with database().read() as session:
        return _form(preferences(session), preferences(session), ())


@pages.post("/look")
def change() -> Response | tuple[str, int]:
    """Choose; walls follow within a second."""
    try:
        look.dress(database(), _typed(), user_id=me().user_id, at=at(), seen=stale.seen())
    except Invalid as invalid:
        return _again(invalid.problems, seen=stale.seen()), 422
    except Conflict:
        return _again((), overtaken=True), 409
    flash(translate(N_("Saved.")))
    return redirect(url_for("look.look_page"))


def _typed() -> Look:
    return replace(_typed_but_logo(), logo=_logo())


def _typed_but_logo() -> Look:
    return Look(
        accent=forms.text("accent") if "own_colour" in request.form else "",
        frame=forms.text("frame"), titles={each: forms.text(f"title_{each}") for each in TITLED},
        survey_url=forms.text("survey_url"), ask=forms.text("ask"),
        no_logo="no_logo" in request.form, framed_by=forms.text("framed_by"),
    )  # fmt: skip


def _logo() -> Redrawn | None:
    file = request.files.get("logo")
    if file is None or not file.filename:
        return None
    return off_loop(redraw, file.read(), longest_side=look.LOGO_SIDE)


def _again(problems: Sequence[Problem], *, seen: str | None = None, overtaken: bool = False) -> str:
    """The form as it was filled in."""
    typed = _typed_but_logo()
    with database().read() as session:
        now = preferences(session)
    chosen = replace(
        now, accent=typed.accent, frame=typed.frame, titles=typed.titles,
        survey_url=typed.survey_url, ask=typed.ask, framed_by=typed.framed_by,
    )  # fmt: skip
    return _form(chosen, now, problems, seen=seen, overtaken=overtaken)


def _form(
    chosen: Preferences,
    now: Preferences,
    problems: Sequence[Problem],
    *,
    seen: str | None = None,
    overtaken: bool = False,
) -> str:
    saved = stale.saved_meanwhile(LABELS, _fields(chosen), _fields(now)) if overtaken else None
    return render_template(
        "desk/look.html", chosen=chosen, problems=problems, frames=FRAMES, titled=TITLED,
        preview={
            "programme": programme_to_preview(now if problems else chosen), "grounds": GROUNDS,
            "ratios": {"text": TEXT_RATIO, "graphic": GRAPHIC_RATIO},
        },
        stale=saved, seen=seen or look.look_seen(now), again=stale.file_was_sent(),
    )  # fmt: skip


def _fields(chosen: Preferences) -> dict[str, str]:
    titles = {f"title_{scene}": chosen.titles.get(scene, "") for scene in TITLED}
    fields = (name for name in LABELS if name not in titles)
    return {**{name: getattr(chosen, name) for name in fields}, **titles}
