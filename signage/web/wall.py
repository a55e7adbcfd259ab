"""The wall's page: the same for every wall; what it shows comes over its socket."""

from flask import Blueprint, render_template, request

from signage import __version__
from signage.actions.programme import wall_words
from signage.core.roles import ANYONE
from signage.web.permit import require
from signage.words import LANGUAGES, language

pages = Blueprint("wall", __name__)
pages.before_request(require(ANYONE))


@pages.get("/wall")
def wall() -> str:
    """The player. The key stands behind # in the address and never reaches the server here."""
    said = request.args.get("lang", "")
    locale = said if said in LANGUAGES else language()
    config = {"version": __version__, "locale": locale, "words": wall_words(locale)}
    return render_template("wall/wall.html", config=config, locale=locale)
