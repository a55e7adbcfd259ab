"""What a CX lead decides of a quote; each decision is a row, bound to the revision it saw."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage.actions import audit
from signage.actions.afterwards import log_committed
from signage.actions.bodies import latest_revision
from signage.actions.consent import check_consent, check_who, lacks_consent
from signage.actions.expire import term_of
from signage.actions.hang import hang_quote, take_down
from signage.actions.receipts import recall, take_back
from signage.actions.steps import keep_revision, move, note
from signage.core import verbatim
from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.models import Database, Decision, Quote, preferences
from signage.words import N_

REASONS = {
    "private": N_("Holds private details"),
    "staff": N_("Names or singles out a colleague"),
    "offensive": N_("Offensive"),
    "unclear": N_("Hard to understand out of context"),
    "off_topic": N_("Not about us"),
    "other": N_("Another reason"),
}
"""Why a quote is not shown; field names for programs, words for people."""

UNDOABLE = {"approve": "approved", "reject": "rejected", "set_aside": "set_aside"}
"""Decisions of the queue that can be taken back, and the state in which they can."""

FURTHEST = timedelta(days=366)
"""How far ahead a publication may lie."""

OPEN = ("waiting", "set_aside")
"""States in which a decision is still to be made."""

CLOSED = ("rejected", "withdrawn", "expired")
"""States that keep a quote off the walls, and from which it can be opened again."""


def approve(
    database: Database,
    quote_id: int,
    *,
    revision: int,
    user_id: int,
    at: datetime,
    spans: verbatim.Revision | None = None,
    publish_at: datetime | None = None,
) -> Decision:
    """Let a quote through, with cuts and masks when `spans` are given; it reaches walls when the
    grace period ends, or at `publish_at` where that is later. Raises Conflict when the quote
    changed since `revision` was seen."""
    if publish_at is not None and not at <= publish_at <= at + FURTHEST:
        text = N_("Choose a time from now on, at most a year ahead.")
        raise Invalid([Problem("bad-time", text, "publish_at")])
    with database.write() as session:
        quote = _open_quote(session, quote_id, revision)
        if spans is not None and spans != latest_revision(session, quote):
            keep_revision(session, quote, spans, user_id, at)
        verbatim.check(quote.response.comment or "", latest_revision(session, quote))
        check_consent(quote, latest_revision(session, quote), preferences(session))
        grace = timedelta(seconds=preferences(session).grace_seconds)
        decision = _decide(session, quote, "approve", "approved", user_id, at)
        quote.publish_at = max(at + grace, publish_at or at)
        if quote.publish_at == at:
            _publish(session, quote, at, decision.cause)
        return decision


def reject(
    database: Database, quote_id: int, *, revision: int, reason: str, user_id: int, at: datetime
) -> Decision:
    """Keep a quote off the walls, and say why (one of REASONS)."""
    if reason not in REASONS:
        raise Invalid([Problem("no-reason", N_("Choose a reason from the list."), "reason")])
    with database.write() as session:
        quote = _open_quote(session, quote_id, revision)
        return _decide(session, quote, "reject", "rejected", user_id, at, reason)


def set_aside(
    database: Database, quote_id: int, *, revision: int, user_id: int, at: datetime
) -> Decision:
    """Put a quote at the end of the day's work, for a second look."""
    with database.write() as session:
        quote = _open_quote(session, quote_id, revision)
        return _decide(session, quote, "set_aside", "set_aside", user_id, at)


def reopen(
    database: Database, quote_id: int, *, revision: int, user_id: int, at: datetime
) -> Decision:
    """Have a quote that is kept off the walls wait again, with its cuts and masks, however long ago
    that was decided."""
    with database.write() as session:
        quote = session.get(Quote, quote_id)
        if quote is None:
            raise NotFound
        if quote.revision != revision:
            raise Conflict
        before = quote.state
        move(session, quote, CLOSED, "waiting")
        return note(session, quote, "reopen", before, user_id, at)


def withdraw(
    database: Database, quote_id: int, *, reason: str, user_id: int, at: datetime
) -> Decision:
    """Take a published quote off every wall at once."""
    if reason not in REASONS:
        raise Invalid([Problem("no-reason", N_("Choose a reason from the list."), "reason")])
    with database.write() as session:
        quote = session.get(Quote, quote_id)
        if quote is None:
            raise NotFound
        move(session, quote, ("published",), "withdrawn")
        decision = note(session, quote, "withdraw", "published", user_id, at, reason)
        parts = take_down(session, quote.id, at, cause=decision.cause)
        recall(session, quote, parts, cause=decision.cause, at=at)
        about = f"quote {quote.id}"
        audit.note(session, "withdrawn", user_id=user_id, about=about, detail=reason, at=at)
        return decision


