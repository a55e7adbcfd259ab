"""After approval: what hangs when, which comes first, in what mix, and for how long."""

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from signage.actions import expire, pin, schedule, turns
from signage.actions.bodies import pieces_of_each
from signage.models import Tag, Touchpoint
from signage.models.queue import scheduled
from signage.web import forms
from signage.web.context import at, company_zone, database, me
from signage.web.permit import allow, require
from signage.words import N_, translate

pages = Blueprint("after", __name__, url_prefix="/desk")
pages.before_request(require("look"))

PAGE = 25


@pages.get("/wall/scheduled")
def scheduled_page() -> str:
    """What is approved and has not hung yet, the next first."""
    page = forms.page_number()
    with database().read() as session:
        quotes = scheduled(session, skip=(page - 1) * PAGE, size=PAGE + 1)
        pieces = pieces_of_each(session, quotes[:PAGE])
        lines = [{"quote": quote, "pieces": pieces[quote.id]} for quote in quotes[:PAGE]]
    return render_template("desk/scheduled.html", lines=lines, page=page, more=len(quotes) > PAGE)


@pages.post("/quotes/<int:quote_id>/time")
@allow("moderate")
def time(quote_id: int) -> Response:
    """Have an approved quote hang at another time; at once where none is given."""
    wanted = forms.moment("publish_at", company_zone()) or at()
    schedule.reschedule(database(), quote_id, publish_at=wanted, user_id=me().user_id, at=at())
    return redirect(url_for("after.scheduled_page"))


@pages.post("/quotes/<int:quote_id>/unapproval")
@allow("moderate")
def unapproval(quote_id: int) -> Response:
    """Take an approval back before the quote hangs."""
    schedule.unschedule(database(), quote_id, user_id=me().user_id, at=at())
    flash(translate(N_("Taken back. It waits in the queue again.")))
    return redirect(url_for("after.scheduled_page"))


@pages.post("/quotes/<int:quote_id>/pin")
@allow("moderate")
def pinning(quote_id: int) -> Response:
    """Have a quote open each round."""
    until = forms.moment("until", company_zone())
    pin.pin(database(), quote_id, user_id=me().user_id, at=at(), until=until)
    return redirect(url_for("hanging.wall_page", page=forms.page_number()))


@pages.post("/quotes/<int:quote_id>/unpinning")
@allow("moderate")
def unpinning(quote_id: int) -> Response:
    """Have it take turns like all others."""
    pin.unpin(database(), quote_id, user_id=me().user_id, at=at())
    return redirect(url_for("hanging.wall_page", page=forms.page_number()))


@pages.post("/wall/mix")
@allow("settings")
def mix() -> Response:
    """Choose how quotes take turns."""
    turns.choose_mix(database(), forms.text("mix"), user_id=me().user_id, at=at())
    flash(translate(N_("Saved.")))
    return redirect(url_for("hanging.wall_page"))


@pages.get("/settings/expiry")
@allow("settings")
def expiry_page() -> str:
    """How long quotes hang, by touchpoint and by tag."""
    with database().read() as session:
        terms = expire.terms(session)
        touchpoints = session.scalars(select(Touchpoint).order_by(Touchpoint.position)).all()
        tags = session.scalars(select(Tag).order_by(Tag.key)).all()
    return render_template("desk/expiry.html", terms=terms, touchpoints=touchpoints, tags=tags)


@pages.post("/settings/expiry")
@allow("settings")
def term() -> Response:
    """Let quotes of a touchpoint, or with a tag, hang longer or shorter than all others."""
    expire.set_term(
        database(), days=forms.whole("days") if forms.text("days") else None,
        touchpoint_id=forms.whole("touchpoint") or None, tag_id=forms.whole("tag") or None,
        user_id=me().user_id, at=at(),
    )  # fmt: skip
    flash(translate(N_("Saved.")))
    return redirect(url_for("after.expiry_page"))
