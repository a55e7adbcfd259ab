"""Suggestions that explain themselves: what a machine sees in a comment, for a person to judge.

One module a kind. Each finder is a function of a Comment; time grows with its length, and nothing
behind MOST_CHARACTERS is read.
"""

from collections.abc import Callable, Iterable

from signage.core.findings.addresses import addresses
from signage.core.findings.cards import cards
from signage.core.findings.dirty import dirty_words
from signage.core.findings.emails import emails
from signage.core.findings.finding import (
    KINDS,
    LABELS,
    LEVELS,
    Comment,
    Finding,
    Kind,
    Known,
    Level,
)
from signage.core.findings.ibans import ibans
from signage.core.findings.names import names
from signage.core.findings.orders import orders
from signage.core.findings.organisations import organisation_numbers
from signage.core.findings.personal import personal_numbers
from signage.core.findings.phones import phones
from signage.core.findings.settle import settled
from signage.core.findings.staff import staff
from signage.core.findings.urls import urls

__all__ = [
    "KINDS", "LABELS", "LEVELS", "MOST_CHARACTERS", "VERSION", "Comment", "Finding", "Kind",
    "Known", "Level", "find", "is_whole",
]  # fmt: skip

MOST_CHARACTERS = 20_000
VERSION = 2
"""Raised whenever the finders find otherwise, so that what still waits is looked at again."""

FINDERS: tuple[Callable[[Comment], Iterable[Finding]], ...] = (
    ibans, cards, personal_numbers, emails, orders, organisation_numbers, staff, urls, phones,
    addresses, dirty_words, names,
)  # fmt: skip
_NOBODY = Known()


def find(
    comment: str, *, language: str | None = None, known: Known = _NOBODY
) -> tuple[Finding, ...]:
    """All that is found, in order, none over another. language: of the comment, where known."""
    read = comment[:MOST_CHARACTERS]
    return settled(
        read, (each for find in FINDERS for each in find(Comment(read, language, known)))
    )


def is_whole(comment: str) -> bool:
    """Whether `find` reads all of it; of what lies beyond, a machine knows nothing."""
    return len(comment) <= MOST_CHARACTERS
