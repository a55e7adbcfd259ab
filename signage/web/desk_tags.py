"""Beside the decision on one quote: tags put on and taken off, findings kept as they are."""

from flask import Blueprint, jsonify, redirect, url_for
from werkzeug.wrappers import Response

from signage.actions.keep_finding import keep_finding
from signage.actions.tags import tag, untag
from signage.models.tag import all_tags, tags_of
from signage.web import forms
from signage.web.context import at, database, me
from signage.web.mistakes import wants_json
from signage.web.permit import require

pages = Blueprint("tagging", __name__, url_prefix="/desk")
pages.before_request(require("moderate"))


@pages.post("/quotes/<int:quote_id>/tags")
def put(quote_id: int) -> Response:
    """Give the quote a tag."""
    tag(database(), quote_id, forms.text("tag"), user_id=me().user_id, at=at())
    return _tagged(quote_id)


@pages.post("/quotes/<int:quote_id>/tags/<int:tag_id>/removal")
def take(quote_id: int, tag_id: int) -> Response:
    """Take a tag off."""
    untag(database(), quote_id, tag_id, user_id=me().user_id, at=at())
    return _tagged(quote_id)


@pages.post("/quotes/<int:quote_id>/findings")
def keep(quote_id: int) -> tuple[str, int]:
    """Keep a finding as it is, or take that back."""
    span = forms.whole("start"), forms.whole("end")
    keep_finding(
        database(), quote_id, span, kept=forms.text("kept") == "yes", user_id=me().user_id, at=at()
    )
    return "", 204


def _tagged(quote_id: int) -> Response:
    if not wants_json():
        state = forms.text("state")
        return redirect(url_for("review.queue_page", quote=quote_id, state=state))
    with database().read() as session:
        tags = tags_of(session, [quote_id]).get(quote_id, [])
        known = [each.name for each in all_tags(session)]
    return jsonify(tags=[{"id": each.id, "name": each.name} for each in tags], known=known)
