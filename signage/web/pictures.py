"""Pictures of notices and the logo, as walls fetch them: named by their content, kept for good."""

from flask import Blueprint, Response
from sqlalchemy import select

from signage.errors import NotFound
from signage.models import Picture
from signage.web.context import database
from signage.web.permit import require

pages = Blueprint("pictures", __name__, url_prefix="/pictures")
pages.before_request(require("anyone"))


@pages.get("/<digest>.webp")
def picture(digest: str) -> Response:
    """A picture. Its name is a digest that nobody guesses: whoever has it was shown the notice."""
    with database().read() as session:
        data = session.scalar(select(Picture.data).where(Picture.digest == digest))
    if data is None:
        raise NotFound
    answer = Response(data, mimetype="image/webp")
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
