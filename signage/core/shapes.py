"""Shapes of what programs send and are sent: JSON Schema, made of few words.

One shape both reads a call (`read`) and describes it in the served document, so that the two cannot
say different things. A shape with a title has a name of its own there.
"""

from collections.abc import Collection, Mapping
from typing import Any

from signage.core.shape_reading import LARGEST, first_of, read

__all__ = [
    "LARGEST", "Shape", "day", "file_of", "first_of", "flag", "moment", "nothing_or", "number",
    "one_of", "opened", "read", "several", "text", "thing", "told", "whole",
]  # fmt: skip

Shape = Mapping[str, Any]


def text(about: str = "", most: int | None = None) -> Shape:
    """Text, of at most so many characters."""
    return _shape("string", about, maxLength=most)


def whole(about: str = "", least: int = 0, most: int = LARGEST) -> Shape:
    """A whole number."""
    return _shape("integer", about, minimum=least, maximum=most)


def number(about: str = "", least: int | None = None, most: int | None = None) -> Shape:
    """A number, whole or not. One that is read has both ends."""
    return _shape("number", about, minimum=least, maximum=most)


def flag(about: str = "") -> Shape:
    """true or false."""
    return _shape("boolean", about)


def moment(about: str = "") -> Shape:
    """A time with its zone: ISO 8601."""
    return _shape("string", about, format="date-time")


def day(about: str = "") -> Shape:
    """YYYY-MM-DD."""
    return _shape("string", about, format="date")


def one_of(choices: Collection[str | int], about: str = "") -> Shape:
    """One of these, all of them words or all of them numbers."""
    kind = "string" if all(isinstance(choice, str) for choice in choices) else "integer"
    return _shape(kind, about, enum=list(choices))


def several(each: Shape, about: str = "", most: int | None = None) -> Shape:
    """A list."""
    return _shape("array", about, items=each, maxItems=most)


def nothing_or(shape: Shape) -> Shape:
    """The same, or null."""
    choices = {"enum": [*shape["enum"], None]} if "enum" in shape else {}
    return {**shape, "type": [shape["type"], "null"], **choices}


def thing(
    fields: Mapping[str, Shape], must: Collection[str] = (), *, title: str = "", about: str = ""
) -> Shape:
    """An object of these fields and no others; `must`: those that it cannot be without."""
    named = _shape("object", about, title=title or None, properties=dict(fields))
    return {**named, "required": sorted(must), "additionalProperties": False}


def told(fields: Mapping[str, Shape], *, title: str = "", about: str = "") -> Shape:
    """An object that is sent: it has all of these fields."""
    return thing(fields, fields, title=title, about=about)


def opened(shape: Shape) -> Shape:
    """The same with more fields than are named."""
    return {**shape, "additionalProperties": True}


def file_of(kind: str) -> Shape:
    """No JSON, but a file of this media type; only sent."""
    return _shape("string", "", contentMediaType=kind)


def _shape(kind: str, about: str, **more: object) -> Shape:
    described = {"description": about} if about else {}
    return {"type": kind, **described, **{key: it for key, it in more.items() if it is not None}}
