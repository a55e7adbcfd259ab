"""Looking at a comment: what the machine sees in it before a person does."""

from collections.abc import Sequence
from dataclasses import dataclass

from signage.core.findings import Finding, Known, find, is_whole
from signage.core.languages import detect


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in one comment. whole: all of it was read, and nothing failed."""

    findings: tuple[Finding, ...]
    language: str | None
    whole: bool


UNSEEN = Seen((), None, whole=False)
"""Of a comment that could not be looked at: a person must."""


def look(comment: str, language: str | None, known: Known) -> Seen:
    """Look at one comment. Never raises: what cannot be read is not whole."""
    try:
        detected = detect(comment)
        found = find(comment, language=language or detected, known=known)
    except Exception:  # nobody must take it for a comment in which nothing was found
        return UNSEEN
    return Seen(found, detected, is_whole(comment))


def look_at_each(comments: Sequence[tuple[int, str, str | None]], known: Known) -> dict[int, Seen]:
    """The same of several: id, comment and the language that it came with."""
    return {id_: look(comment, language, known) for id_, comment, language in comments}
