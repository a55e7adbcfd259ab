"""Settings: what the company prefers."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from signage.actions.prefer import prefer
from signage.errors import Invalid, Problem
from signage.models import Preferences, preferences
from signage.web import forms
from signage.web.context import at, database, me
from signage.web.permit import require
from signage.words import N_, translate

pages = Blueprint("settings", __name__, url_prefix="/desk/settings")
pages.before_request(require("settings"))


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
        prefer(database(), chosen, at=at(), user_id=me().user_id)
    except Invalid as invalid:
        return _form(chosen, invalid.problems), 422
    flash(translate(N_("Saved.")))
    return redirect(url_for("settings.settings_page"))


def _form(chosen: Preferences, problems: Sequence[Problem]) -> str:
    return render_template("desk/settings.html", chosen=chosen, problems=problems)
