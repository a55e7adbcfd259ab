"""A quote is the customer's own words: parts may be hidden, nothing may be added or changed.

A Revision lies over the untouched comment as spans in code points (Python's own indices). What a
wall shows is worked out from the two, and `is_verbatim` proves it back against the comment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from signage.core.hidden import hidden_in
from signage.core.reading import count_words
from signage.core.revision import LABELS, Cut, Mask, Revision
from signage.errors import Invalid, Problem
from signage.words import N_

__all__ = [
    "LABELS", "MOST_CHARACTERS", "MOST_WORDS", "Cut", "Mask", "Piece", "Revision", "check",
    "is_too_long", "is_verbatim", "pieces", "published", "struck",
]  # fmt: skip

MOST_WORDS = 200
"""Of what hangs: 107 s on a wall."""
MOST_CHARACTERS = 1500
"""The same, for scripts without spaces and for words without end."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quote. text: the words, else empty. label: what a mask hides, else None."""

    kind: Literal["words", "cut", "mask"]
    text: str = ""
    label: str | None = None

    def as_json(self) -> dict[str, str]:
        """{kind: "words", text} | {kind: "cut"} | {kind: "mask", label}."""
        if self.kind == "words":
            return {"kind": self.kind, "text": self.text}
        return (
            {"kind": self.kind} if self.label is None else {"kind": self.kind, "label": self.label}
        )


def pieces(comment: str, revision: Revision) -> tuple[Piece, ...]:
    """What is shown of the comment under a revision, in order.

    Spans grow outward to whole characters as a reader sees them, so half an emoji or a bare
    accent never shows. Spans that overlap become one. White space between two cuts, or outside
    the first or last, is left out with them; all other white space stays as the customer typed it.
    """
    shown: list[Piece] = []
    at = 0
    for start, end, label in hidden_in(comment, revision):
        if at < start:
            shown.append(Piece("words", comment[at:start]))
        shown.append(Piece("cut") if label is None else Piece("mask", label=label))
        at = end
    if at < len(comment):
        shown.append(Piece("words", comment[at:]))
    return tuple(shown)


def struck(comment: str, revision: Revision) -> tuple[Piece, ...]:
    """The whole comment, in order, each stretch as what it is under a revision: for those who may
    read what is hidden. The texts of all pieces together are the comment."""
    told: list[Piece] = []
    at = 0
    for start, end, label in hidden_in(comment, revision):
        if at < start:
            told.append(Piece("words", comment[at:start]))
        hidden = comment[start:end]
        told.append(Piece("cut", hidden) if label is None else Piece("mask", hidden, label))
        at = end
    if at < len(comment):
        told.append(Piece("words", comment[at:]))
    return tuple(told)


def check(comment: str, revision: Revision, *, to_hang: bool = True) -> None:
    """Raise Invalid, naming every problem, unless the revision fits the comment; and, where it is
    `to_hang`, unless what is left of it can be read on a wall."""
    spans: tuple[Cut | Mask, ...] = (*revision.cuts, *revision.masks)
    problems = []
    if any(span.start < 0 or span.end > len(comment) for span in spans):
        problems.append(_OUTSIDE)
    if any(span.start >= span.end for span in spans):
        problems.append(_EMPTY)
    if any(mask.label not in LABELS for mask in revision.masks):
        problems.append(_LABEL)
    if not problems and not any(piece.text.strip() for piece in pieces(comment, revision)):
        problems.append(_NOTHING)
    if not problems and to_hang and is_too_long(published(pieces(comment, revision))):
        problems.append(_TOO_LONG)
    if problems:
        raise Invalid(problems)


def is_too_long(shown: str) -> bool:
    """Whether nobody who passes by would read a text to its end: it would hang for minutes."""
    return count_words(shown) > MOST_WORDS or len(shown) > MOST_CHARACTERS


def published(shown: Iterable[Piece]) -> str:
    """The pieces as one text: masks as [label], cuts as […]."""
    marks = {"cut": "[…]"}
    return "".join(
        piece.text if piece.kind == "words" else marks.get(piece.kind, f"[{piece.label}]")
        for piece in shown
    )


def is_verbatim(comment: str, shown: Sequence[Piece]) -> bool:
    """Whether the words are the comment's own, in its order, with a mark wherever any is missing.

    Each mark stands for at least one character. Looking for each stretch of words as early as it
    can stand leaves the most room for the rest, so no way to fit them is overlooked.
    """
    if not all(_well_formed(piece) for piece in shown):
        return False
    if any(one.kind == two.kind == "words" for one, two in pairwise(shown)):
        return False
    at = marks = 0
    for index, piece in enumerate(shown):
        if piece.kind != "words":
            marks += 1
            continue
        found = _place(comment, piece.text, at, marks, last=index == len(shown) - 1)
        if found < 0:
            return False
        at, marks = found + len(piece.text), 0
    return len(comment) - at >= marks and (marks > 0 or at == len(comment))


def _well_formed(piece: Piece) -> bool:
    if piece.kind == "words":
        return piece.text != "" and piece.label is None
    return piece.text == "" and (piece.label in LABELS if piece.kind == "mask" else not piece.label)


def _place(comment: str, words: str, at: int, marks: int, *, last: bool) -> int:
    """Where the words stand behind `marks` marks, or -1."""
    earliest = at + marks
    if last:
        start = len(comment) - len(words)
        fits = start >= earliest if marks else start == at
        return start if fits and comment.endswith(words) else -1
    if marks:
        return comment.find(words, earliest)
    return at if comment.startswith(words, at) else -1


_OUTSIDE = Problem(
    "span-outside",
    N_("A cut or mask lies outside the comment. Reload the page and mark the words again."),
    field="revision",
)
_EMPTY = Problem(
    "span-empty",
    N_("A cut or mask covers no words. Mark at least one character, or remove it."),
    field="revision",
)
_LABEL = Problem(
    "mask-label",
    N_("A mask has an unknown label. Choose name, phone, email, number or other."),
    field="revision",
)
_TOO_LONG = Problem(
    "too-long",
    N_("Too long for a wall: at most {words} words and {characters} characters. Cut some of it."),
    field="revision",
    params={"words": MOST_WORDS, "characters": MOST_CHARACTERS},
)
_NOTHING = Problem(
    "nothing-left",
    N_("Nothing is left to show. Keep some of the customer's words, or reject the quote."),
    field="revision",
)
