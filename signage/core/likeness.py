"""Whether two comments say the same.

Comparing each with each would take the square of their number. So each comment has a few keys, and
only those that share one are compared: its set of words as a whole, and bands of a MinHash of it
(Broder 1997). Comments that have 70 % of their words in common share a key with more than 98 %.
"""

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

import regex
from rapidfuzz import fuzz

ALIKE = 85
"""From this ratio of rapidfuzz on, of 100, two comments say the same."""
FEW_WORDS = 4
"""Comments this short must have the same words: one more may turn them into something else."""
BANDS, ROWS = 10, 3
_WORDS: Final = regex.compile(r"[\p{L}\p{N}]+")
_PRIME: Final = (1 << 61) - 1


def words_of(comment: str) -> tuple[str, ...]:
    """The words as they are compared: folded, without marks and emoji."""
    return tuple(_WORDS.findall(comment.casefold()))


def keys_of(comment: str) -> tuple[int, ...]:
    """Where to look for others that say the same; the first is shared by those with just the same
    words. Nothing for a comment without words."""
    words = sorted(set(words_of(comment)))
    if not words:
        return ()
    exact = _key("all", *words)
    if len(words) <= FEW_WORDS:
        return (exact,)
    hashes = [_hash(word) for word in words]
    least = [min((a * h + b) % _PRIME for h in hashes) for a, b in _permutations()]
    bands = (
        _key(str(band), *map(str, least[band * ROWS : (band + 1) * ROWS])) for band in range(BANDS)
    )
    return (exact, *bands)


def alike(one: str, others: Sequence[str]) -> list[bool]:
    """Which of the others say the same as `one`."""
    words = words_of(one)
    return [_same(words, words_of(other)) for other in others]


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if set(one) == set(other):
        return True
    if min(len(set(one)), len(set(other))) <= FEW_WORDS:
        return False
    joined = " ".join(sorted(one)), " ".join(sorted(other))
    return fuzz.ratio(*joined, score_cutoff=ALIKE) >= ALIKE


@lru_cache(maxsize=20_000)
def _hash(word: str) -> int:
    return _key("word", word) % _PRIME


@cache
def _permutations() -> tuple[tuple[int, int], ...]:
    return tuple(
        (_key("a", str(n)) % _PRIME or 1, _key("b", str(n)) % _PRIME) for n in range(BANDS * ROWS)
    )


def _key(*parts: str) -> int:
    """63 bits: a column holds no more."""
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
