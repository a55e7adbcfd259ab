"""When the quote that spoke for others is gone, another of them speaks (docs/decisions/0047)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from signage.actions.expire import term_of
from signage.actions.steps import move, note
from signage.models import Database, Decision, Duplicate, Quote

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
        for speaker in speakers:
            _hand_on(session, speaker, at)
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


def _hand_on(session: Session, speaker: Quote, at: datetime) -> None:
    rows = session.execute(
        select(Quote, Duplicate)
        .join(Duplicate, Duplicate.quote_id == Quote.id)
        .where(Duplicate.of_id == speaker.id, Quote.state == "merged")
        .order_by(Quote.id.desc())
    ).all()
    left: list[tuple[Quote, Duplicate]] = []
    for quote, row in rows:
        if speaker.state == "expired" and term_of(session, quote, row.made_at) <= at:
            _leave(session, quote, row, "expired", at)
        else:
            left.append((quote, row))
    if left:
        _succeed(session, left, at)


def _succeed(session: Session, left: Sequence[tuple[Quote, Duplicate]], at: datetime) -> None:
    heir, own = left[0]
    _leave(session, heir, own, "waiting", at)
    for _, row in left[1:]:
        row.of_id = heir.id
    session.flush()


def _leave(session: Session, quote: Quote, row: Duplicate, state: str, at: datetime) -> None:
    move(session, quote, ("merged",), state)
    note(session, quote, "part" if state == "waiting" else "expire", "merged", None, at)
    session.delete(row)
