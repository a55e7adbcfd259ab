"""The program on a screen's device: its token, and the picture that it took."""

from flask import Blueprint, Response, flash, redirect, session, url_for
from werkzeug.wrappers import Response as Answer

from signage.actions import agents
from signage.actions.screenshots import latest_picture
from signage.errors import Invalid, NotFound
from signage.web.context import at, database, me
from signage.web.looking_again import told_once
from signage.web.permit import require
from signage.words import N_, translate

pages = Blueprint("agents_desk", __name__, url_prefix="/desk/screens")
pages.before_request(require("screens"))


@pages.post("/<int:screen_id>/agent")
def make(screen_id: int) -> Answer:
    """A token for the device, shown once; the one before it ends."""
    try:
        token = agents.make_agent(database(), screen_id, at=at(), user_id=me().user_id)
    except Invalid as invalid:
        flash(invalid.problems[0].message())
    else:
        session["made_agent"] = {"screen": screen_id, "line": f'agent = "{token}"'}
    return redirect(url_for("screens.edit_page", screen_id=screen_id, _anchor="agent"))


@pages.post("/<int:screen_id>/agent/end")
def end(screen_id: int) -> Answer:
    """End it."""
    agents.end_agent(database(), screen_id, at=at(), user_id=me().user_id)
    flash(translate(N_("Its token has ended.")))
    return redirect(url_for("screens.edit_page", screen_id=screen_id, _anchor="agent"))


@pages.get("/<int:screen_id>/screenshot.webp")
def screenshot(screen_id: int) -> Response:
    """The latest picture, as long as it is kept."""
    with database().read() as reading:
        data = latest_picture(reading, screen_id, at=at())
    if data is None:
        raise NotFound
    return Response(data, mimetype="image/webp")


def line_just_made(screen_id: int | None) -> str | None:
    """The line for kiosk.toml with a token, if it was made just now."""
    made = told_once("made_agent")
    return str(made["line"]) if made and made["screen"] == screen_id else None
