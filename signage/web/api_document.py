"""GET /api/v1/openapi.json: the API as OpenAPI 3.1 describes it, from what stands beside the
handlers."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask, Response, current_app, request
from werkzeug.routing import Rule

import signage
from signage.core.roles import ANYONE
from signage.core.scopes import SCOPES
from signage.core.shapes import (
    Shape,
    flag,
    nothing_or,
    opened,
    several,
    text,
    thing,
    whole,
)
from signage.web.calls import Call, call, call_of, program_pages
from signage.web.permit import allow

pages = program_pages("api_document")

BASE = "/api/v1/"
ALWAYS = (401, 403, 429, 500, 503)
"""What any call that needs a token may be answered."""
STATUSES: Mapping[int, str] = {
    200: "Done.", 201: "Made.", 207: "Some were taken, others refused.",
    400: "It cannot be read.", 401: "No token, or one that is not in force.",
    403: "The token is not for that; `scope` names what it lacks.",
    404: "There is no such thing.", 409: "It changed since you looked: look again, then decide.",
    413: "Too large.", 415: "The body is said to be something else than JSON.",
    422: "What is wrong stands in `problems`.", 429: "Too many calls: wait for `Retry-After`.",
    500: "Our mistake.", 503: "The database cannot serve just now: wait for `Retry-After`.",
}  # fmt: skip
PROBLEM = opened(thing(
    {
        "type": text("What programs go by: about:problem/ and a code."),
        "title": text("The same in words."),
        "status": whole(),
        "retry": flag("Whether sending the very same again can help."),
        "detail": text(), "field": text(), "scope": text(),
        "problems": several(opened(thing(
            {"type": text(), "title": text(), "field": nothing_or(text())},
            ("type", "title", "field"),
        ))),
    },
    ("type", "title", "status", "retry"), title="Problem", about="RFC 9457.",
))  # fmt: skip


@pages.get("/openapi.json")
@allow(ANYONE)
@call(None, {200: {"type": "object"}})
def openapi() -> Response:
    """This document."""
    kept = current_app.extensions
    if "api_document" not in kept:  # it stays the same as long as the process
        kept["api_document"] = current_app.json.dumps(document(current_app))
    response = Response(kept["api_document"], mimetype="application/json")
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # the same object


def document(app: Flask) -> dict[str, Any]:
    """All calls that there are."""
    schemas: dict[str, Any] = {}
    paths: dict[str, Any] = {}
    for rule, method, declared in calls(app):
        of = paths.setdefault(_path(rule), {})
        of[method.lower()] = _operation(app, rule, declared, schemas)
    answers = {str(status): _problem(status, schemas) for status in STATUSES if status >= 400}
    token = {"type": "http", "scheme": "bearer", "description": _scopes()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Signage", "version": signage.__version__},
        "paths": paths,
        "components": {
            "schemas": schemas, "responses": answers, "securitySchemes": {"token": token},
        },
    }  # fmt: skip


def calls(app: Flask) -> Iterator[tuple[Rule, str, Call]]:
    """Every route of the API with its method and what was said of it."""
    for rule in app.url_map.iter_rules():
        declared = call_of(app, rule.endpoint)
        if rule.rule.startswith(BASE) and declared is not None:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method, declared


def _operation(app: Flask, rule: Rule, declared: Call, schemas: dict[str, Any]) -> dict[str, Any]:
    said = " ".join((app.view_functions[rule.endpoint].__doc__ or "").split())
    part, _, name = rule.endpoint.removeprefix("api").lstrip("_").partition(".")
    told: dict[str, Any] = {
        "operationId": f"{part}_{name}".strip("_"), "summary": said, "tags": [part or "responses"],
        "security": [{"token": [declared.scope]}] if declared.scope else [],
        "parameters": [*_in_path(rule), *_in_query(declared)],
        "responses": _answers(declared, schemas),
    }  # fmt: skip
    if declared.takes is not None:
        sent = {"schema": _referred(declared.takes, schemas)}
        told["requestBody"] = {"required": True, "content": {"application/json": sent}}
    return told


def _answers(declared: Call, schemas: dict[str, Any]) -> dict[str, Any]:
    given = {
        str(status): {"description": STATUSES[status], "content": _content(shape, schemas)}
        for status, shape in declared.gives.items()
    }
    usual = ALWAYS if declared.scope else (429, 500, 503)
    refusals = sorted({*declared.errors, *usual})
    return given | {
        str(status): {"$ref": f"#/components/responses/{status}"} for status in refusals
    }


def _content(shape: Shape, schemas: dict[str, Any]) -> dict[str, Any]:
    if "contentMediaType" in shape:
        return {shape["contentMediaType"]: {}}
    return {"application/json": {"schema": _referred(shape, schemas)}}


def _problem(status: int, schemas: dict[str, Any]) -> dict[str, Any]:
    shape = _referred(PROBLEM, schemas)
    return {
        "description": STATUSES[status],
        "content": {"application/problem+json": {"schema": shape}},
    }


def _referred(shape: Any, schemas: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON Schema
    """The same with each shape that has a title among the document's own."""
    if isinstance(shape, list | tuple):
        return [_referred(each, schemas) for each in shape]
    if not isinstance(shape, Mapping):
        return shape
    told = {key: _referred(each, schemas) for key, each in shape.items()}
    if "properties" not in told or "title" not in told:
        return told
    name = told["title"]
    schemas[name] = {**told, "type": "object"}
    reference = {"$ref": f"#/components/schemas/{name}"}
    return {"anyOf": [reference, {"type": "null"}]} if "null" in told["type"] else reference


def _path(rule: Rule) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)


def _in_path(rule: Rule) -> Iterator[dict[str, Any]]:
    for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", rule.rule):
        shape: Shape = whole(most=10**18 - 1) if kind == "int" else text()
        yield {"name": name, "in": "path", "required": True, "schema": shape}


def _in_query(declared: Call) -> Iterator[dict[str, Any]]:
    for name, shape in declared.asks.items():
        said = {key: each for key, each in shape.items() if key != "description"}
        about = {"description": shape["description"]} if "description" in shape else {}
        yield {"name": name, "in": "query", **about, "schema": said}


def _scopes() -> str:
    lines = "; ".join(f"`{name}`: {allows}" for name, allows in SCOPES.items())
    return f"A token that allows what the call names. {lines}."
