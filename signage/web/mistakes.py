"""What people and programs are told when something cannot be done; never a stack trace."""

import logging
from collections.abc import Sequence

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from signage.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from signage.models.people import who_can_help
from signage.models.trouble import TITLES, Trouble, trouble
from signage.web import troubles
from signage.web.context import database
from signage.web.sections import section_here
from signage.web.way_back import way_back
from signage.words import N_, translate

log = logging.getLogger(__name__)

TEXTS = {
    400: (
        N_("That did not get through"),
        N_("The page was open for too long. Go back, load it again and repeat the step."),
    ),
    403: (N_("Not allowed"), N_("Sign in with an account that may do this.")),
    404: (
        N_("Nothing here"),
        N_("The address is mistyped, or what it named is gone."),
    ),
    405: (
        N_("Not by this kind of request"),
        N_("This address takes another one; the header “Allow” names it."),
    ),
    409: (
        N_("This has changed meanwhile"),
        N_("This changed since you looked at it. Load the page again and decide anew."),
    ),
    413: (N_("Too large"), N_("Send at most 256 MB at a time; split the file and try again.")),
    429: (N_("Too many tries"), N_("Wait a minute, then try again.")),
    500: (
        N_("That is our mistake"),
        N_("Nothing was lost. Try again; if it stays, tell whoever runs this server."),
    ),
}


def catch(app: Flask) -> None:
    """Answer every mistake in the form that its asker reads."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NotFound, lambda _: _answer(404))
    app.register_error_handler(Conflict, lambda _: _answer(409))
    app.register_error_handler(Refused, lambda _: _answer(403))
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(CSRFError, lambda _: _answer(400))
    app.register_error_handler(Exception, _surprise)


def problem_details(status: int, code: str, title: str, **members: object) -> tuple[Response, int]:
    """RFC 9457. `retry` says whether sending the very same again can help."""
    body = {
        "type": f"about:problem/{code}",
        "title": title,
        "status": status,
        "retry": status in {429, 500, 503},
        **members,
    }
    response = jsonify(body)
    response.content_type = "application/problem+json"
    return response, status


def conflict_details(**members: object) -> tuple[Response, int]:
    """409 for a script, with what it needs to go on."""
    title, detail = (translate(text) for text in TEXTS[409])
    return problem_details(409, "http-409", title, detail=detail, **members)


def _http(error: HTTPException) -> Response | tuple[Response | str, int]:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect or a made answer
    return _answer(error.code)


def _invalid(error: Invalid) -> tuple[Response | str, int]:
    said = [problem.message() for problem in error.problems]
    if wants_json():
        fields = [{"field": p.field, "code": p.code, "detail": p.message()} for p in error.problems]
        return problem_details(422, "invalid", translate(_INVALID), errors=fields)
    return _page(translate(_INVALID), said), 422


_INVALID = N_("Something needs mending")


def _not_allowed(_: NotAllowed) -> tuple[Response | str, int]:
    if wants_json():
        title, detail = (translate(text) for text in _TOO_FAR)
        return problem_details(403, "not-allowed", title, detail=detail)
    with database().read() as session:
        helpers = session.execute(who_can_help()).all()
    return render_template("desk/not_allowed.html", helpers=helpers), 403


_TOO_FAR = (N_("Your role does not reach that far"), N_("Ask an admin of this desk for help."))


def _surprise(error: Exception) -> Response | tuple[Response | str, int]:
    if kind := trouble(error):
        return _cannot(kind)
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return _answer(500)


def _cannot(kind: Trouble) -> Response:
    troubles.note(kind)
    told = troubles.TROUBLES[kind]
    title, detail = translate(TITLES[kind]), translate(told.detail)
    if wants_json():
        response = make_response(problem_details(503, f"database-{kind}", title, detail=detail))
    else:
        g.me = None  # the desk's frame would ask the database for its counts
        response = make_response(_page(title, [detail]), 503)
    response.headers["Retry-After"] = str(told.seconds)
    return response


def _answer(status: int) -> tuple[Response | str, int]:
    title, detail = (translate(text) for text in TEXTS.get(status, TEXTS[500]))
    if wants_json():
        return problem_details(status, f"http-{status}", title, detail=detail)
    return _page(title, [detail], section_here() if status == 404 else None), status


def _page(title: str, details: Sequence[str], section: tuple[str, str] | None = None) -> str:
    return render_template(
        "desk/mistake.html", title=title, details=details, back=way_back(), section=section
    )


def wants_json() -> bool:
    """Whether a program asks, also a page's script."""
    accepted = request.accept_mimetypes
    return request.path.startswith("/api/") or (
        accepted["application/json"] > accepted["text/html"]
    )
