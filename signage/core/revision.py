"""A revision: the cuts and masks that lie over a comment, and how they come and go as JSON.

Spans are code points (Python's own indices).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from signage.core.attribution import KINDS
from signage.errors import Invalid, Problem
from signage.words import N_

LABELS = ("name", "phone", "email", "number", "other")


@dataclass(frozen=True, slots=True)
class Cut:
    """Left out: comment[start:end]."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mask:
    """Hidden behind a word for what it was: comment[start:end], label one of LABELS."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Revision:
    """The cuts and masks over one comment, in any order; they may overlap."""

    cuts: tuple[Cut, ...] = ()
    masks: tuple[Mask, ...] = ()
    who: str | None = None
    """How the customer is named, one of attribution.KINDS; None: as the consent allows."""

    def to_json(self) -> dict[str, Any]:
        """{cuts: [{start, end}], masks: [{start, end, label}]}, and who where it was chosen."""
        named = {} if self.who is None else {"who": self.who}
        return {
            **named,
            "cuts": [{"start": cut.start, "end": cut.end} for cut in self.cuts],
            "masks": [
                {"start": mask.start, "end": mask.end, "label": mask.label} for mask in self.masks
            ],
        }

    @classmethod
    def from_json(cls, body: object) -> "Revision":
        """The reverse of to_json, from outside; Invalid for any other shape."""
        if not isinstance(body, Mapping) or not body.keys() <= {"cuts", "masks", "who"}:
            raise Invalid([_SHAPE])
        who = body.get("who")
        if who is not None and who not in KINDS:
            raise Invalid([_SHAPE])
        cuts = tuple(Cut(*_span(each, {"start", "end"})) for each in _spans(body, "cuts"))
        masks = []
        for each in _spans(body, "masks"):
            start, end = _span(each, {"start", "end", "label"})
            masks.append(Mask(start, end, _text(each["label"])))
        return cls(cuts, tuple(masks), who)


def _spans(body: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    spans = body.get(name, [])
    if not isinstance(spans, list) or not all(isinstance(each, Mapping) for each in spans):
        raise Invalid([_SHAPE])
    return spans


def _span(each: Mapping[str, object], keys: set[str]) -> tuple[int, int]:
    if each.keys() != keys:
        raise Invalid([_SHAPE])
    return _whole(each["start"]), _whole(each["end"])


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Invalid([_SHAPE])
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Invalid([_SHAPE])
    return value


_SHAPE = Problem(
    "revision-shape",
    N_("The cuts and masks could not be read. Reload the page and mark the words again."),
    field="revision",
)
