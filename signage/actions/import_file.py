"""A whole file of answers, in batches: each batch is one short transaction."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from signage.actions.correct import off_scale
from signage.actions.receive import known_answers, receive
from signage.core.scores import Metric
from signage.intake.csv_rows import Progress, RefusedRow, Taken, read
from signage.intake.draft import Draft
from signage.intake.plan import Plan
from signage.models import Database

BATCH = 1000
"""Rows in one transaction: large enough to be fast, short enough that a server that writes to the
same file meanwhile waits for a blink only."""

OnRefused = Callable[[RefusedRow], None]
OnProgress = Callable[["Report", Progress], None]


@dataclass(slots=True)
class Report:
    """What became of a file's rows."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    comments_kept: int = 0
    """Rows that brought another comment than the one recorded; the first one stays."""
    encodings: dict[str, int] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """For storing and showing."""
        return {
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "comments_kept": self.comments_kept,
        }


def import_file(
    database: Database,
    path: Path,
    plan: Plan,
    *,
    at: datetime,
    on_refused: OnRefused,
    on_progress: OnProgress,
) -> Report:
    """Take in every row that can be, and hand each of the others to `on_refused` with its line
    and reasons. Never half a row; importing the same file again changes nothing."""
    report, progress = Report(), Progress()
    rows = iter(read(path, plan, at=at, progress=progress))
    with _little_to_collect():
        while batch := list(islice(rows, BATCH)):
            _take(database, batch, report, on_refused, at)
            on_progress(report, progress)
    report.encodings = dict(progress.encodings)
    return report


def check_file(
    database: Database, path: Path, plan: Plan, *, at: datetime, on_refused: OnRefused
) -> int:
    """Read a file without taking anything in; gives how many rows would be refused, also as
    corrections of what is recorded."""
    refused, said = 0, _Said("metric" in plan.mapping.values())
    rows = iter(read(path, plan, at=at))
    while batch := list(islice(rows, BATCH)):
        said.look_up(database, [row.draft for row in batch if isinstance(row, Taken)])
        for row in batch:
            wrong = said.refusal(row)
            if wrong:
                refused += 1
                on_refused(wrong)
    return refused


def first_rows(path: Path, plan: Plan, *, at: datetime, most: int) -> list[Taken | RefusedRow]:
    """The first rows as they would be read, for a preview."""
    return list(islice(read(path, plan, at=at), most))


class _Said:
    """Metric and score of each answer as far as a file has been read, for telling which later row
    would be refused.

    Rows of the file itself are remembered only where each may name a metric: elsewhere no two of
    them can disagree, and a million would fill a small machine.
    """

    def __init__(self, metrics_vary: bool) -> None:
        self._metrics_vary = metrics_vary
        self._in_file: dict[tuple[str, str], tuple[Metric, int | None]] = {}
        self._recorded: dict[tuple[str, str], tuple[Metric, int | None]] = {}

    def look_up(self, database: Database, drafts: list[Draft]) -> None:
        """Learn what is recorded of the answers that come next."""
        with database.read() as session:
            known = known_answers(session, drafts)
        self._recorded = {key: (row.metric, row.score) for key, row in known.items()}

    def refusal(self, row: Taken | RefusedRow) -> RefusedRow | None:
        """The row as it would be refused, None where it would be taken."""
        if isinstance(row, RefusedRow):
            return row
        draft, key = row.draft, (row.draft.source, row.draft.external_id)
        metric, score = draft.metric, draft.score
        before = self._in_file.get(key) or self._recorded.get(key)
        if before:
            metric = metric if "metric" in draft.given else before[0]
            score = score if "score" in draft.given else before[1]
            if wrong := off_scale(metric, score):
                return RefusedRow(row.line, (wrong,))
        if self._metrics_vary:
            self._in_file[key] = metric, score
        return None


def _take(
    database: Database,
    rows: list[Taken | RefusedRow],
    report: Report,
    on_refused: OnRefused,
    at: datetime,
) -> None:
    taken = [row for row in rows if isinstance(row, Taken)]
    outcomes = receive(database, list(_drafts(taken)), at=at)
    for row, outcome in zip(taken, outcomes, strict=True):
        if outcome.problem:
            report.refused += 1
            on_refused(RefusedRow(row.line, (outcome.problem,)))
            continue
        setattr(report, outcome.status, getattr(report, outcome.status) + 1)
        report.comments_kept += outcome.comment_kept
    for refused in rows:
        if isinstance(refused, RefusedRow):
            report.refused += 1
            on_refused(refused)


def _drafts(rows: list[Taken]) -> Iterator[Draft]:
    return (row.draft for row in rows)


@contextmanager
def _little_to_collect() -> Iterator[None]:
    """Rows come and go so fast that the garbage collector would look through the whole program
    again and again, a tenth of the time; what is here before the first row, it need not see."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
