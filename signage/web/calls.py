"""Calls of the API: what each takes, gives and needs stands beside its handler, once.

pages = program_pages("api_groups", "/groups")

@pages.post("")
@call("screens:write", {201: GROUP}, takes=NAMED)
def create() -> Answer:
    named = body()

The same declaration reads the call (`body`, `query`), shuts it to tokens of other scopes
(signage.web.bearer), and describes it in the served document (signage.web.api_document).
"""

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from flask import Blueprint, Flask, Response, abort, current_app, g, make_response, request
from flask_limiter.util import get_remote_address
from werkzeug.exceptions import RequestEntityTooLarge

from signage.core.roles import PROGRAM
from signage.core.shapes import Shape, first_of, read, thing
from signage.errors import Invalid, Problem
from signage.web.bearer import require_token
from signage.web.mistakes import problem_details
from signage.web.permit import require
from signage.web.security import csrf, limiter
from signage.words import N_, translate

LARGEST_BODY = 64 * 1024
OFTEN = "600/minute"
"""Calls of one kind, for one token."""

Answer = tuple[Response, int]
Route = TypeVar("Route", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Call:
    """scope: what its token must allow, None for a call that needs no token. gives: status → what
    is sent. takes: the body; asks: the query. errors: statuses beside those of every call."""

    scope: str | None
    gives: Mapping[int, Shape]
    takes: Shape | None
    asks: Mapping[str, Shape]
    errors: Collection[int]


def program_pages(name: str, prefix: str = "") -> Blueprint:
    """A part of the API."""
    pages = Blueprint(name, __name__, url_prefix=f"/api/v1{prefix}")
    pages.before_request(require(PROGRAM))
    pages.before_request(require_token)
    pages.register_error_handler(Invalid, refused)
    csrf.exempt(pages)
    return pages


def call(
    scope: str | None,
    gives: Mapping[int, Shape],
    *,
    takes: Shape | None = None,
    asks: Mapping[str, Shape] | None = None,
    errors: Collection[int] = (),
    most: str = OFTEN,
) -> Callable[[Route], Route]:
    """Say what a route's call is; `most` is how often a token may make it."""
    of_reading = ({413, 415, 422} if takes else set()) | ({422} if asks else set())
    declared = Call(scope, gives, takes, asks or {}, {*errors, *of_reading})

    def of(route: Route) -> Route:
        counted = limiter.limit(most, key_func=_by_token)(route)
        counted.call = declared  # type: ignore[attr-defined]  # a note of our own on a function
        return cast("Route", counted)

    return of


def call_of(app: Flask, endpoint: str | None) -> Call | None:
    """What was said of a route."""
    return getattr(app.view_functions.get(endpoint or ""), "call", None)


def by_program() -> str:
    """What the audit log says of who asked."""
    return f"token {g.token_id}"


def body() -> Any:  # noqa: ANN401 - JSON
    """What was sent, by the shape of its call; raises Invalid."""
    request.max_content_length = LARGEST_BODY
    if request.content_type and not request.is_json:
        text = N_("Send JSON, and say so: Content-Type: application/json.")
        abort(make_response(problem_details(415, "not-json", translate(text))))
    try:
        said = json.loads(request.get_data(cache=False))
    except RequestEntityTooLarge:
        text = translate(N_("Send at most {most} kB at a time.")).format(most=LARGEST_BODY // 1024)
        abort(make_response(problem_details(413, "too-large", text)))
    except (ValueError, RecursionError):
        raise Invalid([Problem("not-object", N_("Send a JSON object."))]) from None
    return read(cast("Shape", _here().takes), said)


def query() -> dict[str, Any]:
    """What was asked for in the address, the same way; what is empty was not asked for. A misspelt
    filter is refused: without it the answer would be another than was meant."""
    asks = _here().asks
    if unknown := [name for name in request.args if name not in asks]:
        text = N_("There is no such field.")
        raise Invalid(first_of(Problem("unknown-field", text, name[:80]) for name in unknown))
    typed = {name: request.args.get(name, "").strip() for name in asks}
    said = {name: _read(asks[name], each) for name, each in typed.items() if each}
    return cast("dict[str, Any]", read(thing(asks), said))


def iso(moment: datetime) -> str:
    """A moment as it is sent."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def iso_or_none(moment: datetime | None) -> str | None:
    """The same of one that may not be there."""
    return None if moment is None else iso(moment)


def refused(invalid: Invalid) -> Answer:
    """422, with each thing that is wrong."""
    problems = [
        {"type": f"about:problem/{each.code}", "title": each.message(), "field": each.field}
        for each in invalid.problems
    ]
    title = translate(N_("Something needs mending"))
    return problem_details(422, "invalid", title, problems=problems)


def _here() -> Call:
    return cast("Call", call_of(current_app, request.endpoint))


def _read(shape: Shape, typed: str) -> object:
    kind, form = shape["type"], shape.get("format")
    if kind == "integer" and re.fullmatch(r"-?[0-9]{1,19}", typed):
        return int(typed)
    if kind == "boolean":
        return {"true": True, "false": False}.get(typed, typed)
    # A + that was not escaped came as a space.
    return typed.replace(" ", "+") if form == "date-time" else typed


def _by_token() -> str:
    return by_program() if "token_id" in g else get_remote_address()
