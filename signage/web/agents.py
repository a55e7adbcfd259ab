"""What the programs on screens' devices say and are told (docs/protocol.md, The device's agent)."""

import json
from collections.abc import Mapping
from typing import Any, cast

from flask import Blueprint, Response, g, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from signage.actions import agents
from signage.actions.agents import Word
from signage.actions.screenshots import LONGEST_SIDE, check_wanted, keep_screenshot
from signage.core.agents import read_report
from signage.core.commands import read_said
from signage.core.pictures import redraw
from signage.core.roles import PROGRAM
from signage.errors import Conflict, Invalid, Refused
from signage.models import Agent
from signage.web.bearer import ask_for_token, refuse, shown_token
from signage.web.context import at, database, off_loop
from signage.web.forms import LARGEST
from signage.web.mistakes import problem_details
from signage.web.permit import require
from signage.web.security import csrf, limiter
from signage.words import N_, translate

pages = Blueprint("agents", __name__, url_prefix="/agent")
pages.before_request(require(PROGRAM))
# A program has no session that another site could make use of.
csrf.exempt(pages)

LARGEST_WORD = 16 * 1024
LARGEST_PICTURE = 4 * 1024 * 1024
FORMATS = ("JPEG",)
MOST_DOTS = 10_000_000
"""A screen of 4K has 8.3 million."""
MOST_AT_ONCE = 20

Answer = tuple[Response, int]

_TEXTS = {
    "not-json": (400, N_("The body is no JSON object.")),
    "too-large": (413, N_("Send at most {most} KB at a time.")),
    "not-wanted": (409, N_("Nobody waits for this picture any more.")),
    "no-picture": (422, N_("Send a JPEG that can be read, of at most {most} million dots.")),
}  # fmt: skip


@pages.before_request
def _let_in() -> Answer | None:
    """A token that is in force says whose device it is."""
    try:
        g.agent = agents.agent_of(database(), shown_token())
    except Refused:
        return refuse()
    return None


def _whose() -> str:
    return f"agent {g.agent.screen_id}"


@pages.post("")
@limiter.limit("300/minute", key_func=_whose)
def speak() -> Answer:
    """How the device is and what became of its commands; the answer says what to do."""
    request.max_content_length = LARGEST_WORD
    try:
        said = json.loads(request.get_data(cache=False))
    except RequestEntityTooLarge:
        return _problem("too-large", most=LARGEST_WORD // 1024)
    except (ValueError, RecursionError):
        return _problem("not-json")
    if not isinstance(said, dict):
        return _problem("not-json")
    try:
        told = agents.hear(database(), cast("Agent", g.agent), _word(said), at=at())
    except Refused:  # it was ended in this moment
        return ask_for_token()
    return jsonify(
        every=told.every,
        commands=[{"id": c.id, "what": c.what, "seconds": c.seconds} for c in told.commands],
        goes=list(told.goes),
    ), 200


@pages.post("/pictures/<int:command_id>")
@limiter.limit("20/minute", key_func=_whose)
def picture(command_id: int) -> Answer:
    """The picture that a command asked for, as the body; the command is then done."""
    request.max_content_length = LARGEST_PICTURE
    agent = cast("Agent", g.agent)
    try:
        # Before it is read: to read a picture costs far more than to ask for one.
        check_wanted(database(), agent, command_id, at=at())
        sent = request.get_data(cache=False)
        drawn = off_loop(
            redraw, sent, longest_side=LONGEST_SIDE, formats=FORMATS, most_dots=MOST_DOTS
        )
        keep_screenshot(database(), agent, command_id, drawn, at=at())
    except RequestEntityTooLarge:
        return _problem("too-large", most=LARGEST_PICTURE // 1024)
    except Invalid:
        return _problem("no-picture", most=MOST_DOTS // 1_000_000)
    except Conflict:
        return _problem("not-wanted")
    except Refused:  # it was ended in this moment
        return ask_for_token()
    return jsonify(status="kept"), 200


def _word(said: Mapping[str, Any]) -> Word:
    """What is malformed counts as not said."""
    takes, outcomes = said.get("takes"), said.get("outcomes")
    read = (read_said(each) for each in _some(outcomes) if isinstance(each, dict))
    return Word(
        read_report(said),
        [each for each in _some(takes) if type(each) is int and 0 < each <= LARGEST],
        [each for each in read if each and each.id <= LARGEST],
    )


def _some(said: object) -> list[Any]:
    return said[:MOST_AT_ONCE] if isinstance(said, list) else []


def _problem(code: str, **fields: int) -> Answer:
    status, text = _TEXTS[code]
    return problem_details(status, code, translate(text).format(**fields))