def revise(
    database: Database,
    quote_id: int,
    *,
    revision: int,
    spans: verbatim.Revision,
    user_id: int,
    at: datetime,
) -> int:
    """Keep cuts and masks without deciding; gives the number of the new revision."""
    with database.write() as session:
        quote = _open_quote(session, quote_id, revision)
        verbatim.check(quote.response.comment or "", spans, to_hang=False)
        check_who(quote, spans)
        return keep_revision(session, quote, spans, user_id, at)


def undo(database: Database, decision_id: int, *, user_id: int, at: datetime) -> Decision:
    """Take the latest decision on a quote back. An approval can be undone within its grace
    period, and leaves no trace on any wall; after it, the way is to withdraw (Conflict)."""
    with database.write() as session:
        decision = session.get(Decision, decision_id)
        if decision is None:
            raise NotFound
        quote = session.get(Quote, decision.quote_id)
        latest = session.scalars(
            select(Decision.id)
            .where(Decision.quote_id == decision.quote_id, Decision.verdict != "move")
            .order_by(Decision.id.desc())
            .limit(1)
        ).one()
        made = {**UNDOABLE, "withdraw": "withdrawn"}.get(decision.verdict)
        swept = decision.withdrawal_id is not None  # one cause for many: not taken back for one
        if quote is None or made is None or swept or latest != decision.id:
            raise Conflict
        move(session, quote, (made,), decision.before)
        quote.publish_at = None
        undoing = note(session, quote, "undo", made, user_id, at)
        if decision.before == "published":
            check_consent(quote, latest_revision(session, quote), preferences(session))
            take_back(session, decision.cause, at)
            hang_quote(session, quote, at, cause=undoing.cause)
        return undoing


def publish_due(database: Database, *, at: datetime) -> int:
    """Hang every approved quote whose grace period is over; gives how many. Safe to run twice."""
    with database.read() as session:
        due = session.scalars(
            select(Quote.id).where(Quote.state == "approved", Quote.publish_at <= at).limit(100)
        ).all()
    if not due:
        return 0
    with database.write() as session:
        quotes = session.scalars(
            select(Quote)
            .where(Quote.id.in_(due), Quote.state == "approved", Quote.publish_at <= at)
            .order_by(Quote.publish_at, Quote.id)
        ).all()
        causes, chosen = _approvals(session, due), preferences(session)
        for quote in quotes:
            # It may be long ago that somebody approved it: the company may have changed its mind.
            if lacks_consent(quote, chosen):
                _return(session, quote, at)
            else:
                _publish(session, quote, at, causes.get(quote.id))
        return len(quotes)


def _approvals(session: Session, quote_ids: Sequence[int]) -> dict[int, str]:
    """Quote id → the cause that its approval is."""
    latest = (
        select(Decision.quote_id, func.max(Decision.id))
        .where(Decision.quote_id.in_(quote_ids), Decision.verdict == "approve")
        .group_by(Decision.quote_id)
    )
    return {quote_id: f"d{decision_id}" for quote_id, decision_id in session.execute(latest)}


def _open_quote(session: Session, quote_id: int, revision: int) -> Quote:
    quote = session.get(Quote, quote_id)
    if quote is None:
        raise NotFound
    if quote.revision != revision or quote.state not in OPEN:
        raise Conflict
    return quote


def _decide(
    session: Session,
    quote: Quote,
    verdict: str,
    state: str,
    user_id: int,
    at: datetime,
    reason: str | None = None,
) -> Decision:
    before = quote.state
    move(session, quote, OPEN, state)
    return note(session, quote, verdict, before, user_id, at, reason)


def _return(session: Session, quote: Quote, at: datetime) -> None:
    """Back to the queue, for a person to look at again."""
    move(session, quote, ("approved",), "waiting")
    quote.publish_at = None
    note(session, quote, "person", "approved", None, at)


def _publish(session: Session, quote: Quote, at: datetime, cause: str | None) -> None:
    move(session, quote, ("approved",), "published")
    # The wall gives a new quote the stage from this moment on (docs/decisions/0003).
    quote.published_at = at
    quote.publish_at = quote.pinned_at = quote.pinned_until = None
    quote.expires_at = term_of(session, quote, at)
    note(session, quote, "publish", "approved", None, at)
    hang_quote(session, quote, at, cause=cause)
    log_committed(session, "published", cause=cause, quote=quote.id)
