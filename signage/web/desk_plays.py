"""Proof of play: which screens have shown what, when."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template
from sqlalchemy import Row
from werkzeug.wrappers import Response

from signage.actions.export import note_plays_export
from signage.models import Database, preferences
from signage.models.proof import Sought, plays, totals
from signage.models.proof_choices import headlines, to_choose
from signage.models.proof_csv import csv_of
from signage.models.screens import sites
from signage.web import forms
from signage.web.context import at, database, me, off_loop
from signage.web.permit import require
from signage.web.plays import SCENES, asked, sought

pages = Blueprint("plays", __name__, url_prefix="/desk/screens/plays")
pages.before_request(require("screens"))

PAGE, TOTALS = 50, 25
MOST_CHOICES = 200
"""Screens to choose from at once; with more of them, a word finds the others."""


@pages.get("")
def plays_page() -> str:
    """What hung longest, then hour by hour, or day by day for single items."""
    page, given, words = forms.page_number(), asked(), forms.text("q", 80)
    wanted = _sought()
    rows, sums, texts = off_loop(_read, database(), wanted, page)
    with database().read() as session:
        screens = to_choose(session, words, wanted.screen_id, most=MOST_CHOICES + 1)
        places = sites(session)
    return render_template(
        "desk/plays.html", rows=rows[:PAGE], more=len(rows) > PAGE, page=page, totals=sums,
        screens=screens[:MOST_CHOICES], many=len(screens) > MOST_CHOICES, words=words, sites=places,
        given=given, scenes=SCENES, by_item=wanted.by_item, items=texts,
        searched=bool(given.keys() - {"by"}),
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
) -> tuple[Sequence[Row[Any]], Sequence[Row[Any]], Mapping[str, str]]:
    with data.read() as session:
        rows = plays(session, wanted, skip=(page - 1) * PAGE, size=PAGE + 1)
        sums = totals(session, wanted, size=TOTALS)
        items = {row.name for row in (*rows, *sums)} if wanted.by_item else set()
        return rows, sums, headlines(session, items)
