"""How long quotes wait."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from signage.models.quote import Quote
from signage.models.response import SurveyResponse


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits now. oldest, middle: when those came in; None where nothing waits."""

    n: int
    oldest: datetime | None
    middle: datetime | None


def waiting_now(session: Session) -> Waiting:
    """The queue's length, its oldest quote and the one in its middle; two statements, which look at
    no more than two answers."""
    waits = Quote.state == "waiting"
    n = session.scalar(select(func.count()).select_from(Quote).where(waits)) or 0
    # Ids rise as quotes come in.
    oldest, middle = (_received(place) for place in (0, n // 2))
    return Waiting(n, *session.execute(select(oldest, middle)).one())


def _received(place: int) -> ScalarSelect[datetime]:
    ids = select(Quote.response_id).where(Quote.state == "waiting").order_by(Quote.id)
    one = ids.offset(place).limit(1).scalar_subquery()
    return select(SurveyResponse.received_at).where(SurveyResponse.id == one).scalar_subquery()
