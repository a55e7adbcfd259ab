"""Letting a new player in: the code that it shows, and what it says of itself (RFC 8628)."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowel, so no word; and none that is taken for another, or for a digit."""
LENGTH = 8
LASTS = timedelta(minutes=10)
ASK_SECONDS = 1
"""A player asks this often whether somebody has confirmed its code."""
LARGEST_SIDE = 20_000
_PAGE = re.compile(r"[\w-]{8,32}")


def new_code() -> str:
    """Eight letters out of 20: 34 bits, for ten minutes."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def shown_code(code: str) -> str:
    """As it is shown: BCDF-GHJK."""
    return f"{code[:4]}-{code[4:]}"


def read_code(typed: str) -> str | None:
    """The code that somebody typed, whatever its case and punctuation; None where it is none."""
    letters = "".join(each for each in typed.upper() if each.isalnum())
    return letters if len(letters) == LENGTH and set(letters) <= set(LETTERS) else None


@dataclass(frozen=True, slots=True)
class Looks:
    """What a player says of itself: its picture in CSS px, device pixels to each of them, the
    browser, and the network that it comes from."""

    width: int = 0
    height: int = 0
    ratio: float = 1.0
    browser: str = ""
    system: str = ""
    network: str = ""

    def as_json(self) -> dict[str, Any]:
        """For the database; `Looks(**…)` reads it."""
        return asdict(self)


def read_looks(said: object, *, browser: str = "", system: str = "", network: str = "") -> Looks:
    """What a player said, held to bounds; anything malformed counts as not said."""
    fields: Mapping[str, Any] = said if isinstance(said, dict) else {}
    return Looks(
        width=_side(fields.get("width")),
        height=_side(fields.get("height")),
        ratio=_ratio(fields.get("ratio")),
        browser=browser,
        system=system,
        network=network,
    )


def read_page(said: object) -> str:
    """The word that a player's page made up for itself; empty where it says none."""
    return said if isinstance(said, str) and _PAGE.fullmatch(said) else ""


def _side(said: object) -> int:
    # A bool is an int to Python.
    return said if type(said) is int and 0 < said <= LARGEST_SIDE else 0


def _ratio(said: object) -> float:
    fits = isinstance(said, int | float) and 0.1 <= said <= 10
    return round(float(said), 3) if fits else 1.0  # type: ignore[arg-type]  # it is a number
