"""Names and numbers: the lists that the company keeps for what is found in comments."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from signage.actions.lists import add_words, listed, remove_word
from signage.errors import Invalid, Problem
from signage.models.inspection import LIST_KINDS
from signage.web import forms
from signage.web.context import at, database, me
from signage.web.permit import require
from signage.words import N_, translate

MOST_TYPED = 200_000

pages = Blueprint("lists", __name__, url_prefix="/desk/settings/lists")
pages.before_request(require("settings"))


@pages.get("")
def lists_page() -> str:
    """Both lists."""
    return _page({}, ())


@pages.post("/<kind>")
def adding(kind: str) -> Response | tuple[str, int]:
    """Put lines on a list, one each."""
    if kind not in LIST_KINDS:
        abort(404)
    said = forms.text("lines", MOST_TYPED)
    try:
        n = add_words(database(), kind, said.splitlines(), user_id=me().user_id, at=at())
    except Invalid as invalid:
        return _page({kind: said}, invalid.problems), 422
    flash(translate(N_("Added: {n}.")).format(n=n))
    return redirect(url_for("lists.lists_page"))


@pages.post("/words/<int:word_id>/removal")
def removal(word_id: int) -> Response:
    """Take a line off its list."""
    line = remove_word(database(), word_id, user_id=me().user_id, at=at())
    flash(translate(N_("“{line}” is off the list.")).format(line=line))
    return redirect(url_for("lists.lists_page"))


def _page(said: dict[str, str], problems: Sequence[Problem]) -> str:
    with database().read() as session:
        lists = listed(session)
    return render_template("desk/lists.html", lists=lists, said=said, problems=problems)
