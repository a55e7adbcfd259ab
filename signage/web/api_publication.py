"""Publishing what was drafted, for other programs: what changes, on which screens, and the way
back."""

from typing import Any

from flask import jsonify

from signage.actions import publish_plan
from signage.core.plan_changes import WeekChange
from signage.core.scopes import PROGRAMME, PROGRAMME_WRITE
from signage.core.shapes import flag, moment, nothing_or, one_of, several, text, thing, told, whole
from signage.models.publication import Publication, publication
from signage.web.calls import Answer, body, by_program, call, iso, program_pages, query
from signage.web.context import at, database

pages = program_pages("api_publication", "/publication")

_NUMBERS = several(whole())
WEEK = told(
    {
        "group": whole("0: the screens in no group."), "screens": whole("How many it has."),
        "default": flag("It has another default playlist."), "added": _NUMBERS,
        "removed": _NUMBERS, "changed": _NUMBERS, "playlists": _NUMBERS,
    },
    title="WeekChange",
    about="A group whose screens will show something else: slots, and playlists it shows.",
)  # fmt: skip
CHANGED = told({
    "id": whole(), "change": one_of(("added", "removed", "renamed", "changed")),
}, title="PlaylistChange")  # fmt: skip
PUBLICATION = told(
    {
        "published": nothing_or(told({
            "id": whole(), "at": moment(), "back_to": nothing_or(whole("What it brought back.")),
        }, title="Published")),
        "draft": nothing_or(told({
            "revision": text("Send it along to publish what you saw."), "changed_at": moment(),
        }, title="Draft")),
        "playlists": several(CHANGED), "weeks": several(WEEK),
        "screens": whole("How many will show something else."),
    },
    title="Publication",
)  # fmt: skip
SEEN = thing({"revision": text(most=40)}, ("revision",))
LATEST = thing({"published": whole("The id of what is undone: the latest.")}, ("published",))
DISCARDS = {"revision": text("Of the draft that was looked at.", 40)}


@pages.get("")
@call(PROGRAMME, {200: PUBLICATION})
def one() -> Answer:
    """What hangs, what is drafted, and what publishing that would change."""
    return _told(200)


@pages.post("")
@call(PROGRAMME_WRITE, {201: PUBLICATION}, takes=SEEN, errors=(409,))
def publish() -> Answer:
    """Hang the draft; walls follow within a second."""
    seen = body()["revision"]
    publish_plan.publish_plan(database(), seen=seen, at=at(), by=by_program())
    return _told(201)


@pages.delete("/draft")
@call(PROGRAMME_WRITE, {200: PUBLICATION}, asks=DISCARDS, errors=(409,))
def discard() -> Answer:
    """Give the draft up; what hangs stays."""
    seen = query().get("revision", "")
    publish_plan.discard_draft(database(), seen=seen, at=at(), by=by_program())
    return _told(200)


@pages.post("/undo")
@call(PROGRAMME_WRITE, {201: PUBLICATION}, takes=LATEST, errors=(404, 409))
def undo() -> Answer:
    """What hung before hangs again; what is undone becomes the draft, unless there is one."""
    number = body()["published"]
    publish_plan.put_back(database(), number, at=at(), by=by_program())
    return _told(201)


def publication_told(now: Publication) -> dict[str, Any]:
    """As PUBLICATION has it."""
    latest, draft = now.latest, now.draft
    return {
        "published": latest and {
            "id": latest.id, "at": iso(latest.made_at), "back_to": latest.back_to_id,
        },
        "draft": draft and {"revision": now.plan.digest, "changed_at": iso(draft.changed_at)},
        "playlists": [{"id": int(id_), "change": kind} for id_, kind in now.changes.playlists],
        "weeks": [_week(week, now.sizes[week.group][1]) for week in now.weeks],
        "screens": now.screens,
    }  # fmt: skip


def _told(status: int) -> Answer:
    with database().read() as reading:
        return jsonify(publication_told(publication(reading))), status


def _week(of: WeekChange, screens: int) -> dict[str, Any]:
    return {
        "group": int(of.group), "screens": screens, "default": of.default is not None,
        "added": [int(slot.id) for slot in of.added],
        "removed": [int(slot.id) for slot in of.removed],
        "changed": [int(slot.id) for _, slot in of.changed],
        "playlists": [int(id_) for id_ in of.playlists],
    }  # fmt: skip
