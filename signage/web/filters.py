"""The filters of the find page as its address says them."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from flask import request

from signage.core.searching import terms_of
from signage.errors import Invalid, Problem
from signage.models.found import BAND_PLACES, STATES, Filters
from signage.web import forms
from signage.words import N_

NAMES = (
    "q", "state", "band", "score", "touchpoint", "language", "tag", "person", "source",
    "from", "to",
)  # fmt: skip
"""Parameters of the page that make up a view."""


def asked() -> dict[str, str]:
    """What the address says of filters, without what is empty."""
    said = {name: forms.text(name, 200) for name in NAMES}
    return {name: value for name, value in said.items() if value}


def filters_of(timezone: str) -> Filters:
    """The filters as the models take them; days are the company's. Raises Invalid for a day or a
    number that is none, and for a state that there is not."""
    zone, band = ZoneInfo(timezone), forms.text("band")
    return Filters(
        terms=terms_of(forms.text("q", 200)),
        state=_state(),
        band=band if band in BAND_PLACES else "",
        score=forms.whole("score") if forms.text("score") else None,
        touchpoint=forms.whole("touchpoint"),
        language=forms.text("language", 32),
        tag=forms.whole("tag"),
        person=forms.whole("person"),
        source=forms.text("source", 200),
        first=forms.midnight("from", zone),
        last=forms.midnight("to", zone, days=1),
    )


def _state() -> str:
    chosen = forms.text("state")
    if chosen and chosen not in STATES:
        text = N_("There is no “{chosen}” to choose here: take one of {known}.")
        told = {"chosen": chosen[:40], "known": ", ".join(STATES)}
        raise Invalid([Problem("not-a-choice", text, "state", told)])
    return chosen


def only_filters(query: Mapping[str, object]) -> dict[str, str]:
    """A kept view's parameters, and nothing else."""
    return {name: str(query[name]) for name in NAMES if query.get(name)}


def nothing_to_look_for() -> bool:
    """Something was typed that holds neither letter nor figure."""
    typed = request.values.get("q", "").strip()
    return bool(typed) and not terms_of(forms.text("q", 200))
