"""Lists of the API, a page at a time: `next` of one is `after` of the following."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask import jsonify

from signage.core.shapes import Shape, nothing_or, several, told, whole
from signage.web.calls import Answer

USUAL, MOST = 100, 500
AFTER: Mapping[str, Shape] = {
    "after": whole("`next` of the answer before."),
    "limit": whole(f"At most so many; {USUAL} if missing.", 1, MOST),
}


def page_shape(name: str, each: Shape) -> Shape:
    """A page of a list."""
    return told({name: several(each), "next": nothing_or(whole("Where the list goes on."))})


def size_asked(said: Mapping[str, Any]) -> int:
    """How many are asked for."""
    return int(said.get("limit", USUAL))


def paged(name: str, rows: Sequence[Mapping[str, Any]], size: int, by: str = "id") -> Answer:
    """A page of so many, of one row more where there are more."""
    on = int(rows[size - 1][by]) if len(rows) > size else None
    return jsonify({name: rows[:size], "next": on}), 200


def cut(
    said: Mapping[str, Any], rows: Iterable[Any], id_of: Callable[[Any], int]
) -> tuple[list[Any], int]:
    """Of a list that is short, by id, what a page may hold and one more; and the page's size."""
    size, after = size_asked(said), said.get("after", -1)
    found = sorted((row for row in rows if id_of(row) > after), key=id_of)
    return found[: size + 1], size
