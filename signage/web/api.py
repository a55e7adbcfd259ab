"""POST /api/v1/responses: answers from other programs, one or up to 1,000 at a time."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import g, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from signage.actions.correct import Outcome
from signage.actions.erase import erase
from signage.actions.receive import receive
from signage.core.scopes import RESPONSES
from signage.core.shapes import first_of
from signage.errors import Invalid, Problem
from signage.intake.draft import Draft, draft_from
from signage.web.answer_shapes import ANSWERS, ERASED, MOST_ITEMS, NAMED, TAKEN
from signage.web.calls import Answer, call, program_pages
from signage.web.context import at, database, off_loop
from signage.web.mistakes import problem_details
from signage.words import N_, translate

pages = program_pages("api")

AT_ONCE = 25
LARGEST_BODY = 8 * 1024 * 1024

_PROBLEMS = {
    "not-json": (400, N_("The body is not JSON: line {line}, column {column}.")),
    "not-items": (400, N_("Send one response as an object, or an array of 1 to {most} responses.")),
    "too-many": (413, N_("{n} items; send at most {most} at a time.")),
    "too-large": (413, N_("Send at most {most} MB at a time.")),
    "too-deep": (422, N_("Each field must be text or a number, with nothing nested in it.")),
    "not-object": (422, N_("Each item must be an object.")),
    "unknown-response": (404, N_("There is no response with this source and id.")),
}  # fmt: skip


@pages.post("/responses")
@call(RESPONSES, {200: TAKEN, 207: TAKEN}, takes=ANSWERS, errors=(400,))
def responses() -> Answer:
    """Take answers in. Items that are fine are taken; each of the others has its problems named.
    Sending the same (source, external_id) again changes nothing, or corrects it."""
    request.max_content_length = LARGEST_BODY
    try:
        said = json.loads(request.get_data(cache=False), parse_constant=_no_such_number)
    except RequestEntityTooLarge:
        return _problem("too-large", most=LARGEST_BODY // 1024 // 1024)
    except json.JSONDecodeError as wrong:
        return _problem("not-json", line=wrong.lineno, column=wrong.colno)
    except (ValueError, RecursionError):
        return _problem("not-json", line=1, column=1)
    items = said if isinstance(said, list) else [said]
    if not items or not isinstance(said, list | dict):
        return _problem("not-items", most=MOST_ITEMS)
    if len(items) > MOST_ITEMS:
        return _problem("too-many", n=len(items), most=MOST_ITEMS)
    return _take(items)


@pages.delete("/responses")
@call(RESPONSES, {200: ERASED}, asks=NAMED, errors=(404,))
def response() -> Answer:
    """Erase an answer; its words leave every wall and its score every tally. Named in the query,
    since a source or an id may hold any sign."""
    source, external_id = request.args.get("source", ""), request.args.get("external_id", "")
    if not erase(database(), source, external_id, token_id=g.token_id, at=at()):
        return _problem("unknown-response")
    return jsonify(status="deleted"), 200


def _take(items: list[Any]) -> Answer:
    drafts: list[Draft] = []
    places: list[int] = []
    results: list[dict[str, Any]] = [{} for _ in items]
    for place, read in enumerate(_read(items)):
        if isinstance(read, Invalid):
            results[place] = _refused(place, read)
        else:
            drafts.append(read)
            places.append(place)
    for place, outcome in zip(places, receive(database(), drafts, at=at()), strict=True):
        results[place] = _told(place, outcome)
    refused = [result for result in results if result["status"] == "refused"]
    if len(refused) == len(items):
        return problem_details(
            422, "invalid-responses", translate(N_("No item could be taken")), results=results
        )
    taken = len(items) - len(refused)
    status = 207 if refused else 200
    return jsonify(taken=taken, refused=len(refused), results=results), status


def _read(items: list[Any]) -> Iterator[Draft | Invalid]:
    """Each item as a draft, or why it is none. Off the loop: a thousand long comments full of
    markup take seconds to clean, and walls wait meanwhile."""
    for start in range(0, len(items), AT_ONCE):
        yield from off_loop(_drafts, items[start : start + AT_ONCE], at())


def _drafts(items: Sequence[object], moment: datetime) -> list[Draft | Invalid]:
    read: list[Draft | Invalid] = []
    for item in items:
        try:
            read.append(_draft(item, moment))
        except Invalid as invalid:
            read.append(invalid)
    return read


def _draft(item: object, moment: datetime) -> Draft:
    if not isinstance(item, Mapping):
        raise Invalid([Problem("not-object", _PROBLEMS["not-object"][1])])
    try:
        payload = json.dumps(item, ensure_ascii=False, separators=(",", ":"))
    except RecursionError:  # writing takes a little more of the stack than reading did
        raise Invalid([Problem("too-deep", _PROBLEMS["too-deep"][1])]) from None
    # Half a surrogate pair has no UTF-8; escaped, it means in JSON what it meant when it came.
    stored = payload.encode("utf-8", "backslashreplace").decode()
    return draft_from(item, at=moment, payload=stored)


def _told(place: int, outcome: Outcome) -> dict[str, Any]:
    if outcome.problem:
        return _refused(place, Invalid([outcome.problem]))
    told: dict[str, Any] = {"item": place, "status": outcome.status}
    if outcome.comment_kept:
        told["note"] = translate(
            N_("The comment recorded first stays; the one sent now is kept as a payload.")
        )
    return told


def _refused(place: int, invalid: Invalid) -> dict[str, Any]:
    return {
        "item": place,
        "status": "refused",
        "problems": [
            {
                "type": f"about:problem/{problem.code}",
                "title": problem.message(),
                "field": problem.field,
            }
            for problem in first_of(invalid.problems)
        ],
    }


def _problem(code: str, **params: int) -> Answer:
    status, text = _PROBLEMS[code]
    return problem_details(status, code, translate(text).format(**params))


def _no_such_number(name: str) -> float:
    raise ValueError(f"{name} is not JSON")
