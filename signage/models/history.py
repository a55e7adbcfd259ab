"""All that ever happened to one quote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from signage.models.delivery import Recall
from signage.models.improvement import Improvement, ImprovementQuote
from signage.models.inspection import Inspection
from signage.models.intake import Payload
from signage.models.quote import Decision, Quote
from signage.models.response import SurveyResponse
from signage.models.rule import Rule, Ruling
from signage.models.tag import Tag, tags_of


@dataclass(frozen=True, slots=True)
class History:
    """A quote and the rows behind it, each kind in the order in which it was written.

    sent: when each message about the answer arrived, the first of them with it.
    """

    quote: Quote
    sent: Sequence[datetime]
    inspection: Inspection | None
    rulings: Sequence[tuple[Ruling, Rule | None]]
    recalls: Sequence[Recall]
    improvements: Sequence[Improvement]
    tags: Sequence[Tag]


def history_of(session: Session, quote_id: int) -> History | None:
    """As many statements for a long history as for a short one."""
    quote = session.scalars(
        select(Quote)
        .where(Quote.id == quote_id)
        .options(
            joinedload(Quote.response).joinedload(SurveyResponse.touchpoint),
            selectinload(Quote.revisions),
            selectinload(Quote.decisions).joinedload(Decision.user),
            selectinload(Quote.decisions).joinedload(Decision.rule),
        )
    ).one_or_none()
    if quote is None:
        return None
    sent = select(Payload.received_at).where(Payload.response_id == quote.response_id)
    recalls = select(Recall).where(Recall.quote_id == quote_id).order_by(Recall.id)
    linked = select(Improvement).join(ImprovementQuote).where(ImprovementQuote.quote_id == quote_id)
    return History(
        quote=quote,
        sent=session.scalars(sent.order_by(Payload.id)).all(),
        inspection=session.get(Inspection, quote_id),
        rulings=_rulings(session, quote_id),
        recalls=session.scalars(recalls).all(),
        improvements=session.scalars(linked.order_by(Improvement.id)).all(),
        tags=tags_of(session, [quote_id]).get(quote_id, []),
    )


def _rulings(session: Session, quote_id: int) -> list[tuple[Ruling, Rule | None]]:
    rows = session.execute(
        select(Ruling, Rule)
        .outerjoin(Rule, Rule.id == Ruling.rule_id)
        .where(Ruling.quote_id == quote_id)
        .order_by(Ruling.id)
    )
    return [(ruling, rule) for ruling, rule in rows]
