"""The answers in a table, row by row, and the rows that hold none."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from json.encoder import encode_basestring
from pathlib import Path

from signage.errors import Invalid, Problem
from signage.intake.cells import BLANKS, score_from_cell
from signage.intake.draft import Draft, draft_from
from signage.intake.lines import Progress, lines
from signage.intake.moments import from_cell
from signage.intake.plan import Plan
from signage.intake.records import Damaged, misfit, records

Meaning = Callable[[str], object]

__all__ = ["Progress", "RefusedRow", "Taken", "read"]


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that is an answer; line is where it begins in the file, from 1."""

    line: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not taken, and every reason."""

    line: int
    problems: tuple[Problem, ...]


def read(
    path: str | Path, plan: Plan, *, at: datetime, progress: Progress | None = None
) -> Iterator[Taken | RefusedRow]:
    """Every row of the file at `path`, read as `plan` says; memory does not grow with the comments.

    progress, if given, is kept up to date while rows are drawn. Raises Invalid before the first
    row where the plan itself cannot work or the file is no table of text.
    """
    progress = progress or Progress()
    path = Path(path)
    progress.size = path.stat().st_size
    row_reader = _RowReader(plan, at)
    with path.open("rb") as stream:
        for record in records(lines(stream, progress), plan.separator):
            if record.line <= plan.header_line:
                continue
            if isinstance(record, Damaged):
                yield RefusedRow(record.line, (record.problem,))
            else:
                yield row_reader.read(record.line, record.cells)


class _RowReader:
    """Reads the rows of one file; remembers those it has seen, to tell equal ones apart."""

    def __init__(self, plan: Plan, at: datetime) -> None:
        self._at = at
        self._width = len(plan.header)
        self._keys = [f"{encode_basestring(name)}: " for name in plan.header]
        moment = _moments(at, plan.day_first)
        self._picks = _picks(plan, moment)
        self._constants = _checked(plan, at, moment)
        self._seen: dict[int, int] = {}

    def read(self, line: int, cells: list[str]) -> Taken | RefusedRow:
        wrong = misfit(cells, self._width)
        if wrong:
            return RefusedRow(line, (wrong,))
        del cells[self._width :]
        found: list[Problem] = []
        fields = self._fields(cells, found)
        payload = "{" + ", ".join(map(str.__add__, self._keys, map(encode_basestring, cells))) + "}"
        try:
            draft = draft_from(fields, at=self._at, payload=payload)
        except Invalid as refusal:
            found += refusal.problems
        else:
            if not found:
                return Taken(line, draft)
        return RefusedRow(line, tuple(_to_the_point(found)))

    def _fields(self, cells: Sequence[str], found: list[Problem]) -> dict[str, object]:
        fields = self._constants.copy()
        for i, field, meaning in self._picks:
            text = cells[i].strip()
            if text in BLANKS:
                continue
            value = meaning(text) if meaning else text
            if isinstance(value, Problem):
                found.append(value)
            else:
                fields[field] = value
        if "external_id" not in fields:
            fields["external_id"] = self._own_id(cells)
        return fields

    def _own_id(self, cells: Sequence[str]) -> str:
        """An id made of what the row says, and how many such rows there were up to this one."""
        digest = blake2b("\x1f".join(cells).encode(), digest_size=8)
        # A number of 64 bits, not text: a million of them must fit a small machine.
        number = int.from_bytes(digest.digest(), "big")
        times = self._seen[number] = self._seen.get(number, 0) + 1
        return f"{number:016x}#{times}"


def _picks(plan: Plan, moment: Meaning) -> list[tuple[int, str, Meaning | None]]:
    if plan.problems:
        raise Invalid(plan.problems)
    places = {name: i for i, name in enumerate(plan.header)}
    meanings: dict[str, Meaning] = {
        "score": score_from_cell,
        "answered_at": moment,
        "consent_at": lambda text: _of_consent(moment(text)),
    }
    return [(places[column], field, meanings.get(field)) for column, field in plan.mapping.items()]


def _of_consent(given: object) -> object:
    return replace(given, field="consent_at") if isinstance(given, Problem) else given


def _moments(at: datetime, day_first: bool | None) -> Meaning:
    # Rows of one day stand together, so few dates are read twice.
    return lru_cache(maxsize=4096)(lambda text: from_cell(text, at=at, day_first=day_first))


def _checked(plan: Plan, at: datetime, moment: Meaning) -> dict[str, object]:
    """The constants, as a row would give them; Invalid here rather than once a row."""
    constants: dict[str, object] = dict(plan.constants)
    for field in {"answered_at", "consent_at"} & plan.constants.keys():
        given = moment(plan.constants[field])
        if isinstance(given, Problem):
            raise Invalid([replace(given, field=field)])
        constants[field] = given
    draft_from({**constants, "external_id": "1", "comment": "a"}, at=at, payload="")
    return constants


def _to_the_point(found: Sequence[Problem]) -> list[Problem]:
    """Without "nothing was answered" where the answer is what could not be read."""
    unread = any(problem.field in ("score", "comment") for problem in found)
    return [each for each in found if not (unread and each.code == "nothing-answered")]
