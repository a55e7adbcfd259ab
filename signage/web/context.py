"""What a request works with: the product's parts, the moment, the person."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app, g, request, session
from sqlalchemy.exc import SQLAlchemyError

from signage import clock, offloop
from signage.actions.sign_ins import Device, SignedIn, note_seen, signed_in
from signage.core.devices import network_of
from signage.errors import Refused
from signage.models import Database, preferences
from signage.settings import Settings
from signage.web.measured import Measurements
from signage.words import LANGUAGES, speak

off_loop = offloop.off_loop


@dataclass(frozen=True, slots=True)
class Parts:
    """What pages are made with."""

    settings: Settings
    database: Database
    connected: Callable[[], dict[int, int]]
    """Screen id → live sockets."""
    swept: Callable[[], datetime | None] = lambda: None
    """When the relay last looked for changes; None before its first time."""
    told: Callable[[int, object], str | None] = lambda *_: None
    """Screen id, and what somebody who looks on has: what the screen is told, as JSON; None where
    there is no such screen."""
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


def company_zone() -> ZoneInfo:
    """Where the company's clock is."""
    with database().read() as session:
        return ZoneInfo(preferences(session).timezone)


def me() -> SignedIn:
    """Who is at the desk; only on pages that `require` guards."""
    return cast("SignedIn", g.me)


def device() -> Device:
    """What is kept of the browser that asks, if it signs in."""
    agent = request.user_agent.string
    return Device(agent, network_of(request.remote_addr))


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
        else:
            with suppress(SQLAlchemyError):  # a page is worth more than the note of who saw it
                note_seen(database(), me(), at=at())
    if g.me:
        speak(g.me.language)


def _wished_language() -> str:
    """The first on the browser's list that we speak: "de-AT" is "de", "no" and "nn" are "nb"."""
    wished = (
        code.lower().partition("-")[0] for code, quality in request.accept_languages if quality
    )
    codes = ("nb" if code in {"no", "nn"} else code for code in wished)
    return next((code for code in codes if code in LANGUAGES), "en")
