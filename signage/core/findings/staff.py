"""Names of the staff, from the list that the company keeps."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

import regex

from signage.core.findings.finding import Comment, Finding
from signage.words import N_

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’]*+(?:-\p{L}[\p{L}\p{M}'’]*+)*+")
# Endings that a name takes in the product's languages, the longest first.
_ENDINGS = (
    "'s", "’s", "lle", "lta", "ltä", "lla", "llä", "sta", "stä", "ssa", "ssä", "iin", "een", "han",
    "n", "s", "'", "’",
)  # fmt: skip
_WHOLE = N_("This name is on your list of staff.")
_PART = N_("This is part of a name on your list of staff.")

Entry = tuple[str, ...]


def staff(comment: Comment) -> Iterator[Finding]:
    """A listed name, whole or its parts, with a capital or not, and with an ending or not."""
    if not comment.known.staff:
        return
    whole, parts = _index(comment.known.staff)
    words = list(_WORD.finditer(comment.text))
    stems = [_stems(word.group().lower()) for word in words]
    for place, word in enumerate(words):
        listed = (name for stem in stems[place] for name in whole.get(stem, ()))
        fits = [name for name in listed if _follows(name, stems, place)]
        capital = word.group()[:1].isupper()
        if fits:
            longest = max(len(name) for name in fits)
            end = words[place + longest - 1].end()
            level = "high" if capital or longest > 1 else "medium"
            yield Finding(
                word.start(), end, "staff_name", "high" if level == "high" else "medium", _WHOLE
            )
        elif capital and any(stem in parts for stem in stems[place]):
            yield Finding(*word.span(), "staff_name", "medium", _PART)


@lru_cache(maxsize=4)
def _index(names: tuple[str, ...]) -> tuple[Mapping[str, list[Entry]], frozenset[str]]:
    """First word → the names that begin with it; and the words of names that have several."""
    whole: dict[str, list[Entry]] = {}
    parts: set[str] = set()
    for name in names:
        words = tuple(word.lower() for word in _WORD.findall(name))
        if words:
            whole.setdefault(words[0], []).append(words)
            parts.update(word for word in words if len(words) > 1 and len(word) > 2)
    return whole, frozenset(parts)


def _stems(word: str) -> tuple[str, ...]:
    cut = (word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) > len(end) + 1)
    return (word, *cut)


def _follows(name: Entry, stems: list[tuple[str, ...]], place: int) -> bool:
    there = stems[place : place + len(name)]
    return len(there) == len(name) and all(
        word in said for word, said in zip(name, there, strict=True)
    )
