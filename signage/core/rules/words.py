"""Looking for words, phrases and patterns in a text of any language, within a bounded time."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import regex

from signage.core.rules.facts import HIDDEN, Span

SECONDS = 0.05
"""What one search may take; a text of 20,000 characters takes a thousandth of it."""
MOST_SPANS = 20
"""More words than these are not told."""
LONGEST_PATTERN = 200
MOST_REPEATS = 5_000
"""Repeats are unrolled before anything is looked for, and no time limit holds there."""

_BEGINNING = "*"
# Scripts that put no space between words: there a word's edge cannot be seen.
_UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
)
_REPEAT = regex.compile(r"\{\s*(\d*)\s*,?\s*(\d*)\s*\}")
_FLAGS = regex.VERSION1 | regex.IGNORECASE | regex.FULLCASE


def word_spans(words: tuple[str, ...], text: str) -> tuple[Span, ...]:
    """Where any of the words stands: whole words, or beginnings where an entry ends with `*`.
    Capitals make no difference, diacritics do. Raises TimeoutError."""
    return _spans(_pattern_of(words), text)


def pattern_spans(pattern: str, text: str) -> tuple[Span, ...]:
    """Where the pattern fits at least one character. Raises TimeoutError, regex.error."""
    return _spans(compiled(pattern), text)


@lru_cache(256)
def compiled(pattern: str) -> regex.Pattern[str]:
    """The pattern, ready; regex.error where it is none."""
    return regex.compile(pattern, _FLAGS)


def is_too_much(pattern: str) -> bool:
    """Whether counted repeats would make the pattern itself too large, however they are nested."""
    product = 1
    for least, most in _REPEAT.findall(pattern):
        digits = most or least or "1"
        product *= max(int(digits[:9]), 1)
    return product > MOST_REPEATS


def entry(word: str) -> str:
    """A word of the list as it is kept: composed, with single spaces."""
    return unicodedata.normalize("NFC", " ".join(word.split()))


def names_something(word: str) -> bool:
    """Whether there is more to it than spaces and a `*`."""
    return bool(word.rstrip(_BEGINNING).strip())


def _spans(pattern: regex.Pattern[str], text: str) -> tuple[Span, ...]:
    spans = []
    # The interpreter is free meanwhile, so that the time which this takes is nobody else's.
    for match in pattern.finditer(text, timeout=SECONDS, concurrent=True):
        if match.end() > match.start() and match[0].strip(HIDDEN):
            spans.append(match.span())
            if len(spans) == MOST_SPANS:
                break
    return tuple(spans)


@lru_cache(256)
def _pattern_of(words: tuple[str, ...]) -> regex.Pattern[str]:
    return regex.compile("|".join(_alternatives(words)), _FLAGS)


def _alternatives(words: Iterable[str]) -> Iterable[str]:
    for word in sorted(words, key=len, reverse=True):
        phrase = entry(word.rstrip(_BEGINNING))
        inside = r"\s+".join(regex.escape(part) for part in phrase.split())
        before = "" if _UNSPACED.match(phrase[0]) else r"(?<![\w\p{M}])"
        yield before + inside + _after(phrase[-1], begins=word.endswith(_BEGINNING))


def _after(last: str, *, begins: bool) -> str:
    if begins:
        return r"[\w\p{M}]*"  # told with the rest of its word
    return "" if _UNSPACED.match(last) else r"(?![\w\p{M}])"
