"""Names of the staff, from the list that the company keeps."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import regex

from signage.core.findings.finding import Comment, Finding, Level
from signage.words import N_

MOST_WORDS = 8
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’]*+(?:-\p{L}[\p{L}\p{M}'’]*+)*+")
# Endings that a name takes in the product's languages, the longest first.
_ENDINGS = (
    "'s", "’s", "lle", "lta", "ltä", "lla", "llä", "sta", "stä", "ssa", "ssä", "iin", "een", "han",
    "n", "s", "'", "’",
)  # fmt: skip
_WHOLE = N_("This name is on your list of staff.")
_PART = N_("This is part of a name on your list of staff.")

_END = ""
"""The key under which a name ends; no word is empty."""

Trie = dict[str, Any]
"""Word → the words that go on from it; _END where a name is whole."""


def staff(comment: Comment) -> Iterator[Finding]:
    """A listed name, whole or its parts, with a capital or not, and with an ending or not."""
    if not comment.known.staff:
        return
    names, parts = _index(comment.known.staff)
    words = list(_WORD.finditer(comment.text))
    stems = [_stems(word.group().lower()) for word in words]
    for place, word in enumerate(words):
        capital = word.group()[:1].isupper()
        if length := _longest(names, stems, place):
            level: Level = "high" if capital or length > 1 else "medium"
            end = words[place + length - 1].end()
            yield Finding(word.start(), end, "staff_name", level, _WHOLE)
        elif capital and any(stem in parts for stem in stems[place]):
            yield Finding(*word.span(), "staff_name", "medium", _PART)


@lru_cache(maxsize=4)
def _index(names: tuple[str, ...]) -> tuple[Trie, frozenset[str]]:
    """All names, word by word; and the words of names that have several."""
    whole: Trie = {}
    parts: set[str] = set()
    for name in names:
        words = [word.lower() for word in _WORD.findall(name)]
        here = whole
        for word in words:
            here = here.setdefault(word, {})
        if words:
            here[_END] = {}
        parts.update(word for word in words if len(words) > 1 and len(word) > 2)
    return whole, frozenset(parts)


def _stems(word: str) -> tuple[str, ...]:
    cut = (word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) > len(end) + 1)
    return (word, *cut)


def _longest(names: Trie, stems: list[tuple[str, ...]], place: int) -> int:
    """How many words the longest name has that begins here; 0 for none. However many names begin
    alike, each word is looked up once for each name that still fits."""
    fits, longest = [names], 0
    for n, said in enumerate(stems[place : place + MOST_WORDS], start=1):
        fits = [here[stem] for here in fits for stem in said if stem in here]
        if not fits:
            break
        if any(_END in here for here in fits):
            longest = n
    return longest
