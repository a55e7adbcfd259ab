"""Editing what hangs: a new revision, which the person who makes it approves."""

from datetime import datetime

from sqlalchemy.orm import Session

from signage.actions.apply_rules import outcome
from signage.actions.bodies import latest_revision, quote_body, words_taken
from signage.actions.consent import check_consent
from signage.actions.expire import follow_terms
from signage.actions.hang import change_hanging, hang_quote, take_down
from signage.actions.inspect import inspect_one
from signage.actions.receipts import recall
from signage.actions.steps import keep_revision, move, note
from signage.core import verbatim
from signage.errors import Conflict, NotFound
from signage.models import Database, Decision, Quote, preferences


def edit(
    database: Database,
    quote_id: int,
    *,
    revision: int,
    spans: verbatim.Revision,
    user_id: int,
    at: datetime,
) -> Decision:
    """Publish a quote with other cuts and masks, or its customer named otherwise. Walls change it
    in place, and what is told no more is recalled. Where a rule refuses, it is taken down and waits
    in the queue; where a rule limits it, it hangs where that lets it. Raises Conflict when it
    changed since `revision` was seen, or hangs no more."""
    inspect_one(database, quote_id, at=at)
    with database.write() as session:
        quote = session.get(Quote, quote_id)
        if quote is None:
            raise NotFound
        if quote.state != "published" or quote.revision != revision:
            raise Conflict
        verbatim.check(quote.response.comment or "", spans)
        check_consent(quote, spans, preferences(session))
        before = quote_body(session, quote)
        if spans != latest_revision(session, quote):
            keep_revision(session, quote, spans, user_id, at)
        decision = note(session, quote, "edit", "published", user_id, at)
        was_limited = not quote.may_hang_in("quotes")
        if outcome(session, quote, at).refuses:
            _back_to_the_queue(session, quote, decision, at)
            return decision
        parts = change_hanging(session, quote, at, cause=decision.cause)
        if was_limited:
            hang_quote(session, quote, at, cause=decision.cause)
        if parts or words_taken(before, quote_body(session, quote)):
            recall(session, quote, parts, cause=decision.cause, at=at)
        follow_terms(session, at, quote.id)  # rules may have put tags on it
        return decision


def _back_to_the_queue(session: Session, quote: Quote, decision: Decision, at: datetime) -> None:
    move(session, quote, ("published",), "waiting")
    parts = take_down(session, quote.id, at, cause=decision.cause)
    recall(session, quote, parts, cause=decision.cause, at=at)
