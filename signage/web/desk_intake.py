"""Intake: tokens for other programs, and the way to the upload page."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from signage.actions.tokens import issue_token, revoke_token
from signage.core.scopes import RESPONSES, SCOPES
from signage.errors import Invalid
from signage.models import ApiToken, Upload
from signage.web import forms
from signage.web.context import at, database, me, parts
from signage.web.permit import allow, require

pages = Blueprint("intake", __name__, url_prefix="/desk/intake")
pages.before_request(require("intake"))

UPLOADS_SHOWN = 20


@pages.get("")
def intake_page() -> str:
    """How answers come in: files, and programs with a token."""
    return _page(())


@pages.post("/tokens")
@allow("tokens")
def token() -> Response | tuple[str, int]:
    """A new token, shown once."""
    try:
        name, scopes = forms.text("name", 200), request.form.getlist("scopes") or [RESPONSES]
        made = issue_token(database(), name, user_id=me().user_id, at=at(), scopes=scopes)
    except Invalid as invalid:
        return _page(invalid.problems), 422
    session["made_token"] = made
    return redirect(url_for("intake.intake_page"))


@pages.post("/tokens/<int:token_id>/revocation")
@allow("tokens")
def revocation(token_id: int) -> Response:
    """End a token at once."""
    revoke_token(database(), token_id, user_id=me().user_id, at=at())
    return redirect(url_for("intake.intake_page"))


def _page(problems: object) -> str:
    with database().read() as reading:
        uploads = reading.scalars(
            select(Upload)
            .where(Upload.state != "forgotten")
            .order_by(Upload.id.desc())
            .limit(UPLOADS_SHOWN)
        ).all()
        tokens = reading.scalars(
            select(ApiToken).order_by(ApiToken.revoked_at.is_not(None), ApiToken.id.desc())
        ).all()
    return render_template(
        "desk/intake.html",
        uploads=uploads, tokens=tokens, made=session.pop("made_token", None),
        problems=problems, url=parts().settings.url, scopes=SCOPES,
    )  # fmt: skip
