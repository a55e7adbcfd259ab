"""All that ever happened to one quote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from signage.models.afterwards import Duplicate
from signage.models.delivery import Recall
from signage.models.improvement import Improvement, ImprovementQuote
from signage.models.inspection import Inspection
from signage.models.intake import Payload
from signage.models.quote import Decision, Quote
from signage.models.remark import Remark, remarks_of
from signage.models.response import SurveyResponse
from signage.models.rule import Rule, Ruling
from signage.models.tag import Tag, tags_of

MOST_OTHERS = 50


@dataclass(frozen=True, slots=True)
class History:
    """A quote and the rows behind it, each kind in the order in which it was written.

    sent: when each message about the answer arrived, the first of them with it. of: the quote that
    speaks for this one; others: some of those for which this one speaks.
    """

    quote: Quote
    sent: Sequence[datetime]
    inspection: Inspection | None
    rulings: Sequence[tuple[Ruling, Rule | None]]
    remarks: Sequence[Remark]
    recalls: Sequence[Recall]
    improvements: Sequence[Improvement]
    of: int | None
    others: Sequence[int]
    tags: Sequence[Tag]


def history_of(session: Session, quote_id: int) -> History | None:
    """As many statements for a long history as for a short one."""
    quote = session.scalars(
        select(Quote)
        .where(Quote.id == quote_id)
        .options(
            joinedload(Quote.response).joinedload(SurveyResponse.touchpoint),
            joinedload(Quote.inspection),
            selectinload(Quote.revisions),
            selectinload(Quote.decisions).joinedload(Decision.user),
            selectinload(Quote.decisions).joinedload(Decision.rule),
        )
    ).one_or_none()
    if quote is None:
        return None
    others = select(Duplicate.quote_id).where(Duplicate.of_id == quote_id)
    sent = select(Payload.received_at).where(Payload.response_id == quote.response_id)
    linked = select(Improvement).join(ImprovementQuote).where(ImprovementQuote.quote_id == quote_id)
    return History(
        quote=quote,
        sent=session.scalars(sent.order_by(Payload.id)).all(),
        inspection=quote.inspection,
        rulings=_rulings(session, quote_id),
        remarks=remarks_of(session, quote_id),
        recalls=_recalls(session, quote),
        improvements=session.scalars(linked.order_by(Improvement.id)).all(),
        of=session.scalar(select(Duplicate.of_id).where(Duplicate.quote_id == quote_id)),
        others=session.scalars(others.limit(MOST_OTHERS)).all(),
        tags=tags_of(session, [quote_id]).get(quote_id, []),
    )


def _recalls(session: Session, quote: Quote) -> Sequence[Recall]:
    """Its own, and those of the sweeps that it was part of: a sweep has one for many."""
    swept = [each for each in quote.decisions if each.withdrawal_id]
    sweeps = (and_(Recall.cause == each.cause, Recall.made_at == each.made_at) for each in swept)
    mine = or_(Recall.quote_id == quote.id, *sweeps)
    return session.scalars(select(Recall).where(mine).order_by(Recall.id)).all()


def _rulings(session: Session, quote_id: int) -> list[tuple[Ruling, Rule | None]]:
    rows = session.execute(
        select(Ruling, Rule)
        .outerjoin(Rule, Rule.id == Ruling.rule_id)
        .where(Ruling.quote_id == quote_id)
        .order_by(Ruling.id)
    )
    return [(ruling, rule) for ruling, rule in rows]
