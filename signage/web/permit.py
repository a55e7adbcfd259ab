"""Who may see and do what: each route names its act, and is shut to whoever may not do it.

    pages.before_request(require("moderate"))     for all routes of a blueprint

    @pages.post("/tokens")
    @allow("tokens")                              for one of them

core/roles.py says from which role on an act may be done; docs/operations.md says so to people.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from signage.core.roles import ANYONE, PROGRAM, may
from signage.errors import NotAllowed

Route = TypeVar("Route", bound=Callable[..., Any])
Guard = Callable[[], Response | None]


def allow(act: str) -> Callable[[Route], Route]:
    """Name the act of one route, where it is not its blueprint's."""

    def named(route: Route) -> Route:
        route.act = act  # type: ignore[attr-defined]  # a note of our own on a function
        return route

    return named


def require(act: str) -> Guard:
    """A guard of a blueprint's routes, which do this act unless they name another."""

    def guard() -> Response | None:
        return _refusal(_named(current_app, request.endpoint) or act)

    return allow(act)(guard)


def act_of(app: Flask, endpoint: str) -> str | None:
    """The act that a route does; None where nobody said."""
    guards = app.before_request_funcs.get(endpoint.rpartition(".")[0], [])
    of_blueprint = next((act for guard in guards if (act := getattr(guard, "act", None))), None)
    return _named(app, endpoint) or cast("str | None", of_blueprint)


def role_here() -> str | None:
    """The role of whoever asks; None without a sign-in."""
    return g.me.role if g.get("me") is not None else None


def home() -> str:
    """Where somebody begins: at the queue, or, for who only looks, at what hangs."""
    moderates = may(role_here(), "moderate")
    return url_for("review.queue_page" if moderates else "hanging.wall_page")


def _named(app: Flask, endpoint: str | None) -> str | None:
    return getattr(app.view_functions.get(endpoint or ""), "act", None)


def _refusal(act: str) -> Response | None:
    if act in {ANYONE, PROGRAM}:  # a program shows its token to a guard of its own
        return None
    if role_here() is None:
        return redirect(url_for("account.sign_in", then=_path_here()))
    if not may(role_here(), act):
        raise NotAllowed(act)
    return None


def _path_here() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None
