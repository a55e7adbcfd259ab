"""All that one screen needs to know: how to show, what, and in which words."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from signage.actions.planned import UNPLANNED, Planned
from signage.core.contrast import readable
from signage.models import Preferences, Screen
from signage.places import place
from signage.words import speaking, translate

PROTOCOL = 1
LEASE_HOURS = 72
"""How long quotes may hang without contact: then an offline copy dies by itself."""
GROUNDS = {"ink": "#11141b", "paper": "#f5f1e6"}
"""The grounds of static/tokens.css, by theme."""
TEXT_RATIO = 7
GRAPHIC_RATIO = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """How one screen is set up, as far as its programme goes."""

    id: int
    name: str
    site: str
    locale: str
    timezone: str
    theme: str
    motion: bool
    diagonal_inch: int
    distance_m: int
    night_from: str = ""
    night_to: str = ""
    night_percent: int = 20
    group_id: int | None = None
    turned: int = 0


def programme(
    screen: Screen | Shown, chosen: Preferences, planned: Planned = UNPLANNED
) -> dict[str, Any]:
    """The programme of one screen; `version` changes with anything in it. `planned`: what its group
    is told of the plan."""
    return {
        **_body(screen, chosen),
        **planned.told(),
        "words": wall_words(screen.locale),
        "version": version_of(screen, chosen, planned),
    }


def version_of(screen: Screen | Shown, chosen: Preferences, planned: Planned = UNPLANNED) -> str:
    """The version of a screen's programme, without making the programme."""
    told = {"plan": planned.digest} if planned.digest else UNPLANNED.told()
    body = {**_body(screen, chosen), **told, "words": _words_version(screen.locale)}
    return _digest(body)[:16]


def _body(screen: Screen | Shown, chosen: Preferences) -> dict[str, Any]:
    return {
        "protocol": PROTOCOL,
        "screen": {
            "id": screen.id,
            "name": screen.name,
            "site": screen.site,
            "group": screen.group_id,
        },
        "title": chosen.title,
        "locale": screen.locale,
        "timezone": screen.timezone,
        "theme": screen.theme,
        "motion": screen.motion,
        "diagonal_inch": screen.diagonal_inch,
        "distance_m": screen.distance_m,
        "turned": screen.turned or 0,
        "night": _night(screen),
        "lease_hours": LEASE_HOURS,
        "brand": brand(chosen),
    }


def brand(chosen: Preferences) -> dict[str, Any]:
    """How a company's walls differ from others'. The accent's lightness fits each ground."""
    return {
        "accent": {
            theme: {
                "text": readable(chosen.accent, ground, TEXT_RATIO),
                "graphic": readable(chosen.accent, ground, GRAPHIC_RATIO),
            }
            for theme, ground in GROUNDS.items()
        }
        if chosen.accent
        else None,
        "logo": f"/pictures/{chosen.logo}.webp" if chosen.logo else None,
        "frame": chosen.frame,
        "titles": dict(chosen.titles),
    }


def programme_to_preview(chosen: Preferences) -> dict[str, Any]:
    """A programme for the desk's preview: a screen that is nobody's."""
    nobody = Shown(0, "", "", chosen.language, chosen.timezone, "ink", False, 55, 4)
    return {**programme(nobody, chosen), "playlist": []}


def _night(screen: Screen | Shown) -> dict[str, Any] | None:
    if not screen.night_from:
        return None
    return {"from": screen.night_from, "to": screen.night_to, "percent": screen.night_percent}


@cache
def wall_words(locale: str) -> Mapping[str, str]:
    """The player's texts in a language; the English ones live beside the player's code."""
    english = json.loads((place("static") / "wall" / "words.json").read_text("utf-8"))
    with speaking(locale):
        return {key: translate(text) for key, text in english.items()}


@cache
def _words_version(locale: str) -> str:
    return _digest(wall_words(locale))


def _digest(value: Mapping[str, Any]) -> str:
    told = json.dumps(value, sort_keys=True, ensure_ascii=False).encode()
    return hashlib.sha256(told).hexdigest()
