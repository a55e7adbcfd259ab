"""Sources, under Settings: which of them rules may decide of without a person."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from signage.actions.rules import trust
from signage.models.found import sources
from signage.models.ruleset import trusted_among
from signage.web import forms
from signage.web.context import at, database, me
from signage.web.permit import require

pages = Blueprint("sources", __name__, url_prefix="/desk/settings/sources")
pages.before_request(require("rules"))


@pages.get("")
def list_page() -> str:
    """The sources that answers came from."""
    with database().read() as session:
        named = sources(session)
        trusted = trusted_among(session, named)
    return render_template("desk/sources.html", sources=named, trusted=trusted)


@pages.post("")
def change() -> Response:
    """Trust one, or have a person look again."""
    trusted = forms.text("trusted") == "yes"
    trust(database(), forms.text("source"), trusted=trusted, user_id=me().user_id, at=at())
    return redirect(url_for("sources.list_page"))
