"""Review: one quote at a time, decided by key or button."""

import json
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from signage.actions import decide
from signage.actions.bodies import latest_revision, quote_body
from signage.actions.programme import wall_words
from signage.core.verbatim import LABELS, Revision
from signage.errors import Invalid, NotFound, Problem
from signage.models import Decision, Quote, Screen, preferences
from signage.models.queue import QueueItem, count_newer, mix_feeds, queue, quote_with_response
from signage.web import forms
from signage.web.context import at, database, me
from signage.web.permit import require
from signage.words import N_

pages = Blueprint("review", __name__, url_prefix="/desk")
pages.before_request(require("moderate"))

QUEUE_SHOWN = 30
UNDO_REMEMBERED = timedelta(minutes=10)
SCREENS_NAMED = 3
STATES = ("waiting", "set_aside")


@pages.get("/review")
def queue_page() -> str:
    """The queue and one quote of it: the one asked for, else the oldest."""
    state = forms.text("state") if forms.text("state") in STATES else "waiting"
    wanted = forms.whole("quote")
    with database().read() as session:
        items, chosen = _shown(session, state, wanted, forms.whole("first"))
        quote = quote_with_response(session, chosen.id) if chosen else None
        page = {
            "state": state,
            "newest": _newest(session),
            "items": items,
            "first": items[0].id if items else 0,
            "earlier": _earlier(session, state, items[0].id) if items else None,
            "later": items[-1].id + 1 if len(items) == QUEUE_SHOWN else None,
            "quote": quote,
            "reach": _reach(session),
            "done": _done(session, forms.whole("done")),
            "preview": _preview(session, quote) if quote else None,
            "spans": json.dumps(latest_revision(session, quote).to_json()) if quote else "{}",
            "others": queue(session, _other(state), start=0, size=1),
        }
    return render_template("desk/review.html", reasons=decide.REASONS, labels=LABELS, **page)


@pages.get("/review/newer")
def newer() -> Response:
    """How many came to wait since the page was loaded."""
    with database().read() as session:
        return jsonify(newer=count_newer(session, forms.whole("than")))


@pages.post("/quotes/<int:quote_id>/approval")
def approval(quote_id: int) -> Response:
    """Approve, with the cuts and masks drawn on the page."""
    decision = decide.approve(
        database(), quote_id, revision=forms.whole("revision"), spans=_spans(),
        user_id=me().user_id, at=at(),
    )  # fmt: skip
    return _next(quote_id, decision)


@pages.post("/quotes/<int:quote_id>/rejection")
def rejection(quote_id: int) -> Response:
    """Reject, for a reason."""
    decision = decide.reject(
        database(), quote_id, revision=forms.whole("revision"), reason=forms.text("reason"),
        user_id=me().user_id, at=at(),
    )  # fmt: skip
    return _next(quote_id, decision)


@pages.post("/quotes/<int:quote_id>/setting-aside")
def setting_aside(quote_id: int) -> Response:
    """Set aside for a second look."""
    decision = decide.set_aside(
        database(), quote_id, revision=forms.whole("revision"), user_id=me().user_id, at=at()
    )
    return _next(quote_id, decision)


@pages.post("/quotes/<int:quote_id>/revisions")
def revisions(quote_id: int) -> Response:
    """Keep cuts and masks without deciding."""
    spans = _spans() or Revision()
    decide.revise(
        database(), quote_id, revision=forms.whole("revision"), spans=spans,
        user_id=me().user_id, at=at(),
    )  # fmt: skip
    return redirect(url_for("review.queue_page", quote=quote_id, state=forms.text("state")))


@pages.post("/decisions/<int:decision_id>/undoing")
def undoing(decision_id: int) -> Response:
    """Take the latest decision on a quote back, and show the quote again."""
    undone = decide.undo(database(), decision_id, user_id=me().user_id, at=at())
    if undone.before == "withdrawn":
        return redirect(url_for("hanging.wall_page"))
    with database().read() as session:
        quote = session.get(Quote, undone.quote_id)
        state = quote.state if quote else "waiting"
        before = _undoable(session)
    return redirect(url_for("review.queue_page", quote=undone.quote_id, state=state, done=before))


