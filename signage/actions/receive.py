"""Taking answers in: new ones, corrections, deletions; tallies follow in the same transaction."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.orm import Session

from signage.actions.hang import hang_again, take_down
from signage.actions.tally import TallyKey, count, mark_stale
from signage.actions.touchpoints import touchpoint_ids
from signage.intake.draft import Draft
from signage.models import Database, Payload, Quote, SurveyResponse

Status = Literal["created", "changed", "unchanged"]

_COPIED = (
    "metric", "kind", "score", "segment", "language", "respondent", "name", "role", "consent",
    "answered_at",
)  # fmt: skip
_COLUMNS = (
    SurveyResponse.id, SurveyResponse.external_id, SurveyResponse.comment,
    SurveyResponse.touchpoint_id, *(getattr(SurveyResponse, name) for name in _COPIED),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one draft.

    comment_kept: the source sent another comment than the one recorded; the first stays, since a
    customer's words are never altered, and what was sent is kept as a payload.
    """

    status: Status
    comment_kept: bool = False


def receive(database: Database, drafts: Sequence[Draft], *, at: datetime) -> list[Outcome]:
    """Take a batch in, in one transaction; outcomes stand in the order of the drafts."""
    with database.write() as session:
        return [
            outcome
            for batch in _without_repeats(drafts)
            for outcome in _receive_batch(session, batch, at)
        ]


def delete_response(database: Database, source: str, external_id: str, *, at: datetime) -> bool:
    """Erase an answer, its payloads, its quote and its count; its words leave every wall."""
    with database.write() as session:
        response = session.scalars(
            select(SurveyResponse).where(
                SurveyResponse.source == source, SurveyResponse.external_id == external_id
            )
        ).one_or_none()
        if response is None:
            return False
        quote_id = session.scalar(select(Quote.id).where(Quote.response_id == response.id))
        if quote_id is not None:
            take_down(session, quote_id, at)
        if key := _key(response):
            count(session, Counter({key: -1}))
            mark_stale(session)
        session.execute(delete(SurveyResponse).where(SurveyResponse.id == response.id))
        return True


def _without_repeats(drafts: Sequence[Draft]) -> Iterator[list[Draft]]:
    """Batches in which no key stands twice, so that a later row corrects an earlier one."""
    batch: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        if (draft.source, draft.external_id) in batch:
            yield list(batch.values())
            batch.clear()
        batch[draft.source, draft.external_id] = draft
    yield list(batch.values())


def _receive_batch(session: Session, drafts: Sequence[Draft], at: datetime) -> list[Outcome]:
    known = _known(session, drafts)
    places = touchpoint_ids(session, {draft.touchpoint for draft in drafts})
    counted: Counter[TallyKey] = Counter()
    new = [draft for draft in drafts if (draft.source, draft.external_id) not in known]
    _insert(session, new, places, at, counted)
    outcomes = []
    for draft in drafts:
        row = known.get((draft.source, draft.external_id))
        outcomes.append(
            Outcome("created")
            if row is None
            else _correct(session, row, draft, places[draft.touchpoint], at, counted)
        )
    count(session, counted)
    if any(counted.values()):
        mark_stale(session)
    return outcomes


def _known(session: Session, drafts: Iterable[Draft]) -> dict[tuple[str, str], Row[Any]]:
    by_source: dict[str, list[str]] = {}
    for draft in drafts:
        by_source.setdefault(draft.source, []).append(draft.external_id)
    return {
        (source, row.external_id): row
        for source, ids in by_source.items()
        for row in session.execute(
            select(*_COLUMNS).where(
                SurveyResponse.source == source, SurveyResponse.external_id.in_(ids)
            )
        )
    }


def _insert(
    session: Session,
    drafts: Sequence[Draft],
    places: dict[str | None, int | None],
    at: datetime,
    counted: Counter[TallyKey],
) -> None:
    if not drafts:
        return
    rows = [_values(draft, places[draft.touchpoint], at) for draft in drafts]
    ids = session.scalars(
        insert(SurveyResponse).returning(SurveyResponse.id, sort_by_parameter_order=True), rows
    ).all()
    session.execute(
        insert(Payload),
        [
            {"response_id": id_, "received_at": at, "body": draft.payload}
            for id_, draft in zip(ids, drafts, strict=True)
        ],
    )
    quotes = [
        {"response_id": id_, "state": "waiting", "revision": 0}
        for id_, draft in zip(ids, drafts, strict=True)
        if draft.comment
    ]
    if quotes:
        session.execute(insert(Quote), quotes)
    counted.update(
        key for draft in drafts if (key := _draft_key(draft, places[draft.touchpoint])) is not None
    )


def _correct(
    session: Session,
    row: Row[Any],
    draft: Draft,
    touchpoint_id: int | None,
    at: datetime,
    counted: Counter[TallyKey],
) -> Outcome:
    values: dict[str, Any] = {
        name: getattr(draft, name) for name in _COPIED if getattr(draft, name) != getattr(row, name)
    }
    if touchpoint_id != row.touchpoint_id:
        values["touchpoint_id"] = touchpoint_id
    kept = bool(row.comment and draft.comment and draft.comment != row.comment)
    if draft.comment and not row.comment:
        values["comment"] = draft.comment
        session.add(Quote(response_id=row.id, state="waiting", revision=0))
    if not values:
        return Outcome("unchanged", comment_kept=kept)
    session.execute(update(SurveyResponse).where(SurveyResponse.id == row.id).values(values))
    session.add(Payload(response_id=row.id, received_at=at, body=draft.payload))
    old, new = _key(row), _draft_key(draft, touchpoint_id)
    if old != new:
        counted.subtract([old] if old else [])
        counted.update([new] if new else [])
    hang_again(session, row.id, at)
    return Outcome("changed", comment_kept=kept)


def _values(draft: Draft, touchpoint_id: int | None, at: datetime) -> dict[str, Any]:
    values = {name: getattr(draft, name) for name in _COPIED}
    values |= {
        "source": draft.source,
        "external_id": draft.external_id,
        "comment": draft.comment,
        "touchpoint_id": touchpoint_id,
        "received_at": at,
    }
    return values


def _draft_key(draft: Draft, touchpoint_id: int | None) -> TallyKey | None:
    if draft.score is None:
        return None
    day = draft.answered_at.astimezone(UTC).date()
    return TallyKey(
        day, draft.metric, draft.kind, touchpoint_id or 0, draft.segment or "", draft.score
    )


def _key(row: Row[Any] | SurveyResponse) -> TallyKey | None:
    if row.score is None:
        return None
    day = row.answered_at.astimezone(UTC).date()
    return TallyKey(day, row.metric, row.kind, row.touchpoint_id or 0, row.segment or "", row.score)
