"""Proof of play: which screens have shown what, when."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template
from sqlalchemy import Row, select
from werkzeug.wrappers import Response

from signage.actions.export import note_plays_export
from signage.models import Database, Screen, preferences
from signage.models.proof import Sought, plays, totals
from signage.models.proof_csv import csv_of
from signage.web import forms
from signage.web.context import at, database, me, off_loop
from signage.web.permit import require
from signage.web.plays import SCENES, asked, sought

pages = Blueprint("plays", __name__, url_prefix="/desk/screens/plays")
pages.before_request(require("screens"))

PAGE, TOTALS = 50, 25

Screens = Sequence[tuple[int, str, str]]


@pages.get("")
def plays_page() -> str:
    """What hung longest, then hour by hour, or day by day for single items."""
    page, given = forms.page_number(), asked()
    wanted = _sought()
    rows, sums, screens = off_loop(_read, database(), wanted, page)
    return render_template(
        "desk/plays.html", rows=rows[:PAGE], more=len(rows) > PAGE, page=page, totals=sums,
        screens=screens, sites=sorted({site for _, _, site in screens if site}), given=given,
        scenes=SCENES, by_item=wanted.by_item, searched=bool(given.keys() - {"by"}),
    )  # fmt: skip


@pages.post("/export")
def export() -> Response:
    """The same as CSV, whole, the oldest first."""
    wanted = _sought()
    what = " ".join(f"{name}={value}" for name, value in asked().items() if name != "site")
    note_plays_export(database(), what=what, user_id=me().user_id, at=at())
    return Response(
        csv_of(database(), wanted),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="plays-{at():%Y-%m-%d}.csv"'},
    )


def _sought() -> Sought:
    with database().read() as session:
        return sought(ZoneInfo(preferences(session).timezone), at())


def _read(
    data: Database, wanted: Sought, page: int
) -> tuple[Sequence[Row[Any]], Sequence[Row[Any]], Screens]:
    with data.read() as session:
        screens = session.execute(
            select(Screen.id, Screen.name, Screen.site).order_by(Screen.site, Screen.name)
        )
        return (
            plays(session, wanted, skip=(page - 1) * PAGE, size=PAGE + 1),
            totals(session, wanted, size=TOTALS),
            [(id_, name, site) for id_, name, site in screens],
        )
