"""Commands to a screen, and what became of them."""

from typing import Any

from flask import Response, jsonify

from signage.actions import commands
from signage.actions.screenshots import latest_picture
from signage.core.commands import ALL, OUTCOMES
from signage.core.scopes import SCREENS, SCREENS_WRITE
from signage.core.shapes import file_of, moment, nothing_or, one_of, text, thing, told, whole
from signage.errors import NotFound
from signage.models import Command, Screen
from signage.web.calls import Answer, body, by_program, call, iso, iso_or_none, program_pages, query
from signage.web.context import at, database
from signage.web.paging import AFTER, page_shape, paged, size_asked

pages = program_pages("api_commands", "/screens")

COMMAND = told(
    {
        "id": whole(), "screen": whole(), "what": text(), "made_at": moment(),
        "until": moment("What is not done by then is not done any more."),
        "told_at": nothing_or(moment("When the screen was first told.")),
        "settled_at": nothing_or(moment()),
        "outcome": nothing_or(one_of(tuple(OUTCOMES), "null: not yet known.")),
        "detail": text("Why it failed; of a report: scene, item, width, height and theme."),
    },
    title="Command",
)  # fmt: skip
ASK = thing({"what": one_of(tuple(ALL), "The last three only by its agent.")}, ("what",))


@pages.get("/<int:screen_id>/commands")
@call(SCREENS, {200: page_shape("commands", COMMAND)}, asks=AFTER, errors=(404,))
def list_all(screen_id: int) -> Answer:
    """What a screen was asked in the last 30 days, the newest first."""
    said = query()
    size = size_asked(said)
    with database().read() as reading:
        if reading.get(Screen, screen_id) is None:
            raise NotFound
        rows = commands.commands_of(reading, screen_id, most=size + 1, before=said.get("after"))
    return paged("commands", [_told(row) for row in rows], size)


@pages.post("/<int:screen_id>/commands")
@call(SCREENS_WRITE, {201: COMMAND}, takes=ASK, errors=(404,))
def send(screen_id: int) -> Answer:
    """Ask a screen to do something; its outcome can be read until then and after."""
    what = body()["what"]
    made = commands.command(
        database(), screen_id, what, user_id=None, at=at(), by=by_program()
    )  # fmt: skip
    return _one(screen_id, made, 201)


@pages.get("/<int:screen_id>/commands/<int:command_id>")
@call(SCREENS, {200: COMMAND}, errors=(404,))
def one(screen_id: int, command_id: int) -> Answer:
    """One command, and what became of it."""
    return _one(screen_id, command_id, 200)


@pages.get("/<int:screen_id>/screenshot")
@call(SCREENS_WRITE, {200: file_of("image/webp")}, errors=(404,))
def screenshot(screen_id: int) -> Answer:
    """The latest picture that its agent took, for an hour. Customers' words may be on it."""
    with database().read() as reading:
        data = latest_picture(reading, screen_id, at=at())
    if data is None:
        raise NotFound
    return Response(data, mimetype="image/webp"), 200


def _one(screen_id: int, command_id: int, status: int) -> Answer:
    with database().read() as reading:
        found = reading.get(Command, command_id)
        if found is None or found.screen_id != screen_id:
            raise NotFound
        return jsonify(_told(found)), status


def _told(one: Command) -> dict[str, Any]:
    return {
        "id": one.id, "screen": one.screen_id, "what": one.what, "made_at": iso(one.made_at),
        "until": iso(one.expires_at), "told_at": iso_or_none(one.told_at),
        "settled_at": iso_or_none(one.settled_at), "outcome": one.outcome, "detail": one.detail,
    }  # fmt: skip
