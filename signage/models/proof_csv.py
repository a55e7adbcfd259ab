"""Proof of play as CSV."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO
from typing import Any

from sqlalchemy import Row

from signage.core.sheets import cell
from signage.models.database import Database
from signage.models.proof import Place, Sought, plays_after
from signage.offloop import off_loop

AT_ONCE = 1000
COLUMNS = ("screen", "name", "site", "hour", "scene", "times", "seconds")
ITEM_COLUMNS = ("screen", "name", "site", "day", "item", "times", "seconds")
"""Names for programs, so the same in every language; docs/operations.md says what they hold."""


def csv_of(data: Database, wanted: Sought) -> Iterator[str]:
    """All of it, the oldest first. A session for each thousand rows, so that a slow reader keeps
    nothing open."""
    yield _text([ITEM_COLUMNS if wanted.by_item else COLUMNS])
    place = None
    while rows := off_loop(_some, data, wanted, place):
        yield _text(
            (row.screen_id, row.screen, row.site, _time(row.when), row.name, row.times, row.seconds)
            for row in rows
        )
        place = Place(rows[-1].when, rows[-1].screen_id, rows[-1].name)


def _some(data: Database, wanted: Sought, place: Place | None) -> Sequence[Row[Any]]:
    with data.read() as session:
        return plays_after(session, wanted, place, size=AT_ONCE)


def _text(rows: Iterable[Iterable[object]]) -> str:
    out = StringIO()
    csv.writer(out).writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def _time(when: Any) -> str:  # noqa: ANN401 - a day or a moment
    return when.isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat()
