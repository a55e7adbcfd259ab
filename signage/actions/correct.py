"""A later message about an answer that is here already."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Literal

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from signage.actions.hang import hang_again
from signage.actions.receipts import recall
from signage.actions.screenshots import drop_screenshots
from signage.actions.tally import TallyKey, tally_key
from signage.core.scores import SCALES, Metric
from signage.errors import Problem
from signage.intake.draft import Draft
from signage.models import Payload, Quote, SurveyResponse
from signage.words import N_

Status = Literal["created", "changed", "unchanged", "refused"]

COPIED = (
    "metric",
    "kind",
    "score",
    "segment",
    "language",
    "respondent",
    "name",
    "role",
    "consent",
    "consent_at",
    "consent_source",
    "consent_scope",
    "answered_at",
)
"""Fields that go from draft to response as they are."""
NAMES = {"name", "role", "consent"}
"""Those that say how a customer is named."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one draft.

    comment_kept: the source sent another comment than the one recorded; the first stays, since a
    customer's words are never altered, and what was sent is kept as a payload.
    problem: why a correction was refused.
    """

    status: Status
    comment_kept: bool = False
    problem: Problem | None = None


def correct(
    session: Session,
    row: Row[Any],
    draft: Draft,
    touchpoint_id: int | None,
    at: datetime,
    counted: Counter[TallyKey],
) -> Outcome:
    """Bring an answer up to what the draft gives; what it does not give stays."""
    values = _changes(row, draft, touchpoint_id)
    after = SimpleNamespace(**{**row._asdict(), **values})
    if wrong := off_scale(after.metric, after.score):
        return Outcome("refused", problem=wrong)
    kept = bool(row.comment and draft.comment and draft.comment != row.comment)
    if kept or values:
        _keep_payload(session, row.id, draft, at)
    if not values:
        return Outcome("unchanged", comment_kept=kept)
    session.execute(update(SurveyResponse).where(SurveyResponse.id == row.id).values(values))
    if "comment" in values:
        session.add(Quote(response_id=row.id, state="waiting", revision=0))
    _recount(row, after, counted)
    cause = f"c{row.id}"
    quote, parts = hang_again(session, row.id, at, cause=cause)
    if quote is not None and parts:
        recall(session, quote, parts, cause=cause, at=at)
    elif quote is not None and NAMES & values.keys():  # it may have hung until lately
        drop_screenshots(session, at)
    return Outcome("changed", comment_kept=kept)


def _changes(row: Row[Any], draft: Draft, touchpoint_id: int | None) -> dict[str, Any]:
    values = {
        name: getattr(draft, name)
        for name in COPIED
        if name in draft.given and getattr(draft, name) != getattr(row, name)
    }
    if draft.touchpoint and touchpoint_id != row.touchpoint_id:
        values["touchpoint_id"] = touchpoint_id
    if draft.comment and not row.comment:
        values["comment"] = draft.comment
    return values


def off_scale(metric: Metric, score: int | None) -> Problem | None:
    """A score alone was checked against the metric that the draft took for granted."""
    low, high = SCALES[metric]
    if score is None or low <= score <= high:
        return None
    text = N_("The score must be a whole number from {low} to {high}.")
    return Problem("score-out-of-range", text, "score", {"low": low, "high": high})


def _keep_payload(session: Session, response_id: int, draft: Draft, at: datetime) -> None:
    bodies = session.scalars(select(Payload.body).where(Payload.response_id == response_id))
    if draft.payload not in bodies.all():
        session.add(Payload(response_id=response_id, received_at=at, body=draft.payload))


def _recount(before: Row[Any], after: SimpleNamespace, counted: Counter[TallyKey]) -> None:
    old = tally_key(before, before.touchpoint_id)
    new = tally_key(after, after.touchpoint_id)
    if old != new:
        counted.subtract([old] if old else [])
        counted.update([new] if new else [])
