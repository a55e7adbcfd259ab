"""The wall's page: the same for every wall; what it shows comes over its socket."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    g,
    make_response,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from sqlalchemy.exc import SQLAlchemyError

from signage import __version__
from signage.actions.programme import wall_words
from signage.core.roles import ANYONE
from signage.models import preferences
from signage.places import place
from signage.web.context import database
from signage.web.permit import require
from signage.web.shell import WORKER, shell
from signage.words import LANGUAGES, language

pages = Blueprint("wall", __name__)
pages.before_request(require(ANYONE))


@pages.get("/wall")
def wall() -> Response:
    """The player. The key stands behind # in the address and never reaches the server here."""
    framed_by = _framed_by()
    g.framed_by = framed_by or "'none'"
    said = request.args.get("lang", "")
    locale = said if said in LANGUAGES else language()
    config = {
        "version": __version__,
        "shell": shell().version,
        "locale": locale,
        "words": wall_words(locale),
    }
    page = make_response(render_template("wall/wall.html", config=config, locale=locale))
    if framed_by is None:
        page.headers["Retry-After"] = "5"  # a wall that keeps its page keeps the list, too
    return page


def _framed_by() -> str | None:
    """The sites that may show walls in a frame; None while the database does not say: the player
    itself needs nothing of it."""
    try:
        with database().read() as session:
            return preferences(session).framed_by
    except SQLAlchemyError:
        return None


@pages.get("/wall/shell")
def files() -> dict[str, Any]:
    """What a wall keeps to start without the server, each with the hash of its content."""
    kept = [
        {"url": url_for("static", filename=path), "integrity": integrity}
        for path, integrity in shell().files
    ]
    return {"version": shell().version, "files": kept}


@pages.get("/wall-worker.js")
def worker() -> Response:
    """The service worker, from where it may look after /wall."""
    return send_from_directory(place("static"), WORKER, max_age=0)
