"""Granvidde, the company of the demo: it sells furniture, and it does not exist.

Comments and improvements are read from the two TOML files beside this module.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from signage.core.scores import Metric

Consent = Literal["unknown", "anonymous", "role", "first_name", "full_name"]
CommentState = Literal["published", "waiting", "later"]
MaskLabel = Literal["name", "phone", "email", "number", "other"]


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """One stop on the customer's journey.

    moment: where it lies around the purchase. share: of all answers, 0..1. csat, ces: shares of
    its own answers that are to those metrics; the rest are NPS.
    course: (days ago, NPS) knots, oldest first; straight lines run between them.
    """

    name: str
    moment: Literal["before", "during", "after"]
    share: float
    csat: float
    ces: float
    course: tuple[tuple[int, float], ...]

    def level(self, days_ago: int) -> float:
        """The NPS that its answers centre on that day, -100..100; flat beyond the last knots."""
        newer = self.course[-1]
        for older in reversed(self.course):
            if older[0] >= days_ago:
                span = older[0] - newer[0]
                part = (days_ago - newer[0]) / span if span else 0.0
                return newer[1] + part * (older[1] - newer[1])
            newer = older
        return newer[1]


@dataclass(frozen=True, slots=True)
class Company:
    """Who the demo is about. languages, segments: share of the answers, 0..1."""

    name: str
    about: str
    wall_title: str
    locale: str
    timezone: str
    sites: tuple[str, ...]
    languages: Mapping[str, float]
    segments: Mapping[str, float]
    touchpoints: tuple[Touchpoint, ...]


@dataclass(frozen=True, slots=True)
class Mask:
    """A part of a comment that a label stands in for."""

    text: str
    label: MaskLabel


@dataclass(frozen=True, slots=True)
class Comment:
    """What a customer wrote. cuts and the masks' texts occur exactly once in `text`."""

    id: str
    language: str
    touchpoint: str
    metric: Metric
    score: int
    role: str | None
    name: str | None
    consent: Consent
    state: CommentState
    text: str
    cuts: tuple[str, ...]
    masks: tuple[Mask, ...]


@dataclass(frozen=True, slots=True)
class Improvement:
    """What was done, and the ids of the comments behind it; under way while done_days_ago is None.

    label: at most 22 characters, for a chart.
    """

    id: str
    touchpoint: str
    did: str
    label: str
    by: str
    said: tuple[str, ...]
    done_days_ago: int | None

    def done_on(self, today: date) -> date | None:
        """The day it was done, seen from `today`; None while under way."""
        return None if self.done_days_ago is None else today - timedelta(days=self.done_days_ago)


# A course turns up where an improvement in improvements.toml was done, over the week or two that
# it takes to reach every customer. Invoices do not move: tidier, but not what bothered people.
_DELIVERY = ((425, -2), (330, -12), (322, 24), (225, 22), (99, -12), (91, 25), (0, 31))
_SERVICE = ((425, 22), (110, 4), (102, 43), (0, 45))

GRANVIDDE = Company(
    name="Granvidde",
    about="Solid-wood furniture, ordered online, carried in and, if you like, assembled.",
    wall_title="Customer voices",
    locale="en",
    timezone="Europe/Stockholm",
    sites=("Jönköping, head office", "Nässjö, warehouse", "Aarhus, showroom", "Oslo, service"),
    languages={"sv": 0.4, "da": 0.2, "nb": 0.2, "de": 0.11, "en": 0.09},
    segments={"Home": 0.84, "Business": 0.16},
    touchpoints=(
        Touchpoint("Website", "before", 0.16, 0, 0.16, ((425, 14), (300, -2), (288, 38), (0, 32))),
        Touchpoint("Order", "during", 0.15, 0, 0, ((425, 24), (240, 10), (230, 46), (0, 44))),
        Touchpoint("Delivery", "during", 0.26, 0.14, 0, _DELIVERY),
        Touchpoint("Assembly", "after", 0.16, 0.1, 0, ((425, 8), (190, -8), (180, 32), (0, 30))),
        Touchpoint("Customer service", "after", 0.17, 0.16, 0.2, _SERVICE),
        Touchpoint("Invoice", "after", 0.1, 0, 0.12, ((425, 16), (0, 16))),
    ),
)


@cache
def comments() -> tuple[Comment, ...]:
    """All comments, in the order of the file."""
    return tuple(
        Comment(
            id=entry["id"],
            language=entry["language"],
            touchpoint=entry["touchpoint"],
            metric=entry.get("metric", "nps"),
            score=entry["score"],
            role=entry.get("role"),
            name=entry.get("name"),
            consent=entry["consent"],
            state=entry["state"],
            text=entry["text"],
            cuts=tuple(entry.get("cuts", ())),
            masks=tuple(Mask(**mask) for mask in entry.get("masks", ())),
        )
        for entry in _entries("comments.toml", "comment")
    )


@cache
def improvements() -> tuple[Improvement, ...]:
    """All improvements, oldest first, those under way last."""
    return tuple(
        Improvement(
            id=entry["id"],
            touchpoint=entry["touchpoint"],
            did=entry["did"],
            label=entry["label"],
            by=entry["by"],
            said=tuple(entry["said"]),
            done_days_ago=entry.get("done_days_ago"),
        )
        for entry in _entries("improvements.toml", "improvement")
    )


def _entries(file: str, table: str) -> list[dict[str, Any]]:
    text = files("signage.demo").joinpath(file).read_text("utf-8")
    entries: list[dict[str, Any]] = tomllib.loads(text)[table]
    return entries
