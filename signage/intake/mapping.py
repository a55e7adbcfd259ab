"""Which column is to hold which field, as a person says it."""

import csv
from collections.abc import Mapping, Sequence

from signage.errors import Invalid, Problem
from signage.intake.checks import suggestion
from signage.intake.draft import FIELDS
from signage.words import N_


def parse_map(text: str, header: Sequence[str] | None = None) -> dict[str, str]:
    """Column to field, from text such as "nps=score,explication=comment".

    A part "column=" leaves that column out; a column with a comma in its name stands in quotes.
    header: the file's columns, where they are known. Raises Invalid naming each bad part.
    """
    parts = [part for part in next(csv.reader([text], skipinitialspace=True), []) if part.strip()]
    found = [_no_pair(part) for part in parts if "=" not in part or part.lstrip().startswith("=")]
    if found or not parts:
        raise Invalid(found or [_no_pair(text)])
    pairs = [part.rpartition("=") for part in parts]
    return checked_mapping({column.strip(): field.strip() for column, _, field in pairs}, header)


def checked_mapping(mapping: Mapping[str, str], header: Sequence[str] | None) -> dict[str, str]:
    """The mapping with the names as the header writes them; Invalid says what is wrong."""
    found: list[Problem] = []
    checked: dict[str, str] = {}
    for given, field in mapping.items():
        column = _column(given, header)
        if column is None:
            found.append(_unknown_column(given, tuple(header or ())))
        elif field and field not in FIELDS:
            found.append(unknown_field(field))
        elif field and field in checked.values():
            text = N_("“{field}” is given twice. Choose one column for it.")
            found.append(Problem("map-field-twice", text, field, {"field": field}))
        else:
            checked[column] = field
    if found:
        raise Invalid(found)
    return checked


def unknown_field(given: str) -> Problem:
    """What to say about a field that there is not."""
    near = suggestion(given, FIELDS)
    if near:
        text = N_("There is no field “{field}”. Did you mean “{near}”?")
        return Problem("map-unknown-field", text, None, {"field": given, "near": near})
    text = N_("There is no field “{field}”. The fields are: {fields}.")
    return Problem("map-unknown-field", text, None, {"field": given, "fields": ", ".join(FIELDS)})


def listed(columns: Sequence[str]) -> str:
    """The columns for a message: the first twenty, each cut to forty characters."""
    listed = ", ".join(column[:40] for column in columns[:20])
    return f"{listed}, …" if len(columns) > 20 else listed


def _column(given: str, header: Sequence[str] | None) -> str | None:
    if header is None or given in header:
        return given
    alike = [column for column in header if column.casefold() == given.casefold()]
    return alike[0] if len(alike) == 1 else None


def _no_pair(part: str) -> Problem:
    text = N_("“{part}” cannot be read. Write column=field, such as nps=score.")
    return Problem("map-part-unreadable", text, None, {"part": part[:80]})


def _unknown_column(given: str, header: tuple[str, ...]) -> Problem:
    near = suggestion(given, header)
    if near:
        text = N_("There is no column “{column}”. Did you mean “{near}”?")
        return Problem("map-unknown-column", text, None, {"column": given, "near": near})
    text = N_("There is no column “{column}”. The columns are: {columns}.")
    params = {"column": given, "columns": listed(header)}
    return Problem("map-unknown-column", text, None, params)
