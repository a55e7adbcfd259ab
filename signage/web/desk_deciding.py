"""Deciding: by form, answered with the next page; by script, answered in JSON.

What came too late is refused whole, and answered with the quote as it is now.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Blueprint, jsonify, redirect, url_for
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from signage.actions import decide
from signage.errors import Conflict, NotFound
from signage.models import Decision, Quote
from signage.models.desk_news import last_decision
from signage.models.queue import quote_with_response
from signage.web import forms
from signage.web.context import at, company_zone, database, me
from signage.web.marks import spans_given, spans_of
from signage.web.mistakes import conflict_details, wants_json
from signage.web.pages import day_time
from signage.web.permit import require
from signage.web.review_card import card_page, decided_body

pages = Blueprint("deciding", __name__, url_prefix="/desk")
pages.before_request(require("moderate"))

UNDO_REMEMBERED = timedelta(minutes=10)

Answer = Response | tuple[Response, int]


@pages.post("/quotes/<int:quote_id>/approval")
def approval(quote_id: int) -> Answer:
    """Approve, with the cuts and masks drawn on the page; at once, or for a time ahead."""
    spans, publish_at = spans_of(), forms.moment("publish_at", company_zone())
    return _decided(
        quote_id,
        lambda: decide.approve(
            database(), quote_id, revision=forms.whole("revision"), spans=spans,
            publish_at=publish_at, user_id=me().user_id, at=at(),
        ),
    )  # fmt: skip


@pages.post("/quotes/<int:quote_id>/rejection")
def rejection(quote_id: int) -> Answer:
    """Reject, for a reason."""
    return _decided(
        quote_id,
        lambda: decide.reject(
            database(), quote_id, revision=forms.whole("revision"), reason=forms.text("reason"),
            user_id=me().user_id, at=at(),
        ),
    )  # fmt: skip


@pages.post("/quotes/<int:quote_id>/setting-aside")
def setting_aside(quote_id: int) -> Answer:
    """Set aside for a second look."""
    return _decided(
        quote_id,
        lambda: decide.set_aside(
            database(), quote_id, revision=forms.whole("revision"), user_id=me().user_id, at=at()
        ),
    )


@pages.post("/quotes/<int:quote_id>/revisions")
def revisions(quote_id: int) -> Response:
    """Keep cuts and masks without deciding."""
    decide.revise(
        database(), quote_id, revision=forms.whole("revision"), spans=spans_given(),
        user_id=me().user_id, at=at(),
    )  # fmt: skip
    return redirect(url_for("review.queue_page", quote=quote_id, state=forms.text("state")))


@pages.post("/decisions/<int:decision_id>/undoing")
def undoing(decision_id: int) -> Answer:
    """Take the latest decision on a quote back, and show the quote again."""
    try:
        undone = decide.undo(database(), decision_id, user_id=me().user_id, at=at())
    except Conflict:
        with database().read() as session:
            decision = session.get(Decision, decision_id)
        return _too_late(decision.quote_id if decision else 0)
    if undone.before == "withdrawn":
        return redirect(url_for("hanging.wall_page"))
    with database().read() as session:
        quote = session.get(Quote, undone.quote_id)
        state = quote.state if quote else "waiting"
        before = _undoable(session)
    if wants_json():
        return jsonify(quote=undone.quote_id, state=state, undoable=before)
    return redirect(url_for("review.queue_page", quote=undone.quote_id, state=state, done=before))


def just_decided(session: Session, decision_id: int) -> dict[str, object] | None:
    """What this person just decided, so that it can be undone."""
    decision = session.get(Decision, decision_id) if decision_id else None
    if decision is None or decision.user_id != me().user_id:
        return None
    quote = session.get(Quote, decision.quote_id)
    if quote is None:
        raise NotFound
    seconds = _seconds_left(quote.publish_at)
    return {"decision": decision, "quote": quote, "seconds": seconds, "on": _on(quote.publish_at)}


def _decided(quote_id: int, act: Callable[[], Decision]) -> Answer:
    try:
        decision = act()
    except Conflict:
        return _too_late(quote_id)
    if not wants_json():
        state, first = forms.text("state"), forms.whole("first")
        return redirect(
            url_for(
                "review.queue_page", quote=quote_id + 1, state=state, first=first, done=decision.id
            )
        )
    with database().read() as session:
        quote = session.get(Quote, quote_id)
        publish_at = quote.publish_at if quote else None
    return jsonify(
        decision=decision.id, quote=quote_id, verdict=decision.verdict,
        seconds=_seconds_left(publish_at), on=_on(publish_at),
    )  # fmt: skip


def _too_late(quote_id: int) -> Answer:
    """409, with the quote as it is now for a script."""
    if not wants_json():
        raise Conflict
    with database().read() as session:
        quote = quote_with_response(session, quote_id)
        if quote is None:
            raise NotFound
        decided = decided_body(last_decision(session, quote_id))
        fresh = {
            "quote": quote.id, "revision": quote.revision, "state": quote.state,
            "decided": decided, "card": card_page(session, quote),
            "seconds": _seconds_left(quote.publish_at), "on": _on(quote.publish_at),
        }  # fmt: skip
    return conflict_details(fresh=fresh)


def _seconds_left(publish_at: datetime | None) -> int:
    return max(0, round((publish_at - at()).total_seconds())) if publish_at else 0


def _on(publish_at: datetime | None) -> str:
    """When it will hang, where that is no matter of seconds."""
    return day_time(publish_at) if _seconds_left(publish_at) > 600 else ""


def _undoable(session: Session) -> int | None:
    """This person's latest decision that can still be undone: one undo leads to the next."""
    latest = select(func.max(Decision.id)).group_by(Decision.quote_id)
    undoable = (
        and_(Decision.verdict == verdict, Quote.state == state)
        for verdict, state in decide.UNDOABLE.items()
    )
    return session.scalar(
        select(func.max(Decision.id))
        .join(Quote, Quote.id == Decision.quote_id)
        .where(
            Decision.user_id == me().user_id,
            Decision.made_at > at() - UNDO_REMEMBERED,
            or_(*undoable),
            Decision.id.in_(latest),
        )
    )