def _undoable(session: Session) -> int | None:
    """This person's latest decision that can still be undone: one undo leads to the next."""
    latest = select(func.max(Decision.id)).group_by(Decision.quote_id)
    return session.scalar(
        select(func.max(Decision.id))
        .join(Quote, Quote.id == Decision.quote_id)
        .where(
            Decision.user_id == me().user_id,
            Decision.made_at > at() - UNDO_REMEMBERED,
            or_(
                *(
                    and_(Decision.verdict == verdict, Quote.state == state)
                    for verdict, state in decide.UNDOABLE.items()
                )
            ),
            Decision.id.in_(latest),
        )
    )


def _shown(
    session: Session, state: str, wanted: int, first: int
) -> tuple[list[QueueItem], QueueItem | None]:
    """The stretch of the queue on show, and the quote of it to look at.

    The stretch stays where it is while its quotes are looked through, so that no line moves under
    the hand.
    """
    if 0 < first <= wanted:
        items = queue(session, state, start=first, size=QUEUE_SHOWN)
        chosen = next((item for item in items if item.id >= wanted), None)
        if chosen:
            return items, chosen
    items = queue(session, state, start=wanted, size=QUEUE_SHOWN)
    if not items and wanted:
        items = queue(session, state, start=0, size=QUEUE_SHOWN)
    return items, items[0] if items else None


def _earlier(session: Session, state: str, than: int) -> int | None:
    """The quote just before the stretch on show."""
    return session.scalar(select(func.max(Quote.id)).where(Quote.state == state, Quote.id < than))


@dataclass(frozen=True, slots=True)
class Reach:
    """Where an approved quote will be seen. names: of the first screens; more: how many others."""

    screens: int
    names: tuple[str, ...]
    more: int


def _reach(session: Session) -> Reach | None:
    names = session.scalars(
        select(Screen.name).where(Screen.revoked_at.is_(None)).order_by(Screen.name)
    ).all()
    few = tuple(names[:SCREENS_NAMED])
    return Reach(len(names), few, len(names) - len(few)) if names else None


def _next(quote_id: int, decision: Decision) -> Response:
    state, first = forms.text("state"), forms.whole("first")
    return redirect(
        url_for("review.queue_page", quote=quote_id + 1, state=state, first=first, done=decision.id)
    )


def _spans() -> Revision | None:
    """Cuts and masks as the page sends them; None where it sends none."""
    said = request.form.get("spans", "")
    if not said:
        return None
    try:
        return Revision.from_json(json.loads(said))
    except (ValueError, RecursionError):  # no JSON, a number of too many digits, too deep
        text = N_("The cuts and masks could not be read. Load the page again.")
        raise Invalid([Problem("bad-spans", text, "spans")]) from None


def _done(session: Session, decision_id: int) -> dict[str, object] | None:
    """What was just decided, so that it can be undone."""
    decision = session.get(Decision, decision_id) if decision_id else None
    if decision is None or decision.user_id != me().user_id:
        return None
    quote = session.get(Quote, decision.quote_id)
    if quote is None:
        raise NotFound
    left = (quote.publish_at - at()).total_seconds() if quote.publish_at else 0.0
    return {"decision": decision, "quote": quote, "seconds": max(0, round(left))}


def _preview(session: Session, quote: Quote) -> dict[str, object]:
    """The untouched quote as the wall would be told it; the page lays cuts and masks over it."""
    chosen = preferences(session)
    words = wall_words(chosen.language)
    body = quote_body(session, quote)
    return {
        "body": body,
        "comment": quote.response.comment,
        "programme": {
            "title": chosen.title, "locale": chosen.language, "timezone": chosen.timezone,
            "theme": "ink", "motion": False, "diagonal_inch": 55, "distance_m": 4,
            "screen": {"id": 0, "name": "", "site": ""}, "words": words,
        },
        "feeds": mix_feeds(session),
    }  # fmt: skip


def _newest(session: Session) -> int:
    return session.scalar(select(func.max(Quote.id))) or 0


def _other(state: str) -> str:
    return "set_aside" if state == "waiting" else "waiting"
