"""Pinning: a quote that opens each round of those that hang."""

from datetime import datetime

from sqlalchemy.orm import Session

from signage.actions.hang import change_hanging, hang_quote
from signage.actions.steps import note
from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.models import Database, Decision, Quote
from signage.words import N_


def pin(
    database: Database, quote_id: int, *, user_id: int, at: datetime, until: datetime | None = None
) -> Decision:
    """Have a published quote open each round, until then or until it is unpinned. Again sets
    another end."""
    if until is not None and until <= at:
        raise Invalid([Problem("past", N_("Choose an end that lies ahead."), "until")])
    with database.write() as session:
        quote = _published(session, quote_id)
        quote.pinned_at, quote.pinned_until = at, until
        decision = note(session, quote, "pin", "published", user_id, at)
        hang_quote(session, quote, at, cause=decision.cause)  # also one that made room before
        return decision


def unpin(database: Database, quote_id: int, *, user_id: int, at: datetime) -> Decision:
    """Have it take turns like all others again. Raises Conflict where it is not pinned."""
    with database.write() as session:
        quote = _published(session, quote_id)
        if quote.pinned_at is None:
            raise Conflict
        quote.pinned_at = quote.pinned_until = None
        decision = note(session, quote, "unpin", "published", user_id, at)
        change_hanging(session, quote, at, cause=decision.cause)
        return decision


def _published(session: Session, quote_id: int) -> Quote:
    quote = session.get(Quote, quote_id)
    if quote is None:
        raise NotFound
    if quote.state != "published":
        raise Conflict
    return quote
