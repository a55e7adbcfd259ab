"""Reading forms and query strings: never an exception for what a person typed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import request
from werkzeug.routing import IntegerConverter, Map

from signage.errors import Invalid, Problem
from signage.words import N_


def text(name: str, most: int = 2000) -> str:
    """What was typed, trimmed."""
    # PostgreSQL takes no NUL.
    return request.values.get(name, "").replace("\0", "").strip()[:most]


LARGEST = 2**63 - 1
"""The largest number that a column holds; a larger one would break the statement it stands in."""


class RowNumber(IntegerConverter):
    """A row's number in an address; a larger one leads nowhere."""

    # What does not even look like one is 404 by every method, and never 405.
    regex = r"\d{1,18}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)


def whole(name: str, default: int = 0) -> int:
    """A whole number, or the default where none was typed; raises Invalid for anything else."""
    return whole_of(text(name, 20), name, default)


def whole_of(typed: str, name: str, default: int = 0) -> int:
    """The same of what was typed into the field `name`."""
    typed = typed.replace("−", "-")
    if not typed:
        return default
    try:
        number = int(typed)
    except ValueError:
        number = LARGEST + 1
    if abs(number) > LARGEST:
        raise Invalid([Problem("not-a-number", N_("Write a whole number."), name)])
    return number


def number_in_address(name: str) -> int | None:
    """A row's number in a query string; None for anything else."""
    typed = text(name, 20)
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else None


def wholes(name: str, most: int = 500) -> list[int]:
    """The whole numbers of boxes that were ticked; raises Invalid for anything else."""
    typed = request.form.getlist(name)[:most]
    if not all(each.isascii() and each.isdecimal() and len(each) < 19 for each in typed):
        raise Invalid([Problem("not-a-number", N_("Write a whole number."), name)])
    return [int(each) for each in typed]


def day(name: str) -> date | None:
    """A day, or None where none was typed; raises Invalid for anything else."""
    typed = text(name, 20)
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        wrong = Problem("bad-date", N_("Write the day as 2026-02-03."), name)
        raise Invalid([wrong]) from None


def midnight(name: str, zone: ZoneInfo, *, days: int = 0) -> datetime | None:
    """When a day begins in this zone, or one so many days later; None where none was typed, and for
    one at the edge of the calendar, which leaves nothing out."""
    typed = day(name)
    if typed is None or typed >= date.max - timedelta(days=2) or typed <= date.min + timedelta(2):
        return None
    return datetime.combine(typed + timedelta(days=days), time(), zone)


def moment(name: str, zone: ZoneInfo) -> datetime | None:
    """A time as a clock in this zone shows it, unless it names its own; None where none was typed.
    Raises Invalid for anything else."""
    typed = text(name, 40)
    if not typed:
        return None
    try:
        told = datetime.fromisoformat(typed)
        return (told if told.tzinfo else told.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        text_ = N_("Write the time as 2026-02-03 13:40.")
        raise Invalid([Problem("bad-time", text_, name)]) from None


def page_number() -> int:
    """Which page of a list, from 1."""
    typed = text("page", 20)
    return max(1, min(int(typed), 100_000)) if typed.isdecimal() else 1
