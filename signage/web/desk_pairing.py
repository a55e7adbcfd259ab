"""Pairing at the desk: a person types or scans the code, sees whose it is, and confirms."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from signage.actions import devices, pairings
from signage.actions.screens import ScreenDraft
from signage.core.agents import NEEDS_LINE
from signage.core.pairing import read_code, shown_code
from signage.errors import Invalid, NotFound, Problem
from signage.models import Agent, Pairing, Screen, preferences
from signage.models.group import groups
from signage.models.pairing import looks_of, pairing_of
from signage.models.screens import named, sites
from signage.web import forms
from signage.web.code_limits import by_address, by_who_asks
from signage.web.context import at, database, me, parts
from signage.web.permit import require
from signage.words import N_, translate

pages = Blueprint("pairing_desk", __name__, url_prefix="/desk/screens")
pages.before_request(require("screens"))

MOST_CHOICES = 200
"""Screens to choose from at once; with more of them, a word finds the others."""
_WRONG = N_(
    "No screen shows this code now. A code lasts ten minutes: look at the screen again, and type"
    " the one that it shows."
)

Answer = Response | str | tuple[str, int]


@pages.get("/pair")
@by_address
@by_who_asks
def pair_page() -> Answer:
    """A field for the code; with a code, what the player that shows it says of itself."""
    typed = forms.text("code", 40)
    if not typed:
        return _ask("", ())
    with database().read() as reading:
        pairing = _found(reading, typed)
    if pairing is None:
        return _wrong(typed)
    return _page(pairing, ScreenDraft(""), ())


@pages.post("/pair")
@by_address
@by_who_asks
def confirm() -> Answer:
    """Make the player a screen: a new one, or one that is there already."""
    typed = forms.text("code", 40)
    with database().read() as reading:
        pairing = _found(reading, typed)
        chosen = preferences(reading)
    if pairing is None:
        return _wrong(typed)
    draft = ScreenDraft(
        name=forms.text("name"), site=forms.text("site"), locale=chosen.language,
        timezone=chosen.timezone, group_id=forms.whole("group_id") or None,
    )  # fmt: skip
    had_agent = _has_agent(forms.whole("screen"))
    try:
        screen_id = _confirmed(pairing.code, draft)
    except Invalid as invalid:
        return _page(pairing, draft, invalid.problems), 422
    except NotFound:  # it ran out, or somebody else confirmed it, in this moment
        return _wrong(typed)
    flash(translate(N_("Paired. The screen starts within seconds.")))
    _tell_of_agent(screen_id, had=had_agent)
    return redirect(url_for("screens.edit_page", screen_id=screen_id))


@pages.post("/<int:screen_id>/settling")
def settling(screen_id: int) -> Response:
    """Of two players with one token this one stays."""
    had_agent = _has_agent(screen_id)
    devices.settle(database(), screen_id, forms.text("stays", 40), user_id=me().user_id, at=at())
    flash(translate(N_("The other player is cut off, and shows a code.")))
    _tell_of_agent(screen_id, had=had_agent)
    return redirect(url_for("screens.edit_page", screen_id=screen_id))


def _confirmed(code: str, draft: ScreenDraft) -> int:
    if request.form.get("as") != "again":
        return pairings.pair_new(database(), code, draft, user_id=me().user_id, at=at())
    screen_id = forms.whole("screen")
    with database().read() as reading:
        if not screen_id or reading.get(Screen, screen_id) is None:
            text = N_("Choose the screen that it is.")
            raise Invalid([Problem("missing", text, "screen")])
    return pairings.pair_again(database(), code, screen_id, user_id=me().user_id, at=at())


def _has_agent(screen_id: int | None) -> bool:
    with database().read() as reading:
        return bool(screen_id) and reading.get(Agent, screen_id) is not None


def _tell_of_agent(screen_id: int, *, had: bool) -> None:
    if had and not _has_agent(screen_id):
        flash(translate(NEEDS_LINE))


def _found(reading: Session, typed: str) -> Pairing | None:
    code = read_code(typed)
    return pairing_of(reading, code, at()) if code else None


def _wrong(typed: str) -> tuple[str, int]:
    g.wrong_code = True
    return _ask(typed, [Problem("wrong-code", _WRONG, "code")]), 422


def _ask(typed: str, problems: Sequence[Problem]) -> str:
    wall = parts().settings.url.partition("://")[2] + url_for("wall.wall")
    return render_template(
        "desk/pair.html", typed=typed, pairing=None, problems=problems, wall_address=wall
    )


def _page(pairing: Pairing, draft: ScreenDraft, problems: Sequence[Problem]) -> str:
    search = forms.text("q", 80)
    with database().read() as reading:
        found = named(reading, search, most=MOST_CHOICES + 1)
        known, places = groups(reading), sites(reading)
    return render_template(
        "desk/pair.html", pairing=pairing, shown=shown_code(pairing.code),
        looks=looks_of(pairing.looks), draft=draft, groups=known, sites=places,
        screens=found[:MOST_CHOICES], more=len(found) > MOST_CHOICES, search=search,
        chosen=forms.whole("screen"), on=set(parts().connected()), problems=problems, typed="",
    )  # fmt: skip
