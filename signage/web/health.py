"""For whoever watches the server."""

from flask import Blueprint, jsonify
from sqlalchemy import text
from werkzeug.wrappers import Response

from signage.web.context import database

pages = Blueprint("health", __name__)


@pages.get("/health")
def health() -> Response:
    """200 when the database answers."""
    with database().read() as session:
        session.execute(text("SELECT 1"))
    return jsonify(status="ok")
