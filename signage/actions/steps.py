"""The steps that every decision is made of: moving a quote on, and the row that says who did it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from signage.actions.afterwards import log_committed
from signage.core import verbatim
from signage.errors import Conflict
from signage.models import Decision, Quote, QuoteRevision


def move(session: Session, quote: Quote, expected: tuple[str, ...], state: str) -> None:
    """A conditional UPDATE that must change exactly one row: nobody decides twice."""
    session.flush()
    moved = session.execute(
        update(Quote)
        .where(Quote.id == quote.id, Quote.state.in_(expected))
        .values(state=state)
        .returning(Quote.id)
    ).all()
    if len(moved) != 1:
        raise Conflict
    session.refresh(quote)


def move_all(
    session: Session, quote_ids: Collection[int], expected: tuple[str, ...], state: str
) -> None:
    """The same for many at once: all of them, or none."""
    session.flush()
    moved = session.execute(
        update(Quote)
        .where(Quote.id.in_(quote_ids), Quote.state.in_(expected))
        .values(state=state)
        .returning(Quote.id)
    ).all()
    if len(moved) != len(quote_ids):
        raise Conflict


def keep_revision(
    session: Session, quote: Quote, spans: verbatim.Revision, user_id: int, at: datetime
) -> int:
    """Keep cuts and masks as the quote's next revision; gives its number."""
    number = quote.revision + 1
    changed = session.execute(
        update(Quote)
        .where(Quote.id == quote.id, Quote.revision == quote.revision)
        .values(revision=number)
        .returning(Quote.id)
    ).all()
    if len(changed) != 1:
        raise Conflict
    session.add(
        QuoteRevision(
            quote_id=quote.id, number=number, spans=spans.to_json(), user_id=user_id, made_at=at
        )
    )
    session.flush()
    session.refresh(quote)
    return number


def note(
    session: Session,
    quote: Quote,
    verdict: str,
    before: str,
    user_id: int | None,
    at: datetime,
    reason: str | None = None,
) -> Decision:
    """Write down what was decided of a quote; `before` is the state that it was in until then."""
    decision = Decision(
        quote_id=quote.id,
        revision=quote.revision,
        verdict=verdict,
        before=before,
        reason=reason,
        user_id=user_id,
        made_at=at,
    )
    session.add(decision)
    session.flush()
    if user_id is not None:  # what a grace period ends with was decided before it
        log_committed(
            session, "decided", cause=decision.cause, verdict=verdict, quote=quote.id, user=user_id
        )
    return decision
