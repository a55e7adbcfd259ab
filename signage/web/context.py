"""What a request works with: the product's parts, the moment, the person."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import ParamSpec, TypeVar, cast

import gevent
from flask import current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from signage import clock
from signage.actions.accounts import SignedIn, signed_in
from signage.errors import Refused
from signage.models import Database
from signage.settings import Settings
from signage.web.measured import Measurements
from signage.words import LANGUAGES, speak

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Parts:
    """What pages are made with."""

    settings: Settings
    database: Database
    connected: Callable[[], dict[int, int]]
    """Screen id → live sockets."""
    swept: Callable[[], datetime | None] = lambda: None
    """When the relay last looked for changes; None before its first time."""
    measurements: Measurements = field(default_factory=Measurements)
    scrapers: set[str] = field(default_factory=set)
    """Hashes of the tokens with which the metrics were last read."""


def parts() -> Parts:
    """The product's parts."""
    return cast("Parts", current_app.extensions["signage"])


def database() -> Database:
    """The database."""
    return parts().database


def at() -> datetime:
    """The moment of this request: the same all through it."""
    if "at" not in g:
        g.at = clock.now()
    return cast("datetime", g.at)


def me() -> SignedIn:
    """Who is at the desk; only on pages that `require_person` guards."""
    return cast("SignedIn", g.me)


def find_person() -> None:
    """Before each request: who is it, and which language do they read?"""
    g.me = None
    speak(_wished_language())  # also where the database does not say who it is
    watched = request.blueprint in {"health", "metrics"}  # these answer without the database
    if not watched and (token := session.get("sign_in")):
        try:
            g.me = signed_in(database(), token, at=at())
        except Refused:
            session.clear()
    if g.me:
        speak(g.me.language)


def require_person() -> Response | None:
    """Before each desk page: nobody sees it without signing in."""
    if g.me is None:
        return redirect(url_for("account.sign_in", then=_path_here()))
    return None


def off_loop(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run something that would hold the loop in gevent's thread pool."""
    # The pool prints whatever is raised in it, also a refusal that a page will tell: so errors
    # are handed over and raised here.
    done, error = gevent.get_hub().threadpool.apply(_caught, (call, args, kwargs))
    if error is not None:
        raise error
    return cast("T", done)


def _caught(
    call: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]
) -> tuple[T | None, Exception | None]:
    try:
        return call(*args, **kwargs), None
    except Exception as error:
        return None, error


def _wished_language() -> str:
    """The first on the browser's list that we speak: "de-AT" is "de", "no" and "nn" are "nb"."""
    wished = (
        code.lower().partition("-")[0] for code, quality in request.accept_languages if quality
    )
    codes = ("nb" if code in {"no", "nn"} else code for code in wished)
    return next((code for code in codes if code in LANGUAGES), "en")


def _path_here() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None
