"""Inspecting comments: what waits for a person is looked at by the machine first.

The looking runs beside the server, a batch at a time; the transaction only writes down what was
seen.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from signage import logs
from signage.actions import made
from signage.beside import TookTooLong, beside
from signage.core.findings import Known
from signage.core.look import UNSEEN, Seen, look, look_at_each
from signage.models import Database, Inspection, Quote, SurveyResponse, lists_in_force

BATCH = 50
MOST_BATCHES = 10
"""Of one run; the next one goes on."""
WAITING = ("waiting", "set_aside")


def inspect_new(database: Database, *, at: datetime) -> int:
    """Inspect those that came since the last inspection; how many."""
    with database.read() as session:
        last = session.scalar(select(func.max(Inspection.quote_id))) or 0
    return _inspect(database, last, at)


def inspect_all(database: Database, *, at: datetime) -> int:
    """Inspect whatever waits and was not, or was with other lists; how many."""
    return _inspect(database, 0, at)


def inspect_one(database: Database, quote_id: int, *, at: datetime) -> None:
    """Have one quote inspected with the lists in force before a transaction asks what was seen:
    within it, everybody who writes would wait meanwhile."""
    with database.read() as session:
        quote = session.get(Quote, quote_id)
        known, version = lists_in_force(session)
        if quote is None or (quote.inspection and quote.inspection.version == version):
            return
        asked = quote.response.comment or "", quote.response.language, known
    seen = beside(look, *asked)
    with database.write() as session:
        _keep(session, {quote_id: seen}, version, at)
        made.place(session, [quote_id], at)  # its language may be known by now


def seen_of(session: Session, quote: Quote) -> Seen:
    """What was seen in a quote's comment: as kept, or looked at just now."""
    known, version = lists_in_force(session)
    kept = quote.inspection
    if kept is not None and kept.version == version:
        return Seen(kept.found, kept.language, kept.state == "done")
    response = quote.response
    return beside(look, response.comment or "", response.language, known)


def _inspect(database: Database, beyond: int, at: datetime) -> int:
    n = 0
    for _ in range(MOST_BATCHES):
        with database.read() as session:
            known, version = lists_in_force(session)
            batch = _batch(session, version, beyond)
        if not batch:
            break
        seen = _look(batch, known)
        with database.write() as session:
            _keep(session, seen, version, at)
        for id_ in (id_ for id_, each in seen.items() if not each.whole):
            logs.event("inspection-failed", level=logging.WARNING, quote=id_)
        n += len(batch)
        beyond = batch[-1].id
    return n


def _batch(session: Session, version: str, beyond: int) -> Sequence[Any]:
    return session.execute(
        select(Quote.id, SurveyResponse.comment, SurveyResponse.language)
        .join(SurveyResponse, SurveyResponse.id == Quote.response_id)
        .outerjoin(Inspection, Inspection.quote_id == Quote.id)
        .where(
            Quote.state.in_(WAITING),
            Quote.id > beyond,
            or_(Inspection.version.is_(None), Inspection.version != version),
        )
        .order_by(Quote.id)
        .limit(BATCH)
    ).all()


def _look(batch: Sequence[Any], known: Known) -> dict[int, Seen]:
    comments = [(row.id, row.comment or "", row.language) for row in batch]
    try:
        return beside(look_at_each, comments, known)
    except TookTooLong:
        return {row.id: UNSEEN for row in batch}


def _keep(session: Session, seen: dict[int, Seen], version: str, at: datetime) -> None:
    # One that was erased meanwhile is left alone.
    for id_ in session.scalars(select(Quote.id).where(Quote.id.in_(seen))):
        session.merge(
            Inspection(
                quote_id=id_,
                version=version,
                state="done" if seen[id_].whole else "failed",
                language=seen[id_].language,
                findings=[each.to_json() for each in seen[id_].findings],
                inspected_at=at,
            )
        )
