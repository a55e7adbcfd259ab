"""A whole file of answers, in batches: each batch is one short transaction."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from signage.actions.receive import receive
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


def check_file(path: Path, plan: Plan, *, at: datetime, on_refused: OnRefused) -> int:
    """Read a file without taking anything in; gives how many rows would be refused."""
    refused = 0
    for row in read(path, plan, at=at):
        if isinstance(row, RefusedRow):
            refused += 1
            on_refused(row)
    return refused


def first_rows(path: Path, plan: Plan, *, at: datetime, most: int) -> list[Taken | RefusedRow]:
    """The first rows as they would be read, for a preview."""
    return list(islice(read(path, plan, at=at), most))


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
