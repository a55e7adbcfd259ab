"""Reading forms and query strings: never an exception for what a person typed."""

from datetime import date

from flask import request

from signage.errors import Invalid, Problem
from signage.words import N_


def text(name: str, most: int = 2000) -> str:
    """What was typed, trimmed."""
    return request.values.get(name, "").strip()[:most]


def whole(name: str, default: int = 0) -> int:
    """A whole number, or the default where none was typed; raises Invalid for anything else."""
    typed = text(name, 20).replace("−", "-")
    if not typed:
        return default
    try:
        return int(typed)
    except ValueError:
        raise Invalid([Problem("not-a-number", N_("Write a whole number."), name)]) from None


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


def page_number() -> int:
    """Which page of a list, from 1."""
    typed = request.args.get("page", "1")
    return max(1, min(int(typed), 100_000)) if typed.isdecimal() else 1
