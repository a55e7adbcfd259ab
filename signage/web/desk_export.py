"""Export: what Find finds, as a file of comma-separated values."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from flask import Blueprint
from werkzeug.wrappers import Response

from signage.actions.export import note_export
from signage.core.roles import ADMIN
from signage.core.sheets import cell
from signage.models import Database, preferences
from signage.models.found import BAND_PLACES, STATES, Filters, count_found, found
from signage.models.queue import MOST_COUNTED
from signage.web import forms
from signage.web.context import at, database, me, off_loop
from signage.web.export_rows import COLUMNS, FOR_ADMINS, Row, rows_of
from signage.web.filters import asked, filters_of, nothing_to_look_for
from signage.web.permit import require

pages = Blueprint("export", __name__, url_prefix="/desk")
pages.before_request(require("export"))

AT_ONCE = 500
SEPARATORS = (",", ";")
MARK = "\ufeff"
"""By which some spreadsheets know UTF-8."""
PLAIN = ("state", "band", "score", "touchpoint", "tag", "person", "from", "to")
"""Filters that the audit log quotes: they can hold nothing that a customer wrote."""
LISTED = {"state": STATES, "band": BAND_PLACES}
"""Of these, all that they can be; the others are days and numbers when they come this far."""


@pages.post("/find/export")
def export() -> Response:
    """Every quote that the filters let through, the newest answer first."""
    separator = forms.text("separator") if forms.text("separator") in SEPARATORS else ","
    mark, whole, nothing = bool(forms.text("mark")), me().role == ADMIN, nothing_to_look_for()
    with database().read() as session:
        filters = filters_of(preferences(session).timezone)
    n = 0 if nothing else off_loop(_count, database(), filters)
    rows = f"{n} rows" if n < MOST_COUNTED else f"{MOST_COUNTED} rows or more"
    note_export(database(), what=_what(), rows=rows, user_id=me().user_id, at=at())
    head: Row = [*COLUMNS, *(FOR_ADMINS if whole else ())]
    data: Iterable[list[Row]] = () if nothing else _pages(database(), filters, whole=whole)
    name = f"quotes-{at().date().isoformat()}.csv"
    return Response(
        _lines(head, data, separator=separator, mark=mark),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _what() -> str:
    """The filters in short: of words and names only that there were any. What is no filter, such as
    a state that does not exist, was not looked for either, and is not told."""
    told = {name: value for name, value in asked().items() if value in LISTED.get(name, (value,))}
    known = [f"{name}={told[name]}" for name in PLAIN if name in told]
    return " ".join([*known, *(name for name in told if name not in PLAIN)]) or "everything"


def _lines(head: Row, data: Iterable[list[Row]], *, separator: str, mark: bool) -> Iterator[str]:
    """The file, a page of rows at a time."""
    yield (MARK if mark else "") + _text([head], separator)
    for rows in data:
        yield _text(rows, separator)


def _text(rows: Iterable[Row], separator: str) -> str:
    written = StringIO()
    csv.writer(written, delimiter=separator).writerows([cell(each) for each in row] for row in rows)
    return written.getvalue()


def _pages(data: Database, filters: Filters, *, whole: bool) -> Iterator[list[Row]]:
    """A session each, so that a slow download keeps nothing open."""
    before = 0
    while True:
        rows, before = off_loop(_page, data, filters, before, whole)
        if rows:
            yield rows
        if not before:
            return


def _page(data: Database, filters: Filters, before: int, whole: bool) -> tuple[list[Row], int]:
    with data.read() as session:
        quotes = found(session, filters, before=before, size=AT_ONCE)
        last = quotes[-1].response_id if len(quotes) == AT_ONCE else 0
        return rows_of(session, quotes, whole=whole), last


def _count(data: Database, filters: Filters) -> int:
    with data.read() as session:
        return count_found(session, filters)
