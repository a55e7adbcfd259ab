"""GET /api/v1/plays: proof of play for other programs, a page at a time."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import jsonify
from sqlalchemy import Row

from signage.core.scopes import PLAYS
from signage.core.shapes import (
    LARGEST,
    day,
    moment,
    nothing_or,
    one_of,
    several,
    text,
    thing,
    told,
    whole,
)
from signage.errors import Invalid, Problem
from signage.models import Database
from signage.models.proof import Place, Sought, plays_after
from signage.web.calls import Answer, call, program_pages, query
from signage.web.context import at, database, off_loop
from signage.web.plays import USUAL
from signage.words import N_

pages = program_pages("api_plays")

MOST = 1000
ASKS = {
    "from": text("ISO 8601; without a zone UTC. Seven days ago if missing."),
    "to": text("The same; now if missing."),
    "by": one_of(("scene", "item"), "Scenes by hours, or items by days."),
    "screen": whole("A screen's number."),
    "name": text("A scene such as notice, or an item such as q12.", 32),
    "after": text("`next` of the answer before.", 100),
}
PLAY = thing(
    {
        "screen": whole(), "hour": moment(), "scene": text(), "day": day(), "item": text(),
        "times": whole(), "seconds": whole(),
    },
    ("screen", "times", "seconds"), title="Play",
)  # fmt: skip
PLAYS_SHOWN = told({"plays": several(PLAY), "next": nothing_or(text())})


@pages.get("/plays")
@call(PLAYS, {200: PLAYS_SHOWN}, asks=ASKS)
def plays() -> Answer:
    """What screens have shown, the oldest first; `next` is where the following call goes on."""
    said = query()
    wanted = _sought(said)
    place = _place(wanted, said.get("after", ""))
    rows = off_loop(_read, database(), wanted, place)
    shown = [_told(row, wanted) for row in rows[:MOST]]
    return jsonify(plays=shown, next=_mark(rows[MOST - 1]) if len(rows) > MOST else None), 200


def _read(data: Database, wanted: Sought, place: Place | None) -> list[Row[Any]]:
    with data.read() as session:
        return list(plays_after(session, wanted, place, size=MOST + 1))


def _sought(said: Mapping[str, Any]) -> Sought:
    return Sought(
        since=_moment("from", said) or at() - USUAL,
        before=_moment("to", said) or at() + timedelta(days=1),
        by_item=said.get("by") == "item",
        screen_id=said.get("screen"),
        name=said.get("name"),
    )


def _moment(name: str, said: Mapping[str, Any]) -> datetime | None:
    typed = said.get(name, "").replace(" ", "+")  # a + that was not escaped
    if not typed:
        return None
    try:
        moment = datetime.fromisoformat(typed)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        text = N_("Write the time as 2026-02-03T09:00:00Z.")
        raise Invalid([Problem("date-unreadable", text, name)]) from None


def _mark(row: Row[Any]) -> str:
    when = row.when
    start = int(when.timestamp()) if isinstance(when, datetime) else when.toordinal()
    return f"{start}.{row.screen_id}.{row.name}"


def _place(wanted: Sought, said: str) -> Place | None:
    """Where the last answer left off."""
    if not said:
        return None
    start, _, rest = said.partition(".")
    screen, _, name = rest.partition(".")
    try:
        when = date.fromordinal(int(start)) if wanted.by_item else _hour(int(start))
        number = int(screen)
        if not 0 <= number <= LARGEST:
            raise ValueError
        return Place(when, number, name)
    except (ValueError, OverflowError, OSError):
        text = N_("`after` is `next` of the answer before.")
        raise Invalid([Problem("bad-place", text, "after")]) from None


def _hour(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _told(row: Row[Any], wanted: Sought) -> dict[str, object]:
    named = {"day": row.when.isoformat(), "item": row.name} if wanted.by_item else {
        "hour": row.when.strftime("%Y-%m-%dT%H:%M:%SZ"), "scene": row.name,
    }  # fmt: skip
    return {"screen": row.screen_id, **named, "times": row.times, "seconds": row.seconds}
