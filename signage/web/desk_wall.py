"""On the wall: what is published; withdraw."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from signage.actions import decide
from signage.actions.bodies import pieces_of_each
from signage.actions.programme import LEASE_HOURS
from signage.actions.turns import mix_now
from signage.core import verbatim
from signage.core.roles import may
from signage.core.verbatim import Piece
from signage.models import Decision, Quote, Recall
from signage.models.deliveries import recall_deliveries
from signage.models.duplicates import counts_also
from signage.models.queue import count_in, hanging, published
from signage.web import forms
from signage.web.context import at, database, me
from signage.web.permit import allow, require, role_here
from signage.words import N_

pages = Blueprint("hanging", __name__, url_prefix="/desk")
pages.before_request(require("look"))

PAGE = 25
SHOWN = ("withdraw", "edit")
"""Decisions whose receipts the page shows."""
MODE_WORDS = {
    "as_answered": N_("As customers answered"),
    "newest": N_("Newest first"),
    "equal": N_("As many from each group"),
}


@pages.get("/wall")
def wall_page() -> str:
    """Published quotes, the newest first."""
    page, search = forms.page_number(), forms.text("search", 100)
    with database().read() as session:
        quotes = published(session, search=search, skip=(page - 1) * PAGE, size=PAGE + 1)
        hang = hanging(session)
        pieces = pieces_of_each(session, quotes[:PAGE])
        also = counts_also(session, list(pieces))
        lines = [
            {
                "quote": quote, "pieces": pieces[quote.id], "hangs": f"q{quote.id}" in hang,
                "also": also.get(quote.id, 0), "pinned": _is_pinned(quote),
            }
            for quote in quotes[:PAGE]
            if _may_be_found(pieces[quote.id], search)
        ]  # fmt: skip
        done = session.get(Decision, forms.whole("done")) if forms.whole("done") else None
        if done is not None and (done.verdict not in SHOWN or done.user_id != me().user_id):
            done = None
        recall = _recall_of(session, done)
        deliveries = recall_deliveries(
            session, [recall] if recall else [], at=at(), lease_hours=LEASE_HOURS
        )
        mix, waiting = mix_now(session, at()), count_in(session, "approved")
    return render_template(
        "desk/wall.html",
        lines=lines, page=page, more=len(quotes) > PAGE, search=search, done=done, mix=mix,
        recall=recall, delivery=deliveries[recall.id] if recall else None, reasons=decide.REASONS,
        modes=MODE_WORDS, scheduled=waiting,
    )  # fmt: skip


def _may_be_found(pieces: Sequence[Piece], search: str) -> bool:
    """Who only looks finds nothing by words that are cut or masked."""
    shown = verbatim.published(pieces).casefold()
    return may(role_here(), "moderate") or search.casefold() in shown


def _is_pinned(quote: Quote) -> bool:
    return quote.pinned_at is not None and (quote.pinned_until is None or at() < quote.pinned_until)


def _recall_of(session: Session, done: Decision | None) -> Recall | None:
    if done is None:
        return None
    return session.scalars(select(Recall).where(Recall.cause == done.cause)).one_or_none()


@pages.post("/quotes/<int:quote_id>/withdrawal")
@allow("moderate")
def withdrawal(quote_id: int) -> Response:
    """Take a quote off every wall at once."""
    decision = decide.withdraw(
        database(), quote_id, reason=forms.text("reason"), user_id=me().user_id, at=at()
    )
    return redirect(url_for("hanging.wall_page", done=decision.id, page=forms.page_number()))
