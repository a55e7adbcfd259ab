"""Screens: letting walls in by a signed link."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, session, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from signage.actions import screens
from signage.actions.setup_of_screens import THEMES, ScreenDraft, draft_of, split_tags
from signage.core.vitals import Vitals
from signage.errors import Invalid, NotFound, Problem
from signage.models import Screen, ScreenVitals, preferences
from signage.models.group import groups
from signage.web import forms
from signage.web.context import at, database, me, parts
from signage.web.permit import require
from signage.web.shell import shell
from signage.words import N_

LATELY = timedelta(seconds=45)
"""A screen that is on says so every 30 s, to whichever process it is connected to."""
STARTS = {
    "kept": N_("It can start without the server."),
    "starting": N_("It cannot start without the server yet: its player is still being kept."),
    "insecure": N_(
        "It cannot start without the server: its address is plain http. Serve the wall by https, "
        "or allow the address in the browser's policies, as the kiosk does."
    ),
    "unsupported": N_("It cannot start without the server: its browser keeps no pages."),
    "failed": N_(
        "It cannot start without the server: its player could not be kept. Is its storage full?"
    ),
}
"""Whether a wall starts by itself, by what its page says; see signage.core.vitals."""

pages = Blueprint("screens", __name__, url_prefix="/desk/screens")
pages.before_request(require("screens"))


@pages.get("")
def list_page() -> str:
    """All screens with whether they are there; a link just made is shown once."""
    with database().read() as reading:
        found = reading.scalars(
            select(Screen).order_by(Screen.revoked_at.is_not(None), Screen.site, Screen.name)
        ).all()
        vitals = {row.screen_id: row for row in reading.scalars(select(ScreenVitals))}
        named = {group.id: group.name for group in groups(reading)}
    pages = {id_: (Vitals(**row.said), row.told_at) for id_, row in vitals.items()}
    made = session.pop("made_link", None)
    return render_template(
        "desk/screens.html", screens=found, on=_on(found), made=made, pages=pages,
        starts=STARTS, current=shell().version, groups=named,
    )  # fmt: skip


@pages.get("/new")
def new_page() -> str:
    """A form with the company's own language and time zone filled in."""
    with database().read() as reading:
        chosen = preferences(reading)
    draft = ScreenDraft(name="", locale=chosen.language, timezone=chosen.timezone)
    return _form(None, draft, ())


@pages.get("/<int:screen_id>")
def edit_page(screen_id: int) -> str:
    """One screen, to set up differently."""
    with database().read() as reading:
        found = reading.get(Screen, screen_id)
        if found is None:
            raise NotFound
        draft = draft_of(found)
    return _form(screen_id, draft, ())


@pages.post("")
def create() -> Response | tuple[str, int]:
    """A new screen and its link."""
    draft = ScreenDraft("")
    try:
        draft = _typed()
        screen_id, key = screens.add_screen(
            database(), parts().settings.secret_key, draft, user_id=me().user_id, at=at()
        )
    except Invalid as invalid:
        return _form(None, draft, invalid.problems), 422
    return _show_link(screen_id, key)


@pages.post("/<int:screen_id>")
def change(screen_id: int) -> Response | tuple[str, int]:
    """Set a screen up differently; it follows within a second."""
    draft = ScreenDraft("")
    try:
        draft = _typed()
        screens.change_screen(database(), screen_id, draft, at=at(), user_id=me().user_id)
    except Invalid as invalid:
        return _form(screen_id, draft, invalid.problems), 422
    return redirect(url_for("screens.list_page"))


@pages.post("/<int:screen_id>/link")
def link(screen_id: int) -> Response:
    """A new link; the old one ends."""
    secret_key = parts().settings.secret_key
    key = screens.renew_link(database(), secret_key, screen_id, at=at(), user_id=me().user_id)
    return _show_link(screen_id, key)


@pages.post("/<int:screen_id>/revocation")
def revocation(screen_id: int) -> Response:
    """End the screen's link."""
    screens.revoke_screen(database(), screen_id, at=at(), user_id=me().user_id)
    return redirect(url_for("screens.list_page"))


def _on(screens: Sequence[Screen]) -> set[int]:
    """Ids of the screens that are there: connected to this process, or seen lately by another,
    where there may be others."""
    here, lately = set(parts().connected()), at() - LATELY
    if not parts().settings.redis_url:
        return here
    return here | {screen.id for screen in screens if (screen.last_seen_at or lately) > lately}


def _show_link(screen_id: int, key: str) -> Response:
    session["made_link"] = {"screen": screen_id, "url": f"{parts().settings.url}/wall#{key}"}
    return redirect(url_for("screens.list_page"))


def _typed() -> ScreenDraft:
    return ScreenDraft(
        name=forms.text("name"), site=forms.text("site"), locale=forms.text("locale"),
        timezone=forms.text("timezone"), theme=forms.text("theme"),
        motion="motion" in request.form, diagonal_inch=forms.whole("diagonal_inch", 55),
        distance_m=forms.whole("distance_m", 4), night_from=forms.text("night_from"),
        night_to=forms.text("night_to"), night_percent=forms.whole("night_percent", 20),
        group_id=forms.whole("group_id") or None, tags=split_tags(forms.text("tags")),
    )  # fmt: skip


def _form(screen_id: int | None, draft: ScreenDraft, problems: Sequence[Problem]) -> str:
    with database().read() as reading:
        known = groups(reading)
    return render_template(
        "desk/screen.html", screen_id=screen_id, draft=draft, problems=problems, themes=THEMES,
        groups=known,
    )  # fmt: skip
