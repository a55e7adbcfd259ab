"""What a finding is, and what every finder is handed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import regex

from signage.words import translate

Kind = Literal[
    "email", "phone", "personal_number", "organisation_number", "iban", "card", "address", "url",
    "staff_name", "probable_name", "order_number", "dirty_word",
]  # fmt: skip
Level = Literal["low", "medium", "high"]

KINDS: tuple[Kind, ...] = (
    "iban", "card", "personal_number", "email", "order_number", "organisation_number", "staff_name",
    "url", "phone", "address", "dirty_word", "probable_name",
)  # fmt: skip
"""Every kind; of two at one level, the one that stands first is the more certain."""
LEVELS: tuple[Level, ...] = ("low", "medium", "high")
LABELS: Mapping[Kind, str] = {
    "email": "email", "phone": "phone", "personal_number": "number",
    "organisation_number": "number", "iban": "number", "card": "number", "order_number": "number",
    "staff_name": "name", "probable_name": "name", "address": "other", "url": "other",
    "dirty_word": "other",
}  # fmt: skip
"""The word that a mask over it says (core/verbatim.py)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """comment[start:end] may be something that should not hang on a wall.

    start, end: code points, on whole characters as a reader sees them. level: how sure it is, and
    how much it matters. reason: English, with {named} parts, marked with `N_` for translation.
    """

    start: int
    end: int
    kind: Kind
    level: Level
    reason: str
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What a mask over it says: one of core.verbatim.LABELS."""
        return LABELS[self.kind]

    def why(self) -> str:
        """The reason in the language in force (signage.words)."""
        return translate(self.reason).format(**self.params)

    def to_json(self) -> dict[str, Any]:
        """{start, end, kind, level, reason, params}: to be kept."""
        return {
            "start": self.start, "end": self.end, "kind": self.kind, "level": self.level,
            "reason": self.reason, "params": dict(self.params),
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Finding":
        """The reverse of to_json."""
        return cls(**kept)


@dataclass(frozen=True, slots=True)
class Known:
    """What the company keeps: names of its staff, and templates of its order numbers (orders.py).

    Raises no error for a template that cannot be read: it finds nothing.
    """

    staff: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comment:
    """A comment as finders read it. language: "sv" and the like; None where nobody knows it."""

    text: str
    language: str | None = None
    known: Known = Known()

    @cached_property
    def numeric(self) -> str:
        """The text with every digit as 0-9, every dash as "-", every space as " ": same length."""
        return _SPACE.sub(" ", _DASH.sub("-", _DIGIT.sub(_ascii_digit, self.text)))

    @cached_property
    def digits(self) -> int:
        """How many digits it holds: most comments have too few for any number."""
        return sum(map(str.isdecimal, self.text))


_DIGIT = regex.compile(r"(?V1)[\p{Nd}--[0-9]]")
_DASH = regex.compile(r"(?V1)[[\p{Pd}\u2212]--[\-]]")
_SPACE = regex.compile(r"(?V1)[\p{Zs}--[\x20]]")


def _ascii_digit(match: "regex.Match[str]") -> str:
    return str(int(match.group()))
