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
from signage.actions.words import index_words
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
_TAKEN = ("source", "external_id", "comment", *COPIED)
"""Fields of a draft that become columns as they are."""
_CREATED = Outcome("created")

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
    known = known_answers(session, drafts)
    places = touchpoint_ids(session, {draft.touchpoint for draft in drafts})
    counted: Counter[TallyKey] = Counter()
    new = [draft for draft in drafts if (draft.source, draft.external_id) not in known]
    _insert(session, new, places, at, counted)
    outcomes = []
    for draft in drafts:
        row = known.get((draft.source, draft.external_id))
        outcomes.append(
            _CREATED
            if row is None
            else correct(session, row, draft, places[draft.touchpoint], at, counted)
        )
    count(session, counted)
    if any(counted.values()):
        mark_stale(session, {key.metric for key in counted})
    return outcomes


def known_answers(session: Session, drafts: Iterable[Draft]) -> dict[tuple[str, str], Row[Any]]:
    """What is recorded of these drafts' answers, by source and id."""
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
    ids, times = _new_ids(session, len(drafts)), [at] * len(drafts)
    columns = {name: [getattr(draft, name) for draft in drafts] for name in _TAKEN}
    columns["touchpoint_id"] = [places[draft.touchpoint] for draft in drafts]
    insert_many(session, insert(SurveyResponse), {**columns, "id": ids, "received_at": times})
    index_words(session, ids[0], ids[-1])
    bodies = [draft.payload for draft in drafts]
    insert_many(
        session, insert(Payload), {"response_id": ids, "received_at": times, "body": bodies}
    )
    quoted = [id_ for id_, draft in zip(ids, drafts, strict=True) if draft.comment]
    n = len(quoted)
    insert_many(
        session,
        insert(Quote),
        {"response_id": quoted, "state": ["waiting"] * n, "revision": [0] * n},
    )
    keys = (tally_key(draft, places[draft.touchpoint]) for draft in drafts)
    counted.update(key for key in keys if key is not None)


def _new_ids(session: Session, n: int) -> list[int]:
    """Ids for rows that are about to be written, in rising order."""
    if session.get_bind().dialect.name == "postgresql":
        numbers = func.pg_get_serial_sequence(SurveyResponse.__tablename__, "id")
        series = func.generate_series(1, n).table_valued()
        return sorted(session.scalars(select(func.nextval(numbers)).select_from(series)))
    # Nobody else writes until this transaction ends.
    last = session.scalar(select(func.max(SurveyResponse.id))) or 0
    return list(range(last + 1, last + 1 + n))
