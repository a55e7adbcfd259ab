"""Bytes to text, line by line: real files change their encoding half way through.

A line that is UTF-8 is UTF-8. Any other is cp1252 (Windows) or cp850 (the DOS box, still what
some tills and spreadsheets write), whichever makes better words of it. Lines pasted together
from both are taken letter by letter. What makes words of none is refused.
"""

import codecs
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from signage.errors import Problem
from signage.intake.plausible import fit, neighbour
from signage.words import N_

CANDIDATES = ("cp1252", "cp850")
UTF16_BOMS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# What the rest of the file is written in outweighs one doubtful letter, not two clear ones.
LEANING = 1.5
CLEARLY = 3
LONG_RUN = 3
UNDEFINED = -100

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
# Latin letters and the usual marks and emoji, as UTF-8 writes them: seldom a meaning elsewhere.
_ALSO_UTF8 = re.compile(
    rb"(?:\xc3[\x80-\xbf]|\xc5[\x92\x93]|\xc2[\xa0-\xbf]|\xe2[\x80-\x82][\x80-\xbf]"
    rb"|\xf0\x9f[\x80-\xbf]{2})"
)


class Decoder:
    """Decodes one file's lines and counts how many came in which encoding."""

    def __init__(self, head: bytes = b"") -> None:
        """head: the first part of the file, to learn which encoding it leans to."""
        self.counts: Counter[str] = Counter()
        self._leaning = _leaning(head)

    def decode(self, line: bytes, wide: str | None = None) -> str | Problem:
        """The text of one line; a Problem when no encoding makes sense of it.

        wide: the two-byte encoding that the line had before it was made UTF-8, if any.
        """
        try:
            text = line.decode()
        except UnicodeDecodeError:
            name, guessed = ("unreadable", _unreadable()) if wide else self._guess(line)
            self.counts[name] += 1
            return guessed
        self.counts[wide or "utf-8"] += 1
        return text

    def _guess(self, line: bytes) -> tuple[str, str | Problem]:
        return _guessed(line, self._leaning)


def wide_encoding(head: bytes) -> str | None:
    """The two-byte encoding of a file that begins like this: "utf-16-le", "utf-16-be" or None."""
    for mark, name in UTF16_BOMS.items():
        if head.startswith(mark):
            return name
    # Without a mark every second byte of western text is zero.
    head = head[:4096]
    pairs = len(head) // 2
    if pairs >= 4 and head[1::2].count(0) > 0.7 * pairs > 10 * head[::2].count(0):
        return "utf-16-le"
    if pairs >= 4 and head[::2].count(0) > 0.7 * pairs > 10 * head[1::2].count(0):
        return "utf-16-be"
    return None


def _leaning(head: bytes) -> str:
    votes: Counter[str] = Counter()
    for line in head.splitlines():
        try:
            line.decode()
        except UnicodeDecodeError:
            votes[_guessed(line, "")[0]] += 1
    return max(CANDIDATES, key=lambda name: votes[name])


def _guessed(line: bytes, leaning: str) -> tuple[str, str | Problem]:
    loose = _ALSO_UTF8.sub(lambda match: b"e" * len(match[0]), line)
    found = [match.start() for match in _BEYOND_ASCII.finditer(loose)]
    weights = [_weights(line[i - 1] if i else None, line[i], *line[i + 1 : i + 2]) for i in found]
    if _hopeless(found, weights):
        return "unreadable", _unreadable()
    name = _best(weights, leaning) if loose == line else None
    if name:
        return name, line.decode(name)
    return "mixed", _letter_by_letter(line, dict(zip(found, weights, strict=True)), leaning)


@lru_cache(maxsize=1 << 14)
def _weights(before: int | None, byte: int, after: int | None = None) -> tuple[int, int]:
    """How well a byte fits between its neighbours, read as each of CANDIDATES."""
    around = neighbour(before), neighbour(after)
    windows, dos = (bytes([byte]).decode(name, "ignore") for name in CANDIDATES)
    return fit(windows, *around) if windows else UNDEFINED, fit(dos, *around)


def _best(weights: Sequence[tuple[int, int]], leaning: str) -> str | None:
    """The one encoding that reads all of a line, None if it takes both."""
    totals: dict[str, float] = {}
    for this, other, name in ((0, 1, CANDIDATES[0]), (1, 0, CANDIDATES[1])):
        if not any(_misfits(pair[this], pair[other]) for pair in weights):
            totals[name] = sum(pair[this] for pair in weights) + LEANING * (name == leaning)
    return max(totals, key=lambda name: totals[name]) if totals else None


def _misfits(weight: int, other: int) -> bool:
    return weight < 0 <= other or other - weight >= CLEARLY


def _letter_by_letter(line: bytes, weights: Mapping[int, tuple[int, int]], leaning: str) -> str:
    """A line of which some bytes are UTF-8, some cp1252, some cp850."""
    pieces: list[bytes] = []
    done = 0
    for i, (windows, dos) in weights.items():
        name = CANDIDATES[0 if windows - dos + LEANING * (leaning == CANDIDATES[0]) > 0 else 1]
        pieces += (line[done:i], line[i : i + 1].decode(name).encode())
        done = i + 1
    return b"".join((*pieces, line[done:])).decode()


def _hopeless(found: Sequence[int], weights: Sequence[tuple[int, int]]) -> bool:
    """Whether most bytes beyond ASCII make no sense, or stand in long runs as in other scripts."""
    senseless = sum(max(pair) < 0 for pair in weights)
    if senseless >= LONG_RUN and senseless > len(found) / 2:
        return True
    in_runs = sum(
        b - a == 1 and c - b == 1 for a, b, c in zip(found, found[1:], found[2:], strict=False)
    )
    return in_runs >= LONG_RUN and in_runs > len(found) / 3


def _unreadable() -> Problem:
    text = N_(
        "The letters of this line cannot be read in any encoding known here. "
        "Save the file as CSV in UTF-8 and try again."
    )
    return Problem("unreadable-letters", text)
