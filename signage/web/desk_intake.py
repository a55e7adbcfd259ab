"""Intake."""

from flask import Blueprint, render_template

from signage.web.context import require_person

pages = Blueprint("intake", __name__, url_prefix="/desk/intake")
pages.before_request(require_person)


@pages.get("")
def intake_page() -> str:
    return render_template("desk/intake.html")
