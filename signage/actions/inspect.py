"""Inspecting comments: what waits for a person is looked at by the machine first.

The looking runs off the loop, a batch at a time; the transaction only writes down what was seen.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from signage import logs
from signage.core.findings import Finding, Known, find, is_whole
from signage.core.languages import detect
from signage.models import Database, Inspection, Quote, SurveyResponse, lists_in_force
from signage.offloop import off_loop

BATCH = 50
MOST_BATCHES = 10
"""Of one run; the next one goes on."""
WAITING = ("waiting", "set_aside")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in one comment. whole: all of it was read, and nothing failed."""

    findings: tuple[Finding, ...]
    language: str | None
    whole: bool


def inspect_new(database: Database, *, at: datetime) -> int:
    """Inspect those that came since the last inspection; how many."""
    with database.read() as session:
        last = session.scalar(select(func.max(Inspection.quote_id))) or 0
    return _inspect(database, last, at)


def inspect_all(database: Database, *, at: datetime) -> int:
    """Inspect whatever waits and was not, or was with other lists; how many."""
    return _inspect(database, 0, at)


def look(comment: str, language: str | None, known: Known) -> Seen:
    """Look at one comment. Never raises: what cannot be read is not whole."""
    try:
        detected = detect(comment)
        found = find(comment, language=language or detected, known=known)
    except Exception:  # nobody must take it for a comment in which nothing was found
        return Seen((), None, whole=False)
    return Seen(found, detected, is_whole(comment))


def seen_of(session: Session, quote: Quote) -> Seen:
    """What was seen in a quote's comment: as kept, or looked at just now."""
    known, version = lists_in_force(session)
    kept = quote.inspection
    if kept is not None and kept.version == version:
        return Seen(kept.found, kept.language, kept.state == "done")
    response = quote.response
    return off_loop(look, response.comment or "", response.language, known)


def _inspect(database: Database, beyond: int, at: datetime) -> int:
    n = 0
    for _ in range(MOST_BATCHES):
        with database.read() as session:
            known, version = lists_in_force(session)
            batch = _batch(session, version, beyond)
        if not batch:
            break
        seen = off_loop(_look_at_each, batch, known)
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


def _look_at_each(batch: Sequence[Any], known: Known) -> dict[int, Seen]:
    return {row.id: look(row.comment or "", row.language, known) for row in batch}


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
