"""People: who may come to the desk, as what, and where they are signed in."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from signage.actions import people, sessions
from signage.core.roles import ADMIN, LEAD, ROLES
from signage.errors import Invalid, NotFound, Problem
from signage.models.people import invitations, person, sessions_of
from signage.models.people import people as everybody
from signage.web import forms
from signage.web.context import at, database, me, parts
from signage.web.permit import require
from signage.words import N_, translate

pages = Blueprint("people", __name__, url_prefix="/desk/people")
pages.before_request(require("people"))

PAGE = 50

Answer = Response | tuple[str, int]


@pages.get("")
def list_page() -> str:
    """Everybody, and who is invited; a link just made is shown once."""
    return _list(())


@pages.post("/invitations")
def invite() -> Answer:
    """A link for one person, shown once."""
    try:
        token = people.invite_person(
            database(), role=forms.text("role"), email=forms.text("email"), by=me().user_id, at=at()
        )
    except Invalid as invalid:
        return _list(invalid.problems), 422
    session["made_invitation"] = f"{parts().settings.url}/link/{token}"
    return redirect(url_for("people.list_page"))


@pages.post("/invitations/<int:link_id>/revocation")
def revocation(link_id: int) -> Response:
    """Take an invitation back."""
    people.revoke_invitation(database(), link_id, by=me().user_id, at=at())
    flash(translate(N_("The invitation no longer works.")))
    return redirect(url_for("people.list_page"))


@pages.get("/<int:user_id>")
def person_page(user_id: int) -> str:
    """One of them: role, sessions, and the way out."""
    return _person(user_id, ())


@pages.post("/<int:user_id>/role")
def role(user_id: int) -> Answer:
    """Another role."""
    try:
        people.change_role(database(), user_id, forms.text("role"), by=me().user_id, at=at())
    except Invalid as invalid:
        return _person(user_id, invalid.problems), 422
    return _back(user_id, N_("Saved."))


@pages.post("/<int:user_id>/deactivation")
def deactivation(user_id: int) -> Answer:
    """Shut somebody out at once."""
    try:
        people.deactivate(database(), user_id, by=me().user_id, at=at())
    except Invalid as invalid:
        return _person(user_id, invalid.problems), 422
    return _back(user_id, N_("The account is deactivated, and signed out everywhere."))


@pages.post("/<int:user_id>/reactivation")
def reactivation(user_id: int) -> Response:
    """Let somebody in again."""
    people.reactivate(database(), user_id, by=me().user_id, at=at())
    return _back(user_id, N_("The account can sign in again."))


@pages.post("/<int:user_id>/sessions/<int:sign_in_id>/ending")
def ending(user_id: int, sign_in_id: int) -> Response:
    """End one of somebody's sessions."""
    sessions.end_session(database(), sign_in_id, of=user_id, by=me().user_id, at=at())
    return _back(user_id, N_("The session has ended."))


@pages.post("/<int:user_id>/sessions/ending")
def ending_all(user_id: int) -> Response:
    """End all of them."""
    with database().read() as reading:
        if person(reading, user_id, at=at()) is None:
            raise NotFound
    sessions.end_sessions(database(), of=user_id, by=me().user_id, at=at())
    return _back(user_id, N_("All sessions have ended."))


def _back(user_id: int, said: str) -> Response:
    flash(translate(said))
    return redirect(url_for("people.person_page", user_id=user_id))


def _list(problems: Sequence[Problem]) -> str:
    page = forms.page_number()
    with database().read() as reading:
        found = everybody(reading, at=at(), skip=(page - 1) * PAGE, size=PAGE + 1)
        waiting = invitations(reading, at=at())
    return render_template(
        "desk/people.html", people=found[:PAGE], page=page, more=len(found) > PAGE,
        invitations=waiting, made=session.pop("made_invitation", None), roles=ROLES,
        chosen=forms.text("role") or LEAD, email=forms.text("email"), problems=problems,
    )  # fmt: skip


def _person(user_id: int, problems: Sequence[Problem]) -> str:
    with database().read() as reading:
        found = person(reading, user_id, at=at())
        if found is None:
            raise NotFound
        signed_in = sessions_of(reading, user_id, at=at())
        admins = [
            one for one in everybody(reading, at=at()) if one.role == ADMIN and not one.disabled_at
        ]
    only = [one.id for one in admins] == [user_id]
    return render_template(
        "desk/person.html", person=found, sessions=signed_in, only_admin=only, roles=ROLES,
        problems=problems,
    )  # fmt: skip
