"""What a person types to find comments, and where its words stand in one.

A word is a run of letters, marks and figures; case does not matter, and å, ä, ö, æ, ø are letters
of their own: "for" is not "för". All words must be there. `"two words"` stand side by side, and
`lev*` is any word that begins so. Nothing that can be typed is an error.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

import regex

MOST_TERMS = 12
"""Terms beyond these are not looked for."""
LONGEST_WORD = 200
"""Characters of a word that are told apart."""
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_TERM = regex.compile(r'"([^"]*)"?|([^\s"]+)')
_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Term:
    """Words side by side, mostly one. prefix: the last of them may go on."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text, found or not."""

    text: str
    found: bool = False


def terms_of(typed: str) -> tuple[Term, ...]:
    """What was typed as terms; none where it holds neither letter nor figure."""
    terms = []
    for each in _TERM.finditer(normalize("NFC", typed)):
        phrase, loose = each.groups()
        text = (phrase if loose is None else loose).replace("\0", " ")
        words = tuple(folded(word[0]) for word in _WORD.finditer(text))
        if words:
            terms.append(Term(words, prefix=loose is not None and loose.endswith("*")))
    return tuple(dict.fromkeys(terms))[:MOST_TERMS]


def folded(word: str) -> str:
    """A word without its case."""
    return word.lower()[:LONGEST_WORD]


def places(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where the terms stand in a text: (start, end) in code points, in order, none overlapping."""
    words = [(folded(each[0]), *each.span()) for each in _WORD.finditer(text)] if terms else []
    spans = sorted(
        (words[at][1], words[at + len(term.words) - 1][2])
        for term in terms
        for at in range(len(words) - len(term.words) + 1)
        if _stands(term, [word for word, _, _ in words[at : at + len(term.words)]])
    )
    united: list[tuple[int, int]] = []
    for start, end in spans:
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def marked(text: str, terms: Sequence[Term], *, most: int) -> tuple[Stretch, ...]:
    """At most so many characters of a text, around the first place of a term, as stretches."""
    spans = places(text, terms)
    first = max(0, spans[0][0] - _BEFORE) if spans and len(text) > most else 0
    first = text.find(" ", first, spans[0][0]) + 1 or first if first else 0
    last = len(text) if len(text) - first <= most else first + most
    if last < len(text) and (blank := text.rfind(" ", first + most // 2, last)) > 0:
        last = blank
    stretches = [Stretch("… ")] if first else []
    at = first
    for start, end in spans:
        if end > last:
            break
        stretches += [Stretch(text[at:start]), Stretch(text[start:end], found=True)]
        at = end
    stretches.append(Stretch(text[at:last] + (" …" if last < len(text) else "")))
    return tuple(stretch for stretch in stretches if stretch.text)


def _stands(term: Term, words: Sequence[str]) -> bool:
    *whole, last = term.words
    if list(words[:-1]) != whole:
        return False
    return words[-1].startswith(last) if term.prefix else words[-1] == last
