"""Whether a slot that somebody typed can be one."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from signage.core.slots import Slot
from signage.errors import Invalid, Problem
from signage.words import N_

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
MOST_PRIORITY = 9
_A_TIME = N_("A time such as 22:30.")
_A_DAY = N_("Write the day as 2026-02-03.")


def checked_slot(slot: Slot, countries: Collection[str]) -> Slot:
    """The slot as it is kept; raises Invalid with all that is wrong. `countries`: those whose
    holidays are known."""
    days = slot.first, slot.last
    rules = (
        (bool(slot.playlist), "playlist", N_("Choose a playlist.")),
        (
            bool(slot.days) and {*slot.days} <= {*range(7)},
            "days",
            N_("Choose one day of the week at least."),
        ),
        (_TIME.fullmatch(slot.starts) is not None, "starts", _A_TIME),
        (_TIME.fullmatch(slot.ends) is not None, "ends", _A_TIME),
        (_is_day(slot.first), "first", _A_DAY),
        (_is_day(slot.last), "last", _A_DAY),
        (not all(days) or days[0] <= days[1], "last", N_("The last day comes after the first.")),
        (slot.holidays in {"", "not", "only"}, "holidays", N_("Choose one of the three.")),
        (
            not slot.holidays or slot.country in countries,
            "country",
            N_("Whose holidays? Two letters such as SE."),
        ),
        (0 <= slot.priority <= MOST_PRIORITY, "priority", N_("A priority from 0 to 9.")),
    )
    if problems := [Problem("not-allowed", text, field) for fine, field, text in rules if not fine]:
        raise Invalid(problems)
    return slot if slot.holidays else replace(slot, country="")


def _is_day(typed: str) -> bool:
    try:
        return not typed or date.fromisoformat(typed).isoformat() == typed
    except ValueError:
        return False
