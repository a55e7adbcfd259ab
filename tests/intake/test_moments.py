"""When an answer was given, in the many ways that it is written."""

from datetime import UTC, datetime

import pytest

from signage.errors import Problem
from signage.intake.moments import from_cell, from_iso, numbers_in_doubt

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def iso(text: str) -> str:
    found = from_iso(text, at=AT)
    return found.code if isinstance(found, Problem) else f"{found:%Y-%m-%d %H:%M:%S}"


def cell(text: str, day_first: bool | None = None) -> str:
    found = from_cell(text, at=AT, day_first=day_first)
    return found.code if isinstance(found, Problem) else f"{found:%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-04-13T09:30:00Z", "2026-04-13 09:30:00"),
        ("2026-04-13T09:30:00.250+02:00", "2026-04-13 07:30:00"),
        ("2026-04-13 09:30-05:00", "2026-04-13 14:30:00"),
        ("2026-04-13", "2026-04-13 12:00:00"),
    ],
)
def test_iso(text: str, moment: str) -> None:
    assert iso(text) == moment


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-04-13T09:30:00", "zone-missing"),
        ("2026-02-30", "date-unreadable"),
        ("13/04/2026", "date-unreadable"),
        ("2026-04-13T09:30:00Z" + " " * 40, "date-unreadable"),
        ("0001-01-01T00:00:00+14:00", "date-unreadable"),
        ("", "date-unreadable"),
    ],
)
def test_iso_refusals(text: str, code: str) -> None:
    assert iso(text) == code


def test_today_is_never_in_the_future() -> None:
    assert iso("2026-11-22") == "2026-11-22 09:00:00"
    assert cell("22.11.2026 11:00") == "2026-11-22 09:00:00"
    assert iso("2026-11-24") == "2026-11-24 12:00:00"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-04-13", "2026-04-13 12:00:00"),
        ("2026/04/13", "2026-04-13 12:00:00"),
        ("2026-04-13 09:30", "2026-04-13 09:30:00"),
        ("2026-04-13T09:30:00+02:00", "2026-04-13 07:30:00"),
        ("13.4.2026", "2026-04-13 12:00:00"),
        ("13.04.26 kl", "date-unreadable"),
        ("13.04.2026 9.30", "2026-04-13 09:30:00"),
        ("13/04/2026 09:30:15", "2026-04-13 09:30:15"),
        ("3/4/26", "2026-04-03 12:00:00"),
        ("03-04-1999", "1999-04-03 12:00:00"),
        ("3/4/2026, 2:05 PM", "2026-04-03 14:05:00"),
        ("3/4/2026 12:05 am", "2026-04-03 00:05:00"),
        ("13/04/2026 09:30:00 UTC", "2026-04-13 09:30:00"),
        ("13/04/2026 09:30:00 +0200", "2026-04-13 07:30:00"),
        ("1776072600", "2026-04-13 09:30:00"),
        ("1776072600123", "2026-04-13 09:30:00"),
        ("20260413", "2026-04-13 12:00:00"),
    ],
)
def test_cells(text: str, moment: str) -> None:
    assert cell(text) == moment


def test_the_order_of_day_and_month_is_the_plans() -> None:
    assert cell("3/4/2026", day_first=False) == "2026-03-04 12:00:00"
    assert cell("3.4.2026", day_first=False) == "2026-04-03 12:00:00"
    assert cell("13/4/2026", day_first=False) == "date-unreadable"
    assert cell("4/13/2026", day_first=True) == "date-unreadable"


@pytest.mark.parametrize(
    "text", ["soon", "9", "12/2026", "31/02/2026", "1/2/3", "13.04/2026", "25:00", "1" * 50]
)
def test_what_is_no_date(text: str) -> None:
    assert cell(text) == "date-unreadable"


def test_which_dates_are_in_doubt() -> None:
    assert numbers_in_doubt("3/4/2026 10:00") == (3, 4)
    assert numbers_in_doubt("3-4-26") == (3, 4)
    assert numbers_in_doubt("3.4.2026") is None
    assert numbers_in_doubt("2026/4/3") is None
    assert numbers_in_doubt("soon") is None
