"""Shapes: what is read by them, and what is refused with its field."""

from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.shape_reading import MOST_TOLD
from signage.core.shapes import (
    Shape,
    day,
    flag,
    moment,
    nothing_or,
    number,
    one_of,
    read,
    several,
    text,
    thing,
    whole,
)
from signage.errors import Invalid

SHAPE = thing(
    {
        "name": text(most=5), "size": whole("", 1, 9), "on": flag(), "when": moment(),
        "day": day(), "kind": one_of(("a", "b")), "turn": nothing_or(one_of((0, 90))),
        "tags": several(text(), most=2), "parts": several(thing({"n": whole()}, ("n",))),
        "far": number("", -1, 9),
    },
    ("name",),
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*SHAPE["properties"]]), inner),
)


def refused(said: object, shape: Shape = SHAPE) -> list[tuple[str | None, str]]:
    with pytest.raises(Invalid) as caught:
        read(shape, said)
    return [(problem.field, problem.code) for problem in caught.value.problems]


def test_what_fits_is_taken() -> None:
    said = {
        "name": "wall\0", "size": 4.0, "on": True, "when": "2026-02-03T09:00:00+01:00",
        "day": "2026-02-03", "kind": "b", "turn": None, "far": 4.5, "tags": ["x", "\ud800"],
        "parts": [{"n": 1}],
    }  # fmt: skip
    assert read(SHAPE, said) == {
        "name": "wall", "size": 4, "on": True, "when": datetime(2026, 2, 3, 8, tzinfo=UTC),
        "day": date(2026, 2, 3), "kind": "b", "turn": None, "far": 4.5, "tags": ["x", "?"],
        "parts": [{"n": 1}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"size": 4}, "name", "missing"), ({"name": 4}, "name", "wrong-type"),
        ({"name": None}, "name", "wrong-type"), ({"name": "longer"}, "name", "too-long"),
        ({"name": "x", "size": 4.5}, "size", "wrong-type"),
        ({"name": "x", "size": True}, "size", "wrong-type"),
        ({"name": "x", "size": 1e300}, "size", "out-of-range"),
        ({"name": "x", "size": float("nan")}, "size", "wrong-type"),
        ({"name": "x", "on": 1}, "on", "wrong-type"),
        ({"name": "x", "far": "4"}, "far", "wrong-type"),
        ({"name": "x", "far": False}, "far", "wrong-type"),
        ({"name": "x", "far": float("inf")}, "far", "wrong-type"),
        ({"name": "x", "far": 10**400}, "far", "out-of-range"),
        ({"name": "x", "when": "2026-02-03T09:00:00"}, "when", "bad-time"),
        ({"name": "x", "day": "2026-02-30"}, "day", "bad-date"),
        ({"name": "x", "kind": "c"}, "kind", "not-a-choice"),
        ({"name": "x", "turn": 45}, "turn", "not-a-choice"),
        ({"name": "x", "tags": ["a", "b", "c"]}, "tags", "too-many"),
        ({"name": "x", "tags": [1]}, "tags", "wrong-type"),
        ({"name": "x", "parts": [{"n": 1}, {}]}, "parts.1.n", "missing"),
        ({"name": "x", "more": 1}, "more", "unknown-field"),
        ([], None, "wrong-type"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(said: Any, field: str | None, code: str) -> None:  # noqa: ANN401 - JSON
    assert refused(said) == [(field, code)]


def test_everything_wrong_is_told_at_once() -> None:
    assert len(refused({"size": 0, "on": "yes", "kind": 1})) == 4


def test_of_thousands_of_mistakes_the_first_are_told() -> None:
    said = {"name": "x", **{f"f{number}": 1 for number in range(5000)}}
    found = refused(said)
    assert len(found) == MOST_TOLD + 1
    assert found[0] == ("f0", "unknown-field")
    assert found[-1] == (None, "more")
    assert len(refused(dict(list(said.items())[: MOST_TOLD + 1]))) == MOST_TOLD


@given(JSON)
def test_any_json_is_read_or_refused(said: object) -> None:
    with suppress(Invalid):
        assert set(read(SHAPE, said)) <= set(SHAPE["properties"])


def test_nesting_is_no_trouble() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    assert refused({"name": deep}) == [("name", "wrong-type")]
