"""Counting answers by day."""

from collections import Counter
from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import NamedTuple, Protocol

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from signage.models import Feed, Tally
from signage.models.database import insert_many


class TallyKey(NamedTuple):
    """What an answer is counted under; blank scores are never counted."""

    day: date
    metric: str
    kind: str
    touchpoint_id: int
    segment: str
    score: int


class Counted(Protocol):
    """Anything that is counted: a draft, a response, a row of one."""

    @property
    def metric(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def score(self) -> int | None: ...
    @property
    def segment(self) -> str | None: ...
    @property
    def answered_at(self) -> datetime: ...


def tally_key(answer: Counted, touchpoint_id: int | None) -> TallyKey | None:
    """What an answer is counted under; None for a blank score."""
    if answer.score is None:
        return None
    day = answer.answered_at.astimezone(UTC).date()
    segment = answer.segment or ""
    return TallyKey(day, answer.metric, answer.kind, touchpoint_id or 0, segment, answer.score)


def count(session: Session, changes: Counter[TallyKey]) -> None:
    """Add to the tallies; negative numbers take away, and what falls to 0 is removed."""
    # Sorted, so that two writers on PostgreSQL lock rows in one order and never deadlock.
    rows = [(*key, n) for key, n in sorted(changes.items()) if n]
    if not rows:
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    add = dialect.insert(Tally)
    added = add.on_conflict_do_update(
        index_elements=list(TallyKey._fields), set_={"n": Tally.n + add.excluded.n}
    )
    columns = dict(zip((*TallyKey._fields, "n"), zip(*rows, strict=True), strict=True))
    insert_many(session, added, columns)
    for key, n in changes.items():
        if n < 0:
            session.execute(delete(Tally).filter_by(**key._asdict(), n=0))


def mark_stale(session: Session, metrics: Collection[str] | None = None) -> None:
    """Note that feeds must be computed again which go by answers: by those of `metrics`, or all."""
    goes_by = Feed.options["metric"].as_string()
    stale = update(Feed).where(goes_by.is_not(None), Feed.stale.is_(False)).values(stale=True)
    if metrics is not None:
        stale = stale.where(goes_by.in_([*metrics, "all"]))
    session.execute(stale)
