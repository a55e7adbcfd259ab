"""Settings: what the company prefers."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from signage.actions.prefer import prefer, settings_seen
from signage.errors import Conflict, Invalid, Problem
from signage.models import Preferences, preferences
from signage.web import forms, stale
from signage.web.context import at, database, me
from signage.web.permit import require
from signage.words import N_, translate

pages = Blueprint("settings", __name__, url_prefix="/desk/settings")
pages.before_request(require("settings"))

LABELS = {
    "title": N_("What the wall calls itself"),
    "grace_seconds": N_("Seconds from approval to the wall"),
    "age_target_hours": N_("Hours in which a comment is to be decided"),
    "without_consent": N_("Customers of whose consent nothing is known"),
    "window_days": N_("Days of answers in one score"),
    "expiry_days": N_("Days that a quote hangs"),
    "target_score": N_("NPS target"),
    "target_by": N_("To be reached by"),
    "question": N_("Headline of the NPS page"),
    "language": N_("Language of new screens"),
    "timezone": N_("Time zone"),
}


@pages.get("")
def settings_page() -> str:
    """The choices in force."""
    with database().read() as session:
        chosen = preferences(session)
    return _form(chosen, ())


@pages.post("")
def change() -> Response | tuple[str, int]:
    """Choose; walls follow within a second."""
    with database().read() as session:
        chosen = preferences(session)
    try:
        chosen = replace(
            chosen,
            title=forms.text("title"),
            language=forms.text("language"),
            timezone=forms.text("timezone"),
            grace_seconds=forms.whole("grace_seconds"),
            age_target_hours=forms.whole("age_target_hours", chosen.age_target_hours),
            without_consent=forms.text("without_consent") or chosen.without_consent,
            window_days=forms.whole("window_days", 90),
            expiry_days=forms.whole("expiry_days", chosen.expiry_days),
            target_score=forms.whole("target_score") if forms.text("target_score") else None,
            target_by=forms.text("target_by") or None,
            question=forms.text("question"),
        )
        prefer(database(), chosen, at=at(), user_id=me().user_id, seen=stale.seen())
    except Invalid as invalid:
        return _form(chosen, invalid.problems, seen=stale.seen()), 422
    except Conflict:
        return _form(chosen, (), overtaken=True), 409
    flash(translate(N_("Saved.")))
    return redirect(url_for("settings.settings_page"))


def _form(
    chosen: Preferences,
    problems: Sequence[Problem],
    *,
    seen: str | None = None,
    overtaken: bool = False,
) -> str:
    with database().read() as session:
        now = preferences(session)
    saved = stale.saved_meanwhile(LABELS, asdict(chosen), asdict(now)) if overtaken else None
    return render_template(
        "desk/settings.html", chosen=chosen, problems=problems, stale=saved,
        seen=seen or settings_seen(now),
    )  # fmt: skip
