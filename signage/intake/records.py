"""Records of a CSV file, each with the line it began on; damage is reported, never spread."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from signage.errors import Problem
from signage.intake.lines import Line
from signage.words import N_

SEPARATORS = (",", ";", "\t", "|")
LONGEST_CELL = 1_000_000
LONGEST_RECORD = 4_000_000
MOST_LINES = 1_000

# One number for the whole process, and too small for us as it comes; no other part reads CSV.
csv.field_size_limit(LONGEST_RECORD)

_CLOSING = re.compile(r'[^"]*+(?:""[^"]*+)*+"')
# Excel's own way to name the separator.
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*+', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the line it begins on, from 1, and its cells as they came."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Damaged:
    """A row that cannot be read: the line it begins on, and why."""

    line: int
    problem: Problem


def records(lines: Iterable[Line], separator: str) -> Iterator[Record | Damaged]:
    """Every row with anything in it. Empty ones, and Excel's "sep=" line, are passed over.

    A cell in quotes may hold line breaks, up to MOST_LINES lines. A quote that is never closed,
    or closes in the middle of a later cell, costs the one row where it was opened.
    """
    waiting = _Waiting(lines)
    blank = separator + " \t\r\n"
    for line in waiting:
        text = line.text
        if isinstance(text, Problem):
            yield Damaged(line.number, text)
        elif not text.strip(blank) or (line.number == 1 and _SEPARATOR_LINE.fullmatch(text)):
            continue
        elif '"' in text:
            yield from _quoted(line.number, text, waiting, separator)
        else:
            yield _checked(line.number, text, text.rstrip("\r\n").split(separator))


def misfit(cells: list[str], width: int) -> Problem | None:
    """What is wrong with the number of cells in a row under a header of `width` cells.

    Blank cells beyond the header are no harm: spreadsheets write them.
    """
    if len(cells) == width or (len(cells) > width and not any(cells[width:])):
        return None
    params = {"found": len(cells), "expected": width}
    if len(cells) < width:
        text = N_("This row has {found} cells where the header has {expected}. Is one missing?")
        return Problem("too-few-cells", text, None, params)
    text = N_(
        "This row has {found} cells where the header has {expected}. "
        "A text that holds the separator must stand in quotes."
    )
    return Problem("too-many-cells", text, None, params)


def named_separator(text: str) -> str | None:
    """The separator that a first line such as "sep=;" names."""
    match = _SEPARATOR_LINE.fullmatch(text)
    return match[1] if match and match[1] in SEPARATORS else None


class _Waiting:
    """Lines still to be read, some of them handed back."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._returned: deque[Line] = deque()
        self.open_until = 0

    def __iter__(self) -> "_Waiting":
        return self

    def __next__(self) -> Line:
        return self._returned.popleft() if self._returned else next(self._lines)

    def give_back(self, lines: list[Line]) -> None:
        self._returned.extendleft(reversed(lines))
        if lines:
            # A quote that opens among these would look through them again, and as much in vain.
            self.open_until = max(self.open_until, lines[-1].number)


def _quoted(
    number: int, text: str, waiting: _Waiting, separator: str
) -> Iterator[Record | Damaged]:
    cells = _strictly(text, separator)
    if cells is None and _left_open(text, separator):
        held = _until_closed(waiting, separator) if number >= waiting.open_until else []
        whole = text + "".join(str(line.text) for line in held)
        cells = _strictly(whole, separator)
        if cells is None:
            waiting.give_back(held)
            yield Damaged(number, _unclosed())
            return
        text = whole
    elif cells is None:
        # A stray quote: the cells are clear all the same.
        cells = next(csv.reader((text,), delimiter=separator))
    if any(map(str.strip, cells)):
        yield _checked(number, text, cells)


def _strictly(text: str, separator: str) -> list[str] | None:
    try:
        return next(csv.reader((text,), delimiter=separator, strict=True))
    except csv.Error:
        return None


def _until_closed(waiting: _Waiting, separator: str) -> list[Line]:
    """The lines up to where an open quote closes; none, and all given back, if it does not."""
    held: list[Line] = []
    size = 0
    for line in waiting:
        held.append(line)
        if isinstance(line.text, Problem) or len(held) == MOST_LINES:
            break
        size += len(line.text)
        goes_on = _goes_on(line.text, separator)
        if goes_on is False:
            return held
        if goes_on is None or size > LONGEST_RECORD:
            break
    waiting.give_back(held)
    return []


def _left_open(text: str, separator: str) -> bool:
    """Whether a quote is open at the end of a line; it opens only as the first in its cell."""
    opening = separator + '"'
    text = separator + text
    position = text.find(opening)
    while position >= 0:
        match = _CLOSING.match(text, position + len(opening))
        if match is None:
            return True
        position = text.find(opening, match.end())
    return False


def _goes_on(text: str, separator: str) -> bool | None:
    """Whether a quote open before this line is, or another, at its end; None if it ends askew."""
    match = _CLOSING.match(text)
    if match is None:
        return True
    rest = text[match.end() :]
    if rest.startswith(separator):
        return _left_open(rest[1:], separator)
    return None if rest.strip("\r\n") else False


def _checked(number: int, text: str, cells: list[str]) -> Record | Damaged:
    if "\0" in text:
        words = N_(
            "This row holds a zero byte: the file is damaged here, or was not saved as text."
        )
        return Damaged(number, Problem("zero-byte", words))
    if len(text) > LONGEST_CELL and max(map(len, cells)) > LONGEST_CELL:
        words = N_("A cell of this row is longer than {longest} characters, so it was left out.")
        return Damaged(number, Problem("cell-too-long", words, None, {"longest": LONGEST_CELL}))
    return Record(number, cells)


def _unclosed() -> Problem:
    words = N_(
        "A quote opens in this row and is never closed. Close it, or write it twice where it "
        "belongs to the text."
    )
    return Problem("unclosed-quote", words)
