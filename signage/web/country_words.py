"""Countries by their names, in the reader's language."""

import unicodedata
from collections.abc import Collection, Sequence

from babel import Locale
from babel.core import get_global

from signage.core.feasts import NEAR
from signage.words import language

NORTHERN = {"sv", "da", "nb", "fi"}
"""Languages whose alphabets end with letters of their own: they are not filed under a and o."""

Named = Sequence[tuple[str, str]]


def country_name(code: str) -> str:
    """Sweden; a code that has no name is told as it is."""
    name: str = Locale.parse(language()).territories.get(code, code)
    return name


def by_name(among: Collection[str]) -> tuple[Named, Named]:
    """(code, name) of those that are near, and of all others, each by name."""
    return _named(NEAR & set(among)), _named(set(among) - NEAR)


def country_of(timezone: str) -> str:
    """The country that a time zone lies in; empty where it lies in none."""
    found = get_global("zone_territories").get(timezone, "")
    return found if found.isalpha() and found != "ZZ" else ""  # 001 is the whole world


def _named(codes: Collection[str]) -> Named:
    return sorted(((code, country_name(code)) for code in codes), key=lambda each: _place(each[1]))


def _place(name: str) -> str:
    folded = name.casefold()
    if language() in NORTHERN:
        return folded
    plain = unicodedata.normalize("NFKD", folded)
    return "".join(each for each in plain if not unicodedata.combining(each))
