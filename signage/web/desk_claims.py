"""Who looks at what: claims, and news of the desk for pages that no socket reaches."""

from dataclasses import asdict

from flask import Blueprint, jsonify
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from signage.actions.claims import claim, release
from signage.models.desk_news import held, news
from signage.models.queue import count_newer
from signage.web import forms
from signage.web.context import at, database, me
from signage.web.permit import require

pages = Blueprint("claims", __name__, url_prefix="/desk")
pages.before_request(require("moderate"))


@pages.post("/claims")
def deal() -> Response:
    """Deal quotes to one page, or renew them; the others' are told."""
    wanted = [int(each) for each in forms.text("quotes").split(",") if each.isdecimal()][:20]
    wanted = [each for each in wanted if each <= forms.LARGEST]
    page = forms.text("page", 32)
    mine = claim(database(), wanted, user_id=me().user_id, page=page, at=at())
    with database().read() as session:
        others = [asdict(each) for each in held(session, at=at())]
    return jsonify(mine=mine, held=others, csrf=generate_csrf())


@pages.post("/claims/return")
def give_back() -> tuple[str, int]:
    """A page was left."""
    release(database(), user_id=me().user_id, page=forms.text("page", 32))
    return "", 204


@pages.get("/review/newer")
def newer() -> Response:
    """How many came to wait since the page was loaded, and the last of those that were counted."""
    with database().read() as session:
        count, newest = count_newer(session, forms.whole("than"))
    return jsonify(newer=count, newest=newest)


@pages.get("/review/news")
def news_since() -> Response:
    """Decisions since one, and who looks at what: what the socket tells by itself."""
    with database().read() as session:
        told = news(session, forms.whole("since"), at=at())
    return jsonify(**asdict(told), csrf=generate_csrf())
