"""When screens were dark, and how much of their hours they were on, for other programs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from signage.core.outages import Uptime
from signage.core.scopes import SCREENS
from signage.core.shapes import flag, moment, nothing_or, number, text, told, whole
from signage.models import Database, Outage
from signage.models.uptimes import PERIODS, Line, by_site, uptimes
from signage.models.watched import outages_before
from signage.web.calls import Answer, call, iso, iso_or_none, program_pages, query
from signage.web.context import at, database, off_loop
from signage.web.paging import AFTER, cut, page_shape, paged, size_asked

pages = program_pages("api_watch")

SELDOM = "60/minute"
"""Each page reckons with all screens."""

OUTAGE = told(
    {
        "id": whole(), "screen": whole(), "site": text("As it was then."), "since": moment(),
        "noticed_at": moment(), "back_at": nothing_or(moment("Since when it is heard again.")),
        "ended_at": nothing_or(moment("Once that has lasted.")),
        "ended_by": text("back, or revoked; empty while it lasts."),
    },
    title="Outage",
)  # fmt: skip
OPEN = {
    "open": flag("Only those that last, or only those that do not."),
    "screen": whole("Of one screen alone."), "site": text("Of one site alone.", 200),
}  # fmt: skip
SHARES = told(
    {
        name: nothing_or(number("From 0 to 1; null: it was never to be on, or not watched."))
        for name in PERIODS
    },
    title="Shares", about="Of the hours in which it was to be on and was watched.",
)  # fmt: skip
SCREEN = told({"id": whole(), "name": text(), "site": text(), "on": SHARES}, title="ScreenUptime")
SITE = told({"id": whole("Its place in the list."), "site": text(), "screens": whole(),
             "on": SHARES}, title="SiteUptime")  # fmt: skip


@pages.get("/outages")
@call(SCREENS, {200: page_shape("outages", OUTAGE)}, asks={**OPEN, **AFTER})
def outages() -> Answer:
    """Times in which screens were dark, the latest first."""
    said = query()
    size = size_asked(said)
    with database().read() as reading:
        rows = outages_before(
            reading, said.get("after"), is_open=said.get("open"), screen_id=said.get("screen"),
            site=said.get("site"), size=size + 1,
        )  # fmt: skip
    return paged("outages", [outage_told(row) for row in rows], size)


@pages.get("/uptime")
@call(
    SCREENS,
    {200: page_shape("screens", SCREEN)},
    asks={"site": text(most=200), **AFTER},
    most=SELDOM,
)
def uptime() -> Answer:
    """How much of its hours each screen was on: in a day, a week and 30 days; by number."""
    said = query()
    lines = off_loop(_lines, database(), at(), said.get("site"))
    found, size = cut(said, lines, lambda line: int(line.id))
    rows = [
        {"id": line.id, "name": line.name, "site": line.site, "on": shares_told(line)}
        for line in found
    ]
    return paged("screens", rows, size)


@pages.get("/uptime/sites")
@call(SCREENS, {200: page_shape("sites", SITE)}, asks=AFTER, most=SELDOM)
def sites() -> Answer:
    """The same of each site, by name."""
    lines = by_site(off_loop(_lines, database(), at(), None))
    found, size = cut(query(), enumerate(lines, 1), lambda pair: int(pair[0]))
    rows = [
        {"id": place, "site": line.site, "screens": line.screens, "on": shares_told(line)}
        for place, line in found
    ]
    return paged("sites", rows, size)


def _lines(data: Database, now: datetime, site: str | None) -> list[Line]:
    """Off the loop: thousands of screens take a moment."""
    with data.read() as session:
        return uptimes(session, at=now, site=site)


def shares_told(line: Line) -> Mapping[str, float | None]:
    """As SHARES has it."""
    return {name: _share(line.uptimes[name]) for name in PERIODS}


def _share(of: Uptime) -> float | None:
    return None if of.share is None else round(of.share, 6)


def outage_told(row: Outage) -> dict[str, Any]:
    """As OUTAGE has it."""
    return {
        "id": row.id, "screen": row.screen_id, "site": row.site, "since": iso(row.since),
        "noticed_at": iso(row.noticed_at), "back_at": iso_or_none(row.back_at),
        "ended_at": iso_or_none(row.ended_at), "ended_by": row.ended_by,
    }  # fmt: skip
