"""Pages that fetch themselves anew while they are open, for the state of things alone
(static/desk/fresh.js): what is told once waits for whoever opens a page."""

from typing import Any

from flask import Flask, get_flashed_messages, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin

HEADER = "X-Looks-Again"


def looks_again() -> bool:
    """Whether a page that is open asks how things are by now."""
    return HEADER in request.headers


def told_once(name: str) -> dict[str, Any] | None:
    """What was kept in the session to be told once; None where there is nothing."""
    told: dict[str, Any] | None = None if looks_again() else session.pop(name, None)
    return told


def flashes() -> list[object]:
    """Messages to whoever opens the next page."""
    return [] if looks_again() else list(get_flashed_messages())


class Sessions(SecureCookieSessionInterface):
    """The answer to a page that looks again puts no earlier session in the place of a later one."""

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Whether the answer brings the session along."""
        return session.modified if looks_again() else super().should_set_cookie(app, session)
