"""What the cells of one column have in common."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from signage.intake import moments
from signage.intake.cells import filled, score_from_cell

MOST_VALUES = 50
DATES_TRIED = 500

_HAS_CLOCK = re.compile(r"\d[T ]+\d{1,2}[:.]\d{2}")
_HAS_ZONE = re.compile(r"(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$")


@dataclass(frozen=True, slots=True)
class Dates:
    """How a column writes dates.

    day_first: True or False where some date decides it (13/4 or 4/13), else None. unsure: dates
    such as 3/4 are there, and none that decides. zoneless: some have a time of day and no zone.
    """

    day_first: bool | None
    unsure: bool
    zoneless: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """A column in the sample.

    rows, given: how many cells, and how many that say something. values: what they say where
    that is at most MOST_VALUES different things, else empty. unique: no value comes twice.
    scores, dates: shares (0..1) that are whole numbers 0-10, or dates. dashed: the dates are not
    mere numbers. low, high: of the scores.
    rising: the numbers only go up, as a count does. length: mean characters. spaced: share with
    several words.
    """

    column: str
    rows: int
    given: int
    values: frozenset[str]
    unique: bool
    scores: float
    low: int
    high: int
    rising: bool
    dates: float
    dashed: bool
    written: Dates
    length: float
    spaced: float


def profile(column: str, cells: Sequence[str]) -> Profile:
    """The profile of one column over the sample's cells."""
    given = [text for text in map(filled, cells) if text is not None]
    n = len(given) or 1
    different = set(given)
    numbers = list(_numbers(given))
    scores = [number for number in numbers if 0 <= number <= 10]
    tried = given[:DATES_TRIED]
    return Profile(
        column=column,
        rows=len(cells),
        given=len(given),
        values=frozenset(different) if len(different) <= MOST_VALUES else frozenset(),
        unique=len(different) == len(given) > 0,
        scores=len(scores) / n,
        low=min(scores, default=0),
        high=max(scores, default=0),
        rising=len(numbers) > 2 and all(a < b for a, b in pairwise(numbers)),
        dates=sum(map(is_date, tried)) / (len(tried) or 1),
        dashed=not any(map(str.isdigit, tried)),
        written=_written(tried),
        length=sum(map(len, given)) / n,
        spaced=sum(" " in text for text in given) / n,
    )


def is_date(text: str) -> bool:
    """Whether a cell can be read as a date, in one order or the other."""
    return any(
        isinstance(moments.from_cell(text, at=moments.EARLIEST, day_first=order), datetime)
        for order in (True, False)
    )


def _numbers(given: Sequence[str]) -> Iterator[int]:
    for text in given:
        number = score_from_cell(text)
        if isinstance(number, int):
            yield number


def _written(texts: Sequence[str]) -> Dates:
    orders: set[bool] = set()
    seen = False
    for text in texts:
        pair = moments.numbers_in_doubt(text)
        if pair:
            seen = True
            orders |= {True} if pair[0] > 12 else {False} if pair[1] > 12 else set()
    zoneless = any(_HAS_CLOCK.search(text) and not _HAS_ZONE.search(text) for text in texts)
    decided = len(orders) == 1
    return Dates(orders.pop() if decided else None, seen and not decided, zoneless)
