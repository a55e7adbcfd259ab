"""Reading JSON by its shape, strictly: all that is wrong with it is told at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import islice
from math import isfinite
from typing import Any

from signage.errors import Invalid, Problem
from signage.words import N_

LARGEST = 2**63 - 1
"""The largest number that a column holds."""
MOST_TOLD = 50
"""Problems of one thing that was sent: nobody mends more of them at once."""

_KINDS: Mapping[str, tuple[type, str]] = {
    "string": (str, N_("This must be text.")),
    "integer": (int, N_("This must be a whole number.")),
    "number": (float, N_("This must be a number.")),
    "boolean": (bool, N_("This must be true or false.")),
    "array": (list, N_("This must be a list.")),
    "object": (dict, N_("This must be an object.")),
}


def read(shape: Mapping[str, Any], said: object) -> Any:  # noqa: ANN401 - JSON
    """What was said, as its shape has it; moments and days are datetimes, in UTC, and dates. Raises
    Invalid, naming the field of each problem."""
    if problems := first_of(_problems(shape, said, "")):
        raise Invalid(problems)
    return _taken(shape, said)


def first_of(problems: Iterable[Problem]) -> list[Problem]:
    """As many as are told, and that there are more. A body holds thousands of fields, and each
    problem costs a translation."""
    found = list(islice(problems, MOST_TOLD + 1))
    if len(found) > MOST_TOLD:
        text = N_("There is more to mend: these are the first {most}.")
        found[MOST_TOLD:] = [Problem("more", text, None, {"most": MOST_TOLD})]
    return found


def _problems(shape: Mapping[str, Any], said: object, field: str) -> Iterator[Problem]:
    kinds = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
    if said is None and "null" in kinds:
        return
    kind, text = _KINDS[kinds[0]]
    if not _is(kind, said):
        yield Problem("wrong-type", text, field or None)
    elif "enum" in shape:
        if said not in shape["enum"]:
            choices = ", ".join(str(each) for each in shape["enum"] if each is not None)
            text, params = N_("One of these: {choices}."), {"choices": choices}
            yield Problem("not-a-choice", text, field, params)
    else:
        yield from _FURTHER[kinds[0]](shape, said, field)


def _is(kind: type, said: object) -> bool:
    """A bool is an int to Python; 4.0 is a whole number to JSON, and 4 a number. Python reads NaN
    and the infinities, which JSON does not have."""
    if isinstance(said, float):
        return isfinite(said) and (kind is float or (kind is int and said.is_integer()))
    return type(said) is kind or (kind is float and type(said) is int)


def _text(shape: Mapping[str, Any], said: str, field: str) -> Iterator[Problem]:
    if len(said) > shape.get("maxLength", len(said)):
        text = N_("At most {most} characters.")
        yield Problem("too-long", text, field, {"most": shape["maxLength"]})
    elif shape.get("format") == "date-time" and _moment(said) is None:
        text = N_("Write the time as 2026-02-03T09:00:00+01:00.")
        yield Problem("bad-time", text, field)
    elif shape.get("format") == "date" and _day(said) is None:
        yield Problem("bad-date", N_("Write the day as 2026-02-03."), field)


def _number(shape: Mapping[str, Any], said: float, field: str) -> Iterator[Problem]:
    least, most = shape["minimum"], shape["maximum"]
    if not least <= said <= most:
        known: dict[str, str | int] = {"least": least, "most": most}
        yield Problem("out-of-range", N_("From {least} to {most}."), field, known)


def _several(shape: Mapping[str, Any], said: list[Any], field: str) -> Iterator[Problem]:
    if len(said) > shape.get("maxItems", len(said)):
        text = N_("At most {most} of them.")
        yield Problem("too-many", text, field, {"most": shape["maxItems"]})
        return
    is_thing = shape["items"]["type"] == "object"
    for place, each in enumerate(said):
        yield from _problems(shape["items"], each, f"{field}.{place}" if is_thing else field)


def _thing(shape: Mapping[str, Any], said: dict[str, Any], field: str) -> Iterator[Problem]:
    inside = f"{field}." if field else ""
    for name in shape["required"]:
        if name not in said:
            yield Problem("missing", N_("This is missing."), f"{inside}{name}")
    for name, value in said.items():
        if name not in shape["properties"]:
            yield Problem("unknown-field", N_("There is no such field."), f"{inside}{name[:80]}")
        else:
            yield from _problems(shape["properties"][name], value, f"{inside}{name}")


_FURTHER: Mapping[str, Callable[[Mapping[str, Any], Any, str], Iterator[Problem]]] = {
    "string": _text, "integer": _number, "number": _number, "array": _several, "object": _thing,
    "boolean": lambda *_: iter(()),
}  # fmt: skip


def _taken(shape: Mapping[str, Any], said: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(said, str):
        taken = {"date-time": _moment, "date": _day}.get(shape.get("format", ""), _storable)
        return taken(said)
    if isinstance(said, list):
        return [_taken(shape["items"], each) for each in said]
    if isinstance(said, dict):
        return {name: _taken(shape["properties"][name], each) for name, each in said.items()}
    return int(said) if isinstance(said, float) and "integer" in shape["type"] else said


def _storable(said: str) -> str:
    """Half a surrogate pair has no UTF-8, and no database takes it; PostgreSQL takes no NUL."""
    return said.encode("utf-8", "replace").decode().replace("\0", "")


def _moment(said: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(said)
        # Beyond these years nobody means it, and no time zone can be reckoned with.
        if moment.tzinfo is not None and 2000 <= moment.year < 3000:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    return None


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
