"""Find: every quote that ever came in, by its words and by what became of it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from signage.actions import decide
from signage.actions.views import delete_view, keep_view
from signage.core.searching import Stretch, marked
from signage.models import Database, Quote, Touchpoint, User, preferences
from signage.models.found import STATES, Filters, count_found, found, languages, sources
from signage.models.tag import all_tags, tags_of
from signage.models.views import views_of
from signage.web import forms
from signage.web.context import at, database, me, off_loop
from signage.web.filters import asked, filters_of, nothing_to_look_for, only_filters
from signage.web.permit import require
from signage.words import N_, translate

pages = Blueprint("find", __name__, url_prefix="/desk")
pages.before_request(require("moderate"))

PAGE = 50
SHOWN = 320
"""Characters of a comment."""


@pages.get("/find")
def find_page() -> str:
    """What the filters let through, the newest answer first."""
    query, nothing = asked(), nothing_to_look_for()
    with database().read() as session:
        chosen = preferences(session)
        filters = filters_of(chosen.timezone)
        page = {
            "touchpoints": session.scalars(select(Touchpoint).order_by(Touchpoint.position)).all(),
            "people": session.scalars(select(User).order_by(User.name, User.id)).all(),
            "tags": all_tags(session),
            "languages_told": languages(session),
            "sources": sources(session),
            "views": _views(session),
        }
    before, after = forms.whole("before"), forms.whole("after")
    # A word that is everywhere, or one that is nowhere among a million, takes its time.
    result = {} if nothing else off_loop(_result, database(), filters, before, after)
    return render_template(
        "desk/find.html", query=query, states=STATES, nothing=nothing, closed=decide.CLOSED,
        open=decide.OPEN, paged=bool(before or after), **page, **result,
    )  # fmt: skip


@pages.post("/find/views")
def views() -> Response:
    """Keep the filters by a name."""
    query, shared = asked(), bool(forms.text("shared"))
    name = forms.text("name", 200)
    keep_view(database(), name=name, shared=shared, query=query, user_id=me().user_id, at=at())
    flash(translate(N_("Saved.")))
    return _to(query)


@pages.post("/find/views/<int:view_id>/deletion")
def view_deletion(view_id: int) -> Response:
    """Delete a view of one's own."""
    delete_view(database(), view_id, user_id=me().user_id)
    flash(translate(N_("Deleted.")))
    return _to(asked())


@pages.post("/quotes/<int:quote_id>/reopening")
def reopening(quote_id: int) -> Response:
    """Have a quote that is kept off the walls wait again, and look at it."""
    revision = forms.whole("revision")
    decide.reopen(database(), quote_id, revision=revision, user_id=me().user_id, at=at())
    return redirect(url_for("review.queue_page", quote=quote_id))


def _to(query: Mapping[str, object]) -> Response:
    return redirect(url_for("find.find_page", **dict[str, Any](query)))


def _result(data: Database, filters: Filters, before: int, after: int) -> dict[str, object]:
    with data.read() as session:
        quotes = found(session, filters, before=before, after=after, size=PAGE + 1)
        more = len(quotes) > PAGE
        quotes = quotes[-PAGE:] if after else quotes[:PAGE]
        return {
            "lines": [(quote, _words(quote, filters)) for quote in quotes],
            "tagged": tags_of(session, [quote.id for quote in quotes]),
            "n": count_found(session, filters),
            "newer": quotes[0].response_id if quotes and (more if after else before) else None,
            "older": quotes[-1].response_id if quotes and (more or after) else None,
        }


def _words(quote: Quote, filters: Filters) -> tuple[Stretch, ...]:
    return marked(quote.response.comment or "", filters.terms, most=SHOWN)


def _views(session: Session) -> list[dict[str, object]]:
    return [
        {"view": view, "query": only_filters(view.query), "mine": view.user_id == me().user_id}
        for view in views_of(session, me().user_id)
    ]
