"""When the quote that spoke for others is gone, another of them speaks (docs/decisions/0047)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, case, delete, insert, select, update
from sqlalchemy.orm import Session, aliased

from signage.actions.expire import ends_of
from signage.actions.steps import move_all
from signage.models import Database, Decision, Duplicate, Quote, SurveyResponse

GONE = ("rejected", "withdrawn", "expired")
SETTLED = timedelta(minutes=10)
"""Until then whoever decided may take it back, and finds all as it was."""
BATCH = 20
"""Speakers of one run; the next one goes on."""


def hand_on(database: Database, *, at: datetime) -> int:
    """Have the latest of those for whom a quote spoke that is gone wait, and speak for the rest;
    those whose own time is over end with one that expired. Gives of how many quotes. Safe to run
    twice."""
    with database.read() as session:
        if not session.scalars(_speechless(at).limit(1)).first():
            return 0
    with database.write() as session:
        speakers = session.scalars(_speechless(at).order_by(Quote.id).limit(BATCH)).all()
        _hand_on(session, speakers, at)
        return len(speakers)


def _speechless(at: datetime) -> Select[Quote]:
    member = aliased(Quote)
    speaks = (
        select(Duplicate.quote_id)
        .join(member, member.id == Duplicate.quote_id)
        .where(Duplicate.of_id == Quote.id, member.state == "merged")
    )
    lately = select(Decision.id).where(
        Decision.quote_id == Quote.id, Decision.made_at > at - SETTLED
    )
    return select(Quote).where(Quote.state.in_(GONE), speaks.exists(), ~lately.exists())


def _hand_on(session: Session, speakers: Sequence[Quote], at: datetime) -> None:
    """All of them at once: a few statements, however many each spoke for."""
    over = _over(session, [each.id for each in speakers if each.state == "expired"], at)
    heirs: dict[int, Quote] = {}
    for quote, speaker in session.execute(_merged(speakers)):
        if quote.id not in over:
            heirs.setdefault(speaker, quote)  # the latest comes first
    _leave(session, list(over.values()), "expired", at)
    _leave(session, list(heirs.values()), "waiting", at)
    if heirs:
        succeed = case({speaker: heir.id for speaker, heir in heirs.items()}, value=Duplicate.of_id)
        rest = select(Quote.id).where(Quote.state == "merged")
        session.execute(
            update(Duplicate)
            .where(Duplicate.of_id.in_(heirs), Duplicate.quote_id.in_(rest))
            .values(of_id=succeed)
        )


def _merged(speakers: Iterable[Quote]) -> Select[Quote, int]:
    """For whom they spoke, and which of them; the latest first."""
    return (
        select(Quote, Duplicate.of_id)
        .join(Duplicate, Duplicate.quote_id == Quote.id)
        .where(Duplicate.of_id.in_([each.id for each in speakers]), Quote.state == "merged")
        .order_by(Quote.id.desc())
    )


def _over(session: Session, expired: Sequence[int], at: datetime) -> Mapping[int, Quote]:
    """By id those of speakers that expired whose own time is over, too."""
    if not expired:
        return {}
    rows = session.execute(
        select(Quote, Duplicate.made_at, SurveyResponse.touchpoint_id)
        .join(Duplicate, Duplicate.quote_id == Quote.id)
        .join(SurveyResponse, SurveyResponse.id == Quote.response_id)
        .where(Duplicate.of_id.in_(expired), Quote.state == "merged")
    ).all()
    ends = ends_of(session, {quote.id: (since, place) for quote, since, place in rows})
    return {quote.id: quote for quote, _, _ in rows if ends[quote.id] <= at}


def _leave(session: Session, quotes: Sequence[Quote], state: str, at: datetime) -> None:
    ids = [quote.id for quote in quotes]
    if not ids:
        return
    move_all(session, ids, ("merged",), state)
    verdict = "part" if state == "waiting" else "expire"
    made = {"verdict": verdict, "before": "merged", "made_at": at}
    rows = [{"quote_id": quote.id, "revision": quote.revision, **made} for quote in quotes]
    session.execute(insert(Decision), rows)
    session.execute(delete(Duplicate).where(Duplicate.quote_id.in_(ids)))
