"""How much of their hours screens were on."""

from datetime import datetime

from flask import Blueprint, render_template
from sqlalchemy import func, select

from signage.models import Database, WatchedSpan
from signage.models.uptimes import PERIODS, Line, by_site, uptimes
from signage.web import forms
from signage.web.context import at, database, off_loop
from signage.web.permit import require

pages = Blueprint("uptime", __name__, url_prefix="/desk/screens/uptime")
pages.before_request(require("screens"))

PAGE = 50


@pages.get("")
def uptime_page() -> str:
    """Every site, and the screens of one or of all."""
    page, chosen = forms.page_number(), forms.text("site", 200)
    lines, since = off_loop(_lines, database(), at())
    here = [line for line in lines if not chosen or line.site == chosen]
    shown = here[(page - 1) * PAGE : page * PAGE]
    return render_template(
        "desk/uptime.html", sites=by_site(lines), screens=shown, page=page, periods=list(PERIODS),
        more=len(here) > page * PAGE, chosen=chosen, since=since,
    )  # fmt: skip


def _lines(data: Database, now: datetime) -> tuple[list[Line], datetime | None]:
    """Off the loop: thousands of screens take a moment."""
    with data.read() as session:
        since = session.scalar(select(func.min(WatchedSpan.since)))
        return uptimes(session, at=now), since
