"""What somebody asks of proof of play, and its scenes in words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from signage.models.proof import Sought
from signage.web import forms
from signage.words import N_, translate

USUAL = timedelta(days=7)
SCENES = {
    "quote": N_("Quotes"),
    "mosaic": N_("Several quotes"),
    "improvement": N_("Improvements"),
    "notice": N_("Notices"),
    "celebration": N_("Celebrations"),
    "nps": "NPS",
    "csat": "CSAT",
    "ces": "CES",
    "touchpoints": N_("Touchpoints"),
    "mix": N_("The mix"),
    "ask": N_("Where customers answer"),
}
NAMES = ("by", "screen", "site", "name", "from", "to")
"""Parameters of the page that make up what is asked for."""


def scene_word(name: str) -> str:
    """A scene as people call it."""
    return translate(SCENES.get(name, name))


def asked() -> dict[str, str]:
    """What the address says, without what is empty."""
    said = {name: forms.text(name, 200) for name in NAMES}
    return {name: value for name, value in said.items() if value}


def sought(zone: ZoneInfo, at: datetime) -> Sought:
    """The same as the models take it; days are the company's, of items UTC's. Raises Invalid for
    a day or a number that is none."""
    if forms.text("by") == "item":
        zone = ZoneInfo("UTC")  # items are kept by the UTC day
    return Sought(
        since=(forms.midnight("from", zone) or at - USUAL).astimezone(UTC),
        before=(forms.midnight("to", zone, days=1) or at + timedelta(days=1)).astimezone(UTC),
        by_item=forms.text("by") == "item",
        screen_id=forms.whole("screen") or None,
        site=forms.text("site", 200) or None,
        name=forms.text("name", 32) or None,
    )
