"""Two who change the same settings: the second is told what the first saved, and loses nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from signage.web import forms
from signage.words import N_, translate


@dataclass(frozen=True, slots=True)
class Saved:
    """What a field says now, where that is not what was typed."""

    label: str
    now: str


def seen() -> str | None:
    """What the form was filled from, as it sends it back."""
    return forms.text("seen", 40) or None


def saved_meanwhile(
    labels: Mapping[str, str], typed: Mapping[str, object], now: Mapping[str, object]
) -> list[Saved]:
    """Field by field, for templates/desk/macros.html; labels: field → its label, not translated."""
    return [
        Saved(translate(label), _told(now[field]))
        for field, label in labels.items()
        if _told(typed[field]) != _told(now[field])
    ]


def file_was_sent() -> bool:
    """Whether a file must be chosen again: no page can put it back."""
    return any(file.filename for file in request.files.values())


def _told(value: object) -> str:
    if isinstance(value, bool):
        return translate(N_("yes") if value else N_("no"))
    return "" if value is None else str(value)
