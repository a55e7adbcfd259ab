"""What a screen is shown, as far as its programme goes: kept small, and encoded once."""

from functools import cache
from sys import intern
from typing import Any

from signage.actions.planned import Planned
from signage.actions.programme import Shown, programme, wall_words
from signage.live.encoding import Encoded, encoded
from signage.models import Preferences, Screen


def shown_of(screen: Screen) -> Shown:
    """What of a screen its programme needs."""
    # Thousands of screens share few sites, languages and zones.
    return Shown(
        screen.id, screen.name, intern(screen.site), intern(screen.locale),
        intern(screen.timezone), intern(screen.theme), screen.motion, screen.diagonal_inch,
        screen.distance_m, intern(screen.night_from), intern(screen.night_to), screen.night_percent,
        screen.group_id, screen.turned,
    )  # fmt: skip


def programme_of(shown: Shown, chosen: Preferences, planned: Planned) -> dict[str, Any]:
    """A screen's programme, for `signage.live.encoding`."""
    return {**programme(shown, chosen, planned), "words": _words(shown.locale)}


@cache
def _words(locale: str) -> Encoded:
    return encoded(wall_words(locale))
