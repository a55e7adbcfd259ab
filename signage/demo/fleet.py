"""The demo's walls: where they hang, and what each group of them shows when.

One is opened by whoever runs the demo; the others are simulated, and say so at the desk.
"""

from dataclasses import dataclass
from typing import Any

from signage.actions.setup_of_screens import ScreenDraft
from signage.core.plan import Entry
from signage.core.slots import Slot
from signage.demo.company import GRANVIDDE

JONKOPING, NASSJO, AARHUS, OSLO = GRANVIDDE.sites
CANTEENS, DESKS, WAREHOUSE = "Canteens", "Service desks", "Warehouse"
GROUPS = (CANTEENS, DESKS, WAREHOUSE)

OWN = ScreenDraft("Canteen", JONKOPING)
"""The wall that is opened; in CANTEENS."""
_SHUT: dict[str, Any] = {"night_from": "22:00", "night_to": "05:00", "night_percent": 0}
OTHERS = (
    (DESKS, ScreenDraft("Service desk, second floor", JONKOPING, diagonal_inch=43)),
    (CANTEENS, ScreenDraft("Coffee corner", NASSJO, theme="paper")),
    (WAREHOUSE, ScreenDraft(
        "Packing hall", NASSJO, diagonal_inch=75, distance_m=9, tags=("large",), **_SHUT
    )),
    ("", ScreenDraft(
        "Between the beds", AARHUS, "da", "Europe/Copenhagen", turned=90, tags=("customers",)
    )),
    (DESKS, ScreenDraft("Reception", OSLO, "nb", "Europe/Oslo", diagonal_inch=43)),
)  # fmt: skip
"""Group and screen."""

DARK = (("Packing hall", 52, 95), ("Reception", 208, 25), ("Packing hall", 331, 12))
"""A screen was dark so many hours ago, for so many minutes."""
SHOWN = {"quote": (96, 1900), "improvement": (30, 740), "notice": (26, 410), "nps": (15, 380)}
"""Scene → how often in an hour, and for how many seconds."""
HOURS = range(6, 17)
"""Of UTC, in which somebody is there to look."""

FEEDS = {
    "Carried in and put together": ("Delivery", "Assembly"),
    "About service": ("Customer service",),
}
"""Feeds of quotes: title → the touchpoints that they are about."""


@dataclass(frozen=True, slots=True)
class Round:
    """A playlist: its name, and what it shows in a round."""

    name: str
    entries: tuple[Entry, ...]


_WEEKDAYS = (0, 1, 2, 3, 4)
LUNCH_HOUR = Slot("", _WEEKDAYS, "11:00", "13:00", holidays="not", country="SE")
EARLY_LUNCH = Slot("", _WEEKDAYS, "10:30", "11:15", holidays="not", country="SE")
FRIDAY_COFFEE = Slot("", (4,), "14:30", "15:00")
"""Drafted, and not published."""


def rounds(carried: str, called: str) -> tuple[Round, Round, Round]:
    """The playlists for lunch, the warehouse and the service desks, with the names of FEEDS."""
    done, noted = Entry("improvement", "improvements"), Entry("notice", "notices")
    lunch = (
        Entry("mosaic", "quotes"), Entry("quote", "quotes", 2), done,
        Entry("nps", "nps", every=2), noted, Entry("ask", "notices", every=2, offset=1),
    )  # fmt: skip
    warehouse = (
        Entry("quote", carried, 3), done, noted, Entry("touchpoints", "touchpoints", every=2),
    )  # fmt: skip
    desks = (
        Entry("quote", called, 2), Entry("quote", "quotes"), done, noted,
        Entry("csat", "csat", every=2), Entry("ces", "ces", every=2, offset=1),
    )  # fmt: skip
    return Round("Lunch", lunch), Round("Carried in", warehouse), Round("Service", desks)
