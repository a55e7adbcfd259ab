"""What rules are told of an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from signage.core.scores import Metric
from signage.core.verbatim import Cut, Mask, Revision

Span = tuple[int, int]
"""Start and end in code points of the comment."""

HIDDEN = "\0"
"""Stands for each character under a cut or mask: no comment holds it, so nothing is found there."""


class Finding(Protocol):
    """As far as rules look at what a machine found in a comment."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """The one after the last."""

    @property
    def kind(self) -> str:
        """phone, staff_name, dirty_word, …"""

    @property
    def level(self) -> str:
        """low, medium or high."""


@dataclass(frozen=True, slots=True, order=True)
class Spotted:
    """A finding, as it is kept beside the other facts."""

    start: int
    end: int
    kind: str
    level: str


@dataclass(frozen=True, slots=True)
class Facts:
    """An answer as it would be shown.

    text: the comment with HIDDEN in the place of what is cut or masked, so that places stay.
    findings: in what is shown; None where the comment was not inspected. quotable: whether the
    customer's consent, as far as it is known, lets the comment hang at all.
    """

    text: str
    metric: Metric
    source: str
    score: int | None = None
    touchpoint_id: int | None = None
    segment: str | None = None
    language: str | None = None
    findings: tuple[Spotted, ...] | None = None
    quotable: bool = True


def visible(comment: str, revision: Revision) -> str:
    """The comment with HIDDEN in the place of what is cut or masked."""
    letters = list(comment)
    spans: tuple[Cut | Mask, ...] = (*revision.cuts, *revision.masks)
    for span in spans:
        start, end = max(span.start, 0), min(span.end, len(letters))
        letters[start:end] = HIDDEN * max(end - start, 0)
    return "".join(letters)


def seen_in(text: str, findings: Iterable[Finding] | None) -> tuple[Spotted, ...] | None:
    """The findings of which something still shows."""
    if findings is None:
        return None
    return tuple(
        sorted(
            Spotted(each.start, each.end, each.kind, each.level)
            for each in findings
            if text[each.start : each.end].strip(HIDDEN)
        )
    )
