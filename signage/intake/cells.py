"""What a cell of a table says, where programs and people write it in many ways."""

import re
from functools import lru_cache

from signage.errors import Problem
from signage.words import N_

# "Null" and "None" are names and words; programs write theirs in these ways.
BLANKS = frozenset(
    ("", "-", "–", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL", "None", "<NA>")
)

_WHOLE = re.compile(r"([+-]?\d{1,9})(?:[.,]0*+)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d++(?:[.,]\d*+)?", re.ASCII)


def filled(cell: str) -> str | None:
    """The cell without space around it; None where it means that nothing was given."""
    cell = cell.strip()
    return None if cell in BLANKS else cell


@lru_cache(maxsize=4096)
def score_from_cell(text: str) -> int | Problem:
    """A whole number, also when it is written "9.0" or "9,0"."""
    match = _WHOLE.fullmatch(text)
    if match:
        return int(match[1])
    params = {"given": text[:40]}
    if _NUMBER.fullmatch(text):
        words = N_("The score “{given}” is no whole number. Choose a column of whole scores.")
        return Problem("score-not-whole", words, "score", params)
    words = N_("The score “{given}” is no number. Choose the column that holds the scores.")
    return Problem("score-not-a-number", words, "score", params)
