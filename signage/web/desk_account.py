"""One's own account: name, language, password, sessions."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.actions import passwords, people, sessions
from signage.errors import Conflict, Invalid, Problem
from signage.models.people import sessions_of
from signage.web import forms
from signage.web.context import at, database, me, off_loop
from signage.web.permit import require
from signage.web.security import limiter
from signage.words import N_, translate

pages = Blueprint("own", __name__, url_prefix="/desk/account")
pages.before_request(require("own"))

LINK_STANDS_FOR_IT = timedelta(hours=1)
"""Somebody who forgot the password comes by a link, and chooses a new one without the old."""

Answer = Response | tuple[str, int]


@pages.get("")
def account_page() -> str:
    """All of it."""
    return _page(())


@pages.post("/name")
def name() -> Answer:
    """What others call the person."""
    try:
        people.rename(database(), me().user_id, request.form.get("name", ""))
    except Invalid as invalid:
        return _page(invalid.problems), 422
    return _back(N_("Saved."))


@pages.post("/password")
@limiter.limit("10/minute")
def password() -> Answer:
    """A new password; every other session ends."""
    kept = passwords.password_of(database(), me().user_id)
    given = request.form.get("old", "")[: passwords.LONGEST]
    wanted = request.form.get("password", "")
    problems = passwords.problems_of_password(wanted)
    if _asks_for_old() and not off_loop(passwords.password_fits, kept, given):
        problems.insert(0, Problem("wrong", N_("That is not your current password."), "old"))
    if problems:
        return _page(problems), 422
    try:
        passwords.change_password(
            database(), me().user_id, before=kept,
            after=off_loop(passwords.hash_password, wanted), keep=me().sign_in_id, at=at(),
        )  # fmt: skip
    except Conflict:
        problem = Problem("wrong", N_("That is not your current password."), "old")
        return _page([problem]), 422
    return _back(N_("The password is changed, and every other session has ended."))


@pages.post("/sessions/<int:sign_in_id>/ending")
def ending(sign_in_id: int) -> Response:
    """End one of one's own sessions; the one at hand leads to the sign-in page."""
    mine = me().user_id
    sessions.end_session(database(), sign_in_id, of=mine, by=mine, at=at())
    return _back(N_("The session has ended."))


@pages.post("/sessions/ending")
def ending_others() -> Response:
    """End all but the one at hand."""
    mine = me().user_id
    sessions.end_sessions(database(), of=mine, by=mine, at=at(), keep=me().sign_in_id)
    return _back(N_("All other sessions have ended."))


def _asks_for_old() -> bool:
    return me().how != "link" or at() - me().since > LINK_STANDS_FOR_IT


def _back(said: str) -> Response:
    flash(translate(said))
    return redirect(url_for("own.account_page"))


def _page(problems: Sequence[Problem]) -> str:
    with database().read() as reading:
        mine = sessions_of(reading, me().user_id, at=at())
    return render_template(
        "desk/account.html", sessions=mine, problems=problems, asks_for_old=_asks_for_old(),
        has_password=bool(passwords.password_of(database(), me().user_id)),
        name=forms.text("name") or me().name, shortest=passwords.SHORTEST,
    )  # fmt: skip
