"""Reading what a reviewer marked: cuts, masks, and who is named."""

import json

from flask import request

from signage.core.verbatim import Revision
from signage.errors import Invalid, Problem
from signage.web import forms
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
