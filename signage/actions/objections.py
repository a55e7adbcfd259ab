"""Objecting to what a rule approved, before it hangs."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from signage.actions.steps import move, note
from signage.errors import Conflict, NotFound
from signage.models import Database, Decision, Quote, SurveyResponse


def object_to(database: Database, quote_id: int, *, user_id: int, at: datetime) -> Decision:
    """Send a quote that a rule approved back to the queue: from then on it is for people. Conflict
    where it hangs already, or somebody was faster."""
    with database.write() as session:
        quote = session.get(Quote, quote_id)
        if quote is None:
            raise NotFound
        latest = session.scalars(
            select(Decision)
            .where(Decision.quote_id == quote_id)
            .order_by(Decision.id.desc())
            .limit(1)
        ).one_or_none()
        if latest is None or latest.rule_id is None or latest.verdict != "approve":
            raise Conflict
        move(session, quote, ("approved",), "waiting")
        quote.publish_at = None
        return note(session, quote, "object", "approved", user_id, at)


def pending(session: Session, *, skip: int, size: int) -> list[tuple[Decision, Quote]]:
    """Approvals by rules whose quotes do not hang yet, the next one first."""
    latest = (
        select(func.max(Decision.id))
        .where(Decision.quote_id == Quote.id)
        .correlate(Quote)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Decision, Quote)
        .join(Quote, Quote.id == Decision.quote_id)
        .options(
            joinedload(Decision.rule),
            joinedload(Quote.response).joinedload(SurveyResponse.touchpoint),
        )
        .where(Quote.state == "approved", Decision.id == latest, Decision.rule_id.is_not(None))
        .order_by(Quote.publish_at, Quote.id)
        .offset(skip)
        .limit(size)
    )
    return [(decision, quote) for decision, quote in rows]
