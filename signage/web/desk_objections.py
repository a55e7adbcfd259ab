"""What rules approved and hangs soon, unless somebody objects."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from signage.actions.objections import object_to, pending
from signage.web import forms
from signage.web.context import at, database, me
from signage.web.permit import require
from signage.words import N_, translate

pages = Blueprint("objections", __name__, url_prefix="/desk")
pages.before_request(require("moderate"))

PAGE = 20


@pages.get("/soon")
def soon_page() -> str:
    """Quotes that rules approved and that do not hang yet, the next one first."""
    page = forms.page_number()
    with database().read() as session:
        found = pending(session, skip=(page - 1) * PAGE, size=PAGE + 1)
    return render_template("desk/soon.html", lines=found[:PAGE], page=page, more=len(found) > PAGE)


@pages.post("/quotes/<int:quote_id>/objection")
def objection(quote_id: int) -> Response:
    """Object: the quote returns to the queue."""
    object_to(database(), quote_id, user_id=me().user_id, at=at())
    flash(translate(N_("It waits in the queue again.")))
    return redirect(url_for("objections.soon_page"))
