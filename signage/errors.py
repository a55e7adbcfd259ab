"""What can go wrong, in one tree.

SignageError
├── Invalid        the input cannot be taken: each Problem says what is wrong and what to do
├── NotFound       no such thing, or not yours to see
├── Conflict       somebody was faster: look again, then decide
├── Refused        not allowed: no or wrong credentials, or a revoked token
│   └── NotAllowed we know who it is, and their role does not reach that far
└── BadSetting     the start is stopped; names the variable

`retry` says whether sending the very same thing again can help.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from signage.words import translate


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input.

    code: stable name for programs, e.g. "score-out-of-range".
    text: English message with {named} parts, marked with `N_` for translation; it says what is
        wrong and what to do.
    field: the field it is about, None for the whole.
    params: values for the named parts.
    """

    code: str
    text: str
    field: str | None = None
    params: Mapping[str, str | int] = dataclasses.field(default_factory=dict)

    def message(self) -> str:
        """The text in the language in force (signage.words)."""
        return translate(self.text).format(**self.params)


class SignageError(Exception):
    """The root: everything this product raises on purpose."""

    retry = False


class Invalid(SignageError):
    """Input that cannot be taken."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.code for problem in problems))
        self.problems = tuple(problems)


class NotFound(SignageError):
    """No such thing here."""


class Conflict(SignageError):
    """The thing changed since it was looked at."""

    retry = True


class Refused(SignageError):
    """Not allowed."""


class NotAllowed(Refused):
    """Somebody's role does not reach that far; names the act (core/roles.py)."""

    def __init__(self, act: str) -> None:
        super().__init__(act)
        self.act = act


class BadSetting(SignageError):
    """A setting stops the start; the message names the variable and what it takes."""
