"""Withdrawing all that a respondent or a source said: one cause, in batches with receipts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from signage.actions import audit
from signage.actions.afterwards import log_committed
from signage.actions.decide import REASONS
from signage.actions.duplicates import tell_speakers
from signage.actions.hang import take_all_down
from signage.actions.receipts import recall_many
from signage.core.painted import Part
from signage.errors import Conflict, Invalid, Problem
from signage.models import (
    Database,
    Decision,
    Duplicate,
    ImprovementQuote,
    Quote,
    SurveyResponse,
    Withdrawal,
)
from signage.models.queue import hanging
from signage.words import N_

SCOPES = ("respondent", "source")
SHOWN = ("published", "approved", "merged")
"""States in which words hang, are about to, or are counted as said."""
BATCH = 100
NOBODY = Problem("unknown", N_("Choose a respondent or a source."), "scope")


def count_swept(session: Session, scope: str, value: str) -> int:
    """How many quotes a sweep would withdraw."""
    return session.scalar(select(func.count()).select_from(_found(scope, value).subquery())) or 0


def sweep(
    database: Database,
    *,
    scope: str,
    value: str,
    reason: str,
    expected: int,
    user_id: int,
    at: datetime,
) -> Withdrawal:
    """Begin to withdraw all that a respondent or a source said; the first batch at once. Raises
    Conflict unless there are as many as the person was asked about (`expected`)."""
    problems = []
    if scope not in SCOPES or not value:
        problems.append(NOBODY)
    if reason not in REASONS:
        problems.append(Problem("no-reason", N_("Choose a reason from the list."), "reason"))
    if problems:
        raise Invalid(problems)
    with database.write() as session:
        found = count_swept(session, scope, value)
        if found != expected or not found:
            raise Conflict
        begun = Withdrawal(
            scope=scope, value=value, reason=reason, user_id=user_id, made_at=at, found=found,
            done=0,
        )  # fmt: skip
        session.add(begun)
        session.flush()
        log_committed(session, "decided", cause=begun.cause, verdict="sweep", user=user_id)
        audit.note(
            session, "withdrawn-in-bulk", user_id=user_id, about=f"withdrawal {begun.id}",
            detail=f"{found} quotes", at=at,
        )  # fmt: skip
        _carry_on(session, begun, at)
        return begun


def carry_on(database: Database, *, at: datetime) -> int:
    """The next batch of the oldest sweep that has not ended; gives how many quotes it took. Safe to
    run twice."""
    unended = select(Withdrawal).where(Withdrawal.ended_at.is_(None)).order_by(Withdrawal.id)
    with database.read() as session:
        if session.scalars(unended.limit(1)).first() is None:
            return 0
    with database.write() as session:
        begun = session.scalars(unended.limit(1)).first()
        return 0 if begun is None else _carry_on(session, begun, at)


def _carry_on(session: Session, begun: Withdrawal, at: datetime) -> int:
    quotes = session.execute(_found(begun.scope, begun.value).order_by(Quote.id).limit(BATCH)).all()
    ids = [row.id for row in quotes]
    begun.done += len(ids)
    if len(ids) < BATCH:
        begun.ended_at = at
    if not ids:
        return 0
    session.execute(
        update(Quote).where(Quote.id.in_(ids)).values(state="withdrawn", publish_at=None)
    )
    rows = [
        {
            "quote_id": row.id, "revision": row.revision, "verdict": "withdraw",
            "before": row.state, "reason": begun.reason, "user_id": begun.user_id, "made_at": at,
            "withdrawal_id": begun.id,
        }
        for row in quotes
    ]  # fmt: skip
    session.execute(insert(Decision), rows)
    published = {row.id: row.published_at for row in quotes if row.state == "published"}
    parts = _down(session, sorted(published), begun.cause, at)
    merged = [row.id for row in quotes if row.state == "merged"]
    tell_speakers(session, merged, at, cause=begun.cause)
    session.execute(delete(Duplicate).where(Duplicate.quote_id.in_(merged)))
    if published:
        since = min(moment or at for moment in published.values())
        recall_many(session, sorted(published), parts, cause=begun.cause, since=since, at=at)
    return len(ids)


def _down(session: Session, ids: Sequence[int], cause: str, at: datetime) -> list[Part]:
    """What a screen must paint."""
    on_walls = hanging(session)
    behind = select(ImprovementQuote.quote_id).where(ImprovementQuote.quote_id.in_(ids))
    beside = set(session.scalars(behind))
    there = [id_ for id_ in ids if f"q{id_}" in on_walls or id_ in beside]
    return take_all_down(session, there, at, cause=cause) if there else []


def _found(scope: str, value: str) -> Select[*tuple[Any, ...]]:
    column = SurveyResponse.source if scope == "source" else SurveyResponse.respondent
    return (
        select(Quote.id, Quote.revision, Quote.state, Quote.published_at)
        .join(SurveyResponse, SurveyResponse.id == Quote.response_id)
        .where(Quote.state.in_(SHOWN), column == value)
    )
