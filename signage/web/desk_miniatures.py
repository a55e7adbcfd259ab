"""A screen in small: the real player at the desk, fed with what that screen is told. It is no
screen: it has no socket and no token, and owes no receipts."""

import json

from flask import Blueprint, Response, g, render_template, request, url_for

from signage import __version__
from signage.actions.programme import wall_words
from signage.errors import NotFound
from signage.models import Screen
from signage.web.context import database, parts
from signage.web.permit import require
from signage.web.shell import shell

pages = Blueprint("miniatures", __name__, url_prefix="/desk/screens")
pages.before_request(require("screens"))

LONGEST_HAVE = 4000


@pages.get("/<int:screen_id>/miniature")
def miniature(screen_id: int) -> str:
    """The player, as this screen; in a frame of the desk."""
    with database().read() as reading:
        screen = reading.get(Screen, screen_id)
        if screen is None:
            raise NotFound
    g.framed_by = "'self'"
    config = {
        "version": __version__,
        "shell": shell().version,
        "locale": screen.locale,
        "words": wall_words(screen.locale),
        "looks_on": url_for("miniatures.showing", screen_id=screen_id),
    }
    return render_template("wall/wall.html", config=config, locale=screen.locale)


@pages.get("/<int:screen_id>/showing")
def showing(screen_id: int) -> Response:
    """What the screen is told, beyond what the miniature has."""
    try:
        have = json.loads(request.args.get("have", "{}")[:LONGEST_HAVE])
    except ValueError:
        have = {}
    told = parts().told(screen_id, have)
    if told is None:
        raise NotFound
    return Response(told, content_type="application/json")
