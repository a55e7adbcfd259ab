"""The audit log: who did what, when. It is only ever read here."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, render_template, stream_with_context

from signage.actions.audit import ACTS, note
from signage.core.sheets import cell
from signage.models import AuditEntry, preferences
from signage.models.audited import Sought, entries, entries_after
from signage.models.people import names_of_people
from signage.web import forms
from signage.web.audit_words import told
from signage.web.context import at, database, me
from signage.web.permit import require

pages = Blueprint("audit", __name__, url_prefix="/desk/audit")
pages.before_request(require("audit"))

PAGE = 50
COLUMNS = ("number", "time", "act", "person", "about", "detail", "previous", "seal")


@pages.get("")
def log_page() -> str:
    """The newest entries, or those that somebody looks for."""
    page = forms.page_number()
    with database().read() as session:
        names = names_of_people(session)
        sought = _sought(ZoneInfo(preferences(session).timezone))
        found = entries(session, sought, skip=(page - 1) * PAGE, size=PAGE + 1)
    return render_template(
        "desk/audit.html", entries=found[:PAGE], page=page, more=len(found) > PAGE, names=names,
        acts=ACTS, sought=sought, given=_given(), searched=any(_given().values()), told=told,
    )  # fmt: skip


@pages.post("/export")
def export() -> Response:
    """The same as CSV, whole; that somebody took it along is an entry of its own."""
    with database().write() as session:
        note(session, "audit-exported", user_id=me().user_id, at=at())
    with database().read() as session:
        sought = _sought(ZoneInfo(preferences(session).timezone))
        names = names_of_people(session)
    response = Response(stream_with_context(_lines(sought, names)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{at():%Y-%m-%d}.csv"'
    return response


def _lines(sought: Sought, names: Mapping[int, str]) -> Iterator[str]:
    """A session for each few hundred entries, so that a slow download keeps nothing open."""
    yield _line(COLUMNS)
    last = 0
    while found := _after(sought, last):
        yield "".join(_line(_row(entry, names)) for entry in found)
        last = found[-1].id


def _after(sought: Sought, last: int) -> Sequence[AuditEntry]:
    with database().read() as session:
        return entries_after(session, sought, last)


def _line(values: Iterable[object]) -> str:
    out = StringIO()
    csv.writer(out).writerow([cell(value) for value in values])
    return out.getvalue()


def _row(entry: AuditEntry, names: Mapping[int, str]) -> tuple[object, ...]:
    who = names.get(entry.user_id or 0, "")
    return (
        entry.id, entry.made_at.isoformat(), entry.act, who, entry.about, entry.detail,
        entry.previous, entry.seal,
    )  # fmt: skip


def _sought(zone: ZoneInfo) -> Sought:
    """Days begin at midnight of the company's own time."""
    act = forms.text("act", 40)
    return Sought(
        user_id=forms.whole("person") or None,
        act=act if act in ACTS else None,
        since=forms.midnight("from", zone),
        before=forms.midnight("to", zone, days=1),
    )


def _given() -> dict[str, str]:
    return {name: forms.text(name, 40) for name in ("person", "act", "from", "to")}
