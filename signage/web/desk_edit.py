"""Editing a quote that hangs."""

import json
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from signage.actions.bodies import latest_revision, quote_body
from signage.actions.edit import edit
from signage.actions.programme import programme_to_preview
from signage.actions.shortcuts import chosen_keys
from signage.core.attribution import choices
from signage.core.shortcuts import in_force
from signage.core.verbatim import LABELS
from signage.errors import Conflict, NotFound
from signage.models import Quote, preferences
from signage.models.queue import mix_feeds, quote_with_response
from signage.web import forms
from signage.web.context import at, database, me
from signage.web.marks import spans_given
from signage.web.permit import require
from signage.words import N_, translate

pages = Blueprint("edit", __name__, url_prefix="/desk/quotes")
pages.before_request(require("moderate"))


@pages.get("/<int:quote_id>/edit")
def edit_page(quote_id: int) -> str:
    """The customer's words with their cuts and masks, and the wall as it would be."""
    with database().read() as session:
        quote = quote_with_response(session, quote_id)
        if quote is None:
            raise NotFound
        if quote.state != "published":
            raise Conflict
        revision, response = latest_revision(session, quote), quote.response
        spans = json.dumps(revision.to_json())
        whos = choices(response.consent, response.name, response.role)
        preview = _preview(session, quote)
        keys = in_force(chosen_keys(session, me().user_id))
    return render_template(
        "desk/edit.html",
        quote=quote,
        spans=spans,
        preview={**preview, "keys": keys},
        keys=keys,
        labels=LABELS,
        whos=whos,
        who=preview["body"]["who"]["kind"],
    )


@pages.post("/<int:quote_id>/edit")
def change(quote_id: int) -> Response:
    """Have it hang with other cuts and masks."""
    with database().read() as session:
        if session.get(Quote, quote_id) is None:
            raise NotFound
    decision = edit(
        database(), quote_id, revision=forms.whole("revision"), spans=spans_given(),
        user_id=me().user_id, at=at(),
    )  # fmt: skip
    with database().read() as session:
        quote = session.get(Quote, quote_id)
        refused = quote is not None and quote.state != "published"
    if refused:
        flash(
            translate(
                N_("A rule wants a person to look: it was taken down and waits in the queue.")
            )
        )
    return redirect(url_for("hanging.wall_page", done=decision.id))


def _preview(session: Session, quote: Quote) -> dict[str, Any]:
    """The quote as the wall is told it, for the page's script to lay cuts and masks over it."""
    return {
        "body": quote_body(session, quote),
        "comment": quote.response.comment,
        "programme": programme_to_preview(preferences(session)),
        "feeds": mix_feeds(session),
    }
