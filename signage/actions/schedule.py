"""What is approved and has not hung yet: to another time, or back into the queue."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.actions.decide import FURTHEST, undo
from signage.actions.steps import note
from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.models import Database, Decision, Quote
from signage.words import N_


def reschedule(
    database: Database, quote_id: int, *, publish_at: datetime, user_id: int, at: datetime
) -> Decision:
    """Have an approved quote hang at another time. Raises Conflict once it hangs, or was taken
    back."""
    if not at <= publish_at <= at + FURTHEST:
        text = N_("Choose a time from now on, at most a year ahead.")
        raise Invalid([Problem("bad-time", text, "publish_at")])
    with database.write() as session:
        quote = _approved(session, quote_id)
        quote.publish_at = publish_at
        return note(session, quote, "move", "approved", user_id, at)


def unschedule(database: Database, quote_id: int, *, user_id: int, at: datetime) -> Decision:
    """Take the approval back: the quote returns to where it came from, and no wall ever knew."""
    with database.read() as session:
        _approved(session, quote_id)
        approval = session.scalars(
            select(Decision.id)
            .where(Decision.quote_id == quote_id, Decision.verdict == "approve")
            .order_by(Decision.id.desc())
            .limit(1)
        ).one()
    return undo(database, approval, user_id=user_id, at=at)


def _approved(session: Session, quote_id: int) -> Quote:
    quote = session.get(Quote, quote_id)
    if quote is None:
        raise NotFound
    if quote.state != "approved":
        raise Conflict
    return quote
