"""The keys that a person chose: of each deed another, none, or all switched off."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from signage.actions.shortcuts import choose_keys, chosen_keys, switch_keys
from signage.core.shortcuts import USUAL, are_off, in_force
from signage.errors import Invalid, Problem
from signage.web import forms
from signage.web.context import database, me
from signage.web.permit import require
from signage.web.wording import DEED_WORDS
from signage.words import N_, translate

pages = Blueprint("keys", __name__, url_prefix="/desk/settings/keys")
pages.before_request(require("moderate"))


@pages.get("")
def keys_page() -> str:
    """The keys in force."""
    with database().read() as session:
        chosen = chosen_keys(session, me().user_id)
    return _form(in_force(chosen), are_off(chosen), ())


@pages.post("")
def choose() -> Response | tuple[str, int]:
    """Keep what was chosen, or the usual keys again."""
    wanted = {} if forms.text("usual") else {deed: forms.text(deed, 20) for deed in USUAL}
    off = not forms.text("usual") and not forms.text("single")
    try:
        choose_keys(database(), me().user_id, wanted, off=off)
    except Invalid as invalid:
        return _form(wanted, off, invalid.problems), 422
    flash(translate(N_("Saved.")))
    return redirect(url_for("keys.keys_page"))


@pages.post("/switch")
def switch() -> tuple[str, int]:
    """Switch all single keys on or off, from the dialog of the review page."""
    switch_keys(database(), me().user_id, off=forms.text("single") != "on")
    return "", 204


def _form(keys: Mapping[str, str], off: bool, problems: Sequence[Problem]) -> str:
    return render_template(
        "desk/keys.html", keys=keys, off=off, problems=problems, deeds=DEED_WORDS, usual=USUAL
    )
