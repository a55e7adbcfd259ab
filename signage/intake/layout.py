"""How a table is laid out: its sample, separator, header and columns."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path

from signage.errors import Invalid, Problem
from signage.intake.cells import filled, score_from_cell
from signage.intake.columns import EXACT, FIELDS_BY_NAME, rank
from signage.intake.lines import Line, Progress, lines
from signage.intake.profile import is_date
from signage.intake.records import SEPARATORS, Record, named_separator, records
from signage.words import N_

SAMPLE_BYTES = 1_000_000
SAMPLE_ROWS = 2_000
ROWS_FOR_SEPARATOR = 200
LONGEST_HEADING = 300


@dataclass(frozen=True, slots=True)
class Layout:
    """The first part of a table.

    encodings: its lines by encoding. header: the columns' names, made unique. doubled: names that
    came more than once. header_line: 0 where there is none. columns: the cells of each column.
    """

    encodings: dict[str, int]
    separator: str
    header: tuple[str, ...]
    doubled: tuple[str, ...]
    header_line: int
    columns: tuple[tuple[str, ...], ...]

    @property
    def rows(self) -> int:
        """How many rows the sample holds below the header."""
        return len(self.columns[0])


def layout(path: Path) -> Layout:
    """The layout of the file at `path`; Invalid where it is empty or no table of text."""
    progress = Progress()
    sample = _sample(path, progress)
    separator = _separator(sample)
    rows = [row for row in records(sample, separator) if isinstance(row, Record)][:SAMPLE_ROWS]
    if not rows:
        raise Invalid([Problem("file-has-no-rows", N_("No row of this file can be read."))])
    headed = _is_header(rows[0].cells, rows[1:])
    names = rows[0].cells if headed else [f"column {i + 1}" for i in range(len(rows[0].cells))]
    header, doubled = _unique(names)
    body = [row.cells for row in rows[headed:]]
    return Layout(
        encodings=dict(progress.encodings),
        separator=separator,
        header=header,
        doubled=doubled,
        header_line=rows[0].line if headed else 0,
        columns=tuple(
            tuple(cells[i] if i < len(cells) else "" for cells in body) for i in range(len(header))
        ),
    )


def _sample(path: Path, progress: Progress) -> list[Line]:
    with path.open("rb") as stream:
        head = stream.read(SAMPLE_BYTES)
        cut = bool(stream.read(1))
    sample = list(islice(lines(BytesIO(head), progress), SAMPLE_ROWS * 10))
    # The last line of a part is a part of a line.
    return sample[:-1] if cut and len(sample) > 1 else sample


def _separator(sample: Sequence[Line]) -> str:
    first = sample[0].text if sample else ""
    named = named_separator(first) if isinstance(first, str) else None
    if named:
        return named
    best = max(SEPARATORS, key=lambda separator: _evenness(sample, separator))
    if _evenness(sample, best)[0] >= 0.5:
        return best
    # One column only: what no line holds cannot tear its texts apart.
    text = "".join(line.text for line in sample if isinstance(line.text, str))
    return min(SEPARATORS, key=text.count)


def _evenness(sample: Sequence[Line], separator: str) -> tuple[float, int]:
    """The share of rows as wide as most are, and that width; halved where the first row is not."""
    rows = records(sample[: ROWS_FOR_SEPARATOR * 5], separator)
    found = (row for row in rows if isinstance(row, Record))
    widths = [len(row.cells) for row in islice(found, ROWS_FOR_SEPARATOR)]
    if not widths:
        return 0.0, 0
    width, times = Counter(widths).most_common(1)[0]
    if width == 1:
        return 0.0, 1
    return round(times / len(widths) / (1 if widths[0] == width else 2), 1), width


def _is_header(cells: Sequence[str], below: Sequence[Record]) -> bool:
    """Whether the first row names the columns rather than being the first answer."""
    given = [text for text in map(filled, cells) if text]
    named = sum(any(rank(text, field) > EXACT / 2 for field in FIELDS_BY_NAME) for text in given)
    answers = sum(isinstance(score_from_cell(text), int) or is_date(text) for text in given)
    if named or answers:
        return named > answers
    if not below or any(len(text) > LONGEST_HEADING for text in given):
        return False
    return len(set(given)) == len(given)


def _unique(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Each name once: the second "score" becomes "score (2)"; and the names that were doubled."""
    seen: Counter[str] = Counter()
    used = {name.strip() for name in names}
    unique: list[str] = []
    for name in map(str.strip, names):
        seen[name] += 1
        numbered, n = name, seen[name]
        while n > 1 and numbered in {*unique, *used}:
            numbered, n = f"{name} ({n})", n + 1
        unique.append(numbered)
    return tuple(unique), tuple(name for name, times in seen.items() if times > 1 and name)
