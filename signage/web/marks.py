"""Reading what a reviewer marked: cuts, masks, who is named, and when it is to hang."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import request

from signage.core.verbatim import Revision
from signage.errors import Invalid, Problem
from signage.models import preferences
from signage.web import forms
from signage.web.context import database
from signage.words import N_


def spans_of() -> Revision | None:
    """Cuts, masks and who is named, as the page sends them; None where it sends none."""
    said = request.form.get("spans", "")
    if not said:
        return None
    try:
        marked = json.loads(said)
        if isinstance(marked, dict) and "who" in request.form:
            marked |= {"who": forms.text("who") or None}
        return Revision.from_json(marked)
    except (ValueError, RecursionError):  # no JSON, a number of too many digits, too deep
        raise Invalid([_UNREADABLE]) from None


_UNREADABLE = Problem(
    "bad-spans", N_("The cuts and masks could not be read. Load the page again."), "spans"
)


def spans_given() -> Revision:
    """The same where they must be there: a page that sends none would undo every cut."""
    spans = spans_of()
    if spans is None:
        raise Invalid([_UNREADABLE])
    return spans


def moment_of(name: str) -> datetime | None:
    """A day and time as a form's field has it, in the company's time zone; None where empty."""
    typed = forms.text(name, 40)
    if not typed:
        return None
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        text = N_("Write the time as 2026-02-03 13:40.")
        raise Invalid([Problem("bad-time", text, name)]) from None
    if moment.tzinfo is None:
        with database().read() as session:
            moment = moment.replace(tzinfo=ZoneInfo(preferences(session).timezone))
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # at the very edge of the calendar, and as wrong there
        return moment.replace(tzinfo=UTC)
