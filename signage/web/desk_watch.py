"""The watch over the screens: which are dark, which were, and who is told."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from signage.actions import channels
from signage.errors import Invalid, Problem
from signage.models.alerted import addresses
from signage.models.watched import count_watched, dark_now, looked_at, past_outages
from signage.web import forms
from signage.web.context import at, database, me, parts
from signage.web.permit import allow, require
from signage.web.probes import redis_advice
from signage.web.screen_lines import STATE_WORDS, states
from signage.words import N_, translate

pages = Blueprint("watch", __name__, url_prefix="/desk/screens/watch")
pages.before_request(require("screens"))

PAGE = 25
MOST_DARK = 500
PROBLEMS = {
    "timeout": N_("no answer in time"),
    "unreachable": N_("could not be reached"),
    "certificate": N_("its certificate is not valid"),
    "address": N_("its address belongs to no service"),
    "no mail server": N_("no mail server is set"),
}
"""Why a message did not arrive, in words; a status speaks for itself."""

Answer = Response | tuple[str, int]


@pages.get("")
def watch_page() -> str:
    """What is dark now, then what was; for admins where alerts go. A secret just made is shown
    once."""
    return _page(())


@pages.post("/channels")
@allow("alerts")
def add() -> Answer:
    """Have alerts sent to an address, too."""
    try:
        made = channels.add_channel(
            database(), parts().settings, forms.text("kind"), forms.text("address"),
            user_id=me().user_id, at=at(),
        )  # fmt: skip
    except Invalid as invalid:
        return _page(invalid.problems), 422
    if made.secret:
        session["made_secret"] = made.secret
    return _back(N_("Alerts go to this address from now on."))


@pages.post("/channels/<int:channel_id>/removal")
@allow("alerts")
def removal(channel_id: int) -> Response:
    """Send nothing there any more."""
    channels.remove_channel(database(), channel_id, user_id=me().user_id, at=at())
    return _back(N_("Nothing is sent to that address any more."))


@pages.post("/channels/<int:channel_id>/secret")
@allow("alerts")
def secret(channel_id: int) -> Response:
    """Another secret, shown once; the old one signs nothing any more."""
    session["made_secret"] = channels.renew_secret(
        database(), parts().settings, channel_id, user_id=me().user_id, at=at()
    )
    return redirect(url_for("watch.watch_page"))


@pages.post("/channels/<int:channel_id>/test")
@allow("alerts")
def test(channel_id: int) -> Response:
    """Send a message that says that it is a test."""
    channels.try_channel(database(), channel_id, user_id=me().user_id, at=at())
    return _back(N_("A test is on its way."))


def _page(problems: Sequence[Problem]) -> str:
    page = forms.page_number()
    with database().read() as reading:
        dark = dark_now(reading, size=MOST_DARK)
        past = past_outages(reading, skip=(page - 1) * PAGE, size=PAGE + 1)
        told, looked = addresses(reading), looked_at(reading)
        by_state = count_watched(reading, states(reading))
    return render_template(
        "desk/watch.html",
        dark=dark, past=past[:PAGE], more=len(past) > PAGE, page=page, addresses=told,
        looked_at=looked, by_state=by_state, states=STATE_WORDS, problems=problems, why=PROBLEMS,
        made=session.pop("made_secret", None),
        kind=forms.text("kind") or "email", address=forms.text("address"),
        mail=bool(parts().settings.smtp_host), redis_advice=redis_advice(parts()),
    )  # fmt: skip


def _back(text: str) -> Response:
    flash(translate(text))
    return redirect(url_for("watch.watch_page"))
