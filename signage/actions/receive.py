"""Taking answers in: new ones and corrections; tallies follow in the same transaction."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select
from sqlalchemy.orm import Session

from signage.actions.correct import COPIED, Outcome, correct
from signage.actions.tally import TallyKey, count, mark_stale, tally_key
from signage.actions.touchpoints import touchpoint_ids
from signage.intake.draft import Draft
from signage.models import Database, Payload, Quote, SurveyResponse
from signage.models.database import insert_many

_COLUMNS = (
    SurveyResponse.id,
    SurveyResponse.external_id,
    SurveyResponse.comment,
    SurveyResponse.touchpoint_id,
    *(getattr(SurveyResponse, name) for name in COPIED),
)

Places = dict[str | None, int | None]


def receive(database: Database, drafts: Sequence[Draft], *, at: datetime) -> list[Outcome]:
    """Take a batch in, in one transaction; outcomes stand in the order of the drafts."""
    with database.write() as session:
        return [
            outcome
            for batch in _without_repeats(drafts)
            for outcome in _receive_batch(session, batch, at)
        ]


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
            else correct(session, row, draft, places[draft.touchpoint], at, counted)
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
    places: Places,
    at: datetime,
    counted: Counter[TallyKey],
) -> None:
    if not drafts:
        return
    ids = _new_ids(session, len(drafts))
    rows = [
        {"id": id_, **_values(draft, places[draft.touchpoint], at)}
        for id_, draft in zip(ids, drafts, strict=True)
    ]
    insert_many(session, insert(SurveyResponse), rows)
    payloads = [
        {"response_id": id_, "received_at": at, "body": draft.payload}
        for id_, draft in zip(ids, drafts, strict=True)
    ]
    insert_many(session, insert(Payload), payloads)
    quotes = [
        {"response_id": id_, "state": "waiting", "revision": 0}
        for id_, draft in zip(ids, drafts, strict=True)
        if draft.comment
    ]
    if quotes:
        insert_many(session, insert(Quote), quotes)
    keys = (tally_key(draft, places[draft.touchpoint]) for draft in drafts)
    counted.update(key for key in keys if key is not None)


def _new_ids(session: Session, n: int) -> Sequence[int]:
    last = session.scalar(select(func.max(SurveyResponse.id))) or 0
    return range(last + 1, last + 1 + n)


def _values(draft: Draft, touchpoint_id: int | None, at: datetime) -> dict[str, Any]:
    values = {name: getattr(draft, name) for name in COPIED}
    values |= {
        "source": draft.source,
        "external_id": draft.external_id,
        "comment": draft.comment,
        "touchpoint_id": touchpoint_id,
        "received_at": at,
    }
    return values
