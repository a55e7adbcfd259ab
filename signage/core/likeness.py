"""Whether two comments say the same.

Comparing each with each would take the square of their number. So each comment has a few keys, and
only those that share one are compared: its set of words as a whole, and bands of a MinHash of it
(Broder 1997). Comments that have 70 % of their words in common share a key with more than 98 %.
"""

import hashlib
from collections import Counter
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
SPELT_ALIKE = 80
"""From this ratio on, of 100, two words may be one that was mistyped."""
_OPPOSES: Final = """
not no never none nothing nobody neither nor without hardly cannot t dont didnt doesnt isnt wasnt
arent werent cant couldnt wont wouldnt
inte ej icke aldrig ingen inget inga ingenting utan knappt knappast
ikke aldri intet ingenting uden uten
nicht kein keine keinen keinem keiner nie niemals nichts ohne kaum
ei en emme ette eivät eikä enkä älä ilman tuskin koskaan
ne n pas jamais rien aucun aucune sans ni guère
"""
"""Of all languages together: one more or less of them, and a comment says the opposite."""
_FILLS: Final = """
a an the and is are was were to of in it so very really that this him her them us me
och ett är var att i så mycket väldigt det den og er at å meget veldig
der die das und ist war sehr ja on oli se niin todella le la les et est était très
"""
"""One of them more or less, and it says the same."""
_NEGATIONS: Final = frozenset(_OPPOSES.split())
_FILLERS: Final = frozenset(_FILLS.split())
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
    if _negations(one) != _negations(other):
        return False
    if set(one) == set(other):
        return True
    if min(len(set(one)), len(set(other))) <= FEW_WORDS:
        return False
    joined = " ".join(sorted(one)), " ".join(sorted(other))
    return fuzz.ratio(*joined, score_cutoff=ALIKE) >= ALIKE and _differ_in_spelling(one, other)


def _negations(words: tuple[str, ...]) -> int:
    return sum(word in _NEGATIONS for word in words)


def _differ_in_spelling(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether each word that only one of them has is the other's, spelt in another way."""
    ours, theirs = Counter(one), Counter(other)
    mine = [word for word in (ours - theirs).elements() if word not in _FILLERS]
    left = [word for word in (theirs - ours).elements() if word not in _FILLERS]
    for word in mine:
        found = next((each for each in left if _spelt_alike(word, each)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _spelt_alike(one: str, other: str) -> bool:
    """The first letter is seldom mistyped, and makes opposites: unkind, ovänlig. Figures count."""
    if one[0] != other[0] or any(letter.isdigit() for letter in one + other):
        return False
    return fuzz.ratio(one, other) >= SPELT_ALIKE


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
