"""The journey: in which order touchpoints come, and what walls call them."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from signage.actions import journey
from signage.errors import Conflict, Invalid, Problem
from signage.models import Touchpoint
from signage.web import forms, stale
from signage.web.context import at, database, me
from signage.web.permit import require
from signage.words import N_, translate

pages = Blueprint("journey", __name__, url_prefix="/desk/settings")
pages.before_request(require("settings"))


@pages.get("/journey")
def journey_page() -> str:
    """Touchpoints in journey order, and what walls call them."""
    return _journey((), {})


@pages.post("/journey")
def lay_out() -> Response | tuple[str, int]:
    """Move one touchpoint, or keep the names."""
    with database().read() as session:
        ids = list(session.scalars(select(Touchpoint.id).order_by(Touchpoint.position)))
    names = {id_: forms.text(f"shown_as_{id_}") for id_ in ids if f"shown_as_{id_}" in request.form}
    try:
        order = _moved(ids, forms.whole("up"), forms.whole("down"))
        journey.lay_out(database(), order, names, user_id=me().user_id, at=at(), seen=stale.seen())
    except Invalid as invalid:
        return _journey(invalid.problems, names, seen=stale.seen()), 422
    except Conflict:
        return _journey((), names, overtaken=True), 409
    flash(translate(N_("Saved.")))
    return redirect(url_for("journey.journey_page"))


def _moved(ids: list[int], up: int, down: int) -> list[int]:
    """The order once one went up, or one went down; ends stay ends."""
    moved = up or down
    if moved not in ids:
        return ids
    place = ids.index(moved)
    other = min(max(place + (-1 if up else 1), 0), len(ids) - 1)
    ids[place], ids[other] = ids[other], ids[place]
    return ids


def _journey(
    problems: Sequence[Problem],
    typed: Mapping[int, str],
    *,
    seen: str | None = None,
    overtaken: bool = False,
) -> str:
    with database().read() as session:
        touchpoints = session.scalars(select(Touchpoint).order_by(Touchpoint.position)).all()
    now = {f"{each.id}": each.shown_as or "" for each in touchpoints}
    names = {**now, **{f"{id_}": name for id_, name in typed.items()}}
    labels = {f"{each.id}": each.name for each in touchpoints}
    return render_template(
        "desk/journey.html", touchpoints=touchpoints, names=names, problems=problems,
        stale=stale.saved_meanwhile(labels, names, now) if overtaken else None,
        seen=seen or journey.journey_seen(touchpoints),
    )  # fmt: skip
