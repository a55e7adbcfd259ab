"""Publishing what was drafted: what changes, on which screens, and the way back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from signage.actions import publish_plan
from signage.models import PlanDraft, PublishedPlan, User
from signage.models.publication import publication
from signage.web import forms, slot_words
from signage.web.context import at, database, me
from signage.web.permit import require
from signage.words import N_, translate

pages = Blueprint("publication", __name__, url_prefix="/desk/screens/publication")
pages.before_request(require("screens"))


@pages.get("")
def publication_page() -> str:
    """What publishing would change, and what was published last."""
    with database().read() as session:
        now = publication(session)
        people = _names(session, now.draft, now.latest)
    return render_template(
        "desk/publication.html", live=now.live, plan=now.plan, draft=now.draft, latest=now.latest,
        people=people, changes=now.changes, weeks=now.weeks, sizes=now.sizes, words=slot_words,
        screens=now.screens, both=now.both,
    )  # fmt: skip


@pages.post("")
def publish() -> Response:
    """Hang it."""
    publish_plan.publish_plan(
        database(), seen=forms.text("seen", 20), at=at(), user_id=me().user_id
    )
    flash(translate(N_("Published. Walls change between two scenes.")))
    return redirect(url_for("publication.publication_page"))


@pages.post("/discard")
def discard() -> Response:
    """Give the draft up."""
    publish_plan.discard_draft(
        database(), seen=forms.text("seen", 20), at=at(), user_id=me().user_id
    )
    flash(translate(N_("The draft is gone. What hangs has stayed as it was.")))
    return redirect(url_for("publication.publication_page"))


@pages.post("/undo")
def undo() -> Response:
    """Hang again what hung before the latest publication."""
    publish_plan.put_back(database(), forms.whole("plan"), at=at(), user_id=me().user_id)
    flash(translate(N_("What hung before hangs again. What you took back is the draft.")))
    return redirect(url_for("publication.publication_page"))


def _names(
    session: Session, draft: PlanDraft | None, latest: PublishedPlan | None
) -> dict[int, str]:
    ids = {row.user_id for row in (draft, latest) if row is not None and row.user_id}
    return dict(session.execute(select(User.id, User.name).where(User.id.in_(ids))).all())
