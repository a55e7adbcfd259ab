"""Who said it, never more than the customer agreed to."""

from dataclasses import dataclass
from typing import Literal

import regex

Kind = Literal["full_name", "first_name", "role", "customer"]

CONSENTS = ("unknown", "anonymous", "role", "first_name", "full_name")
KINDS: tuple[Kind, ...] = ("full_name", "first_name", "role", "customer")
SCOPES = ("internal", "public")
"""Where a customer agreed to be quoted: among colleagues, or anywhere."""

_ALLOWED: dict[str, tuple[Kind, ...]] = {
    "full_name": ("full_name", "first_name", "customer"),
    "first_name": ("first_name", "customer"),
    "role": ("role", "customer"),
}

# Only letters may pass as a first name: "anna.larsson@example.com" or "anna_larsson" would say
# more than it, and so would a name in a script that sets no space between its parts.
_FIRST_NAME = regex.compile(
    r"(?V1)(?:[[\p{L}\p{M}]--[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]]"
    r"|['’\-](?=\p{L}))++\.?"
)
_TITLE = regex.compile(
    r"(?i)(?:dr|frau|fru|fr|herra|herr|hr|mag|maître|miss|mlle|mme|mrs|mr|ms|mx|m|prof|rouva)\.?"
)


@dataclass(frozen=True, slots=True)
class Who:
    """kind: how much is told. text: the name or role; None for "customer"."""

    kind: Kind
    text: str | None


def attribution(consent: str, name: str | None, role: str | None, chosen: str | None = None) -> Who:
    """What to print under a quote, for a consent out of CONSENTS: as much as it allows, or what
    was `chosen` out of KINDS where that is no more.

    A piece that is missing falls back to "customer", not to another piece: leave to print a name
    is no leave to print a role. Anything but a known consent tells nothing, and neither does a
    choice that the consent does not allow, or no longer.
    """
    kinds = allowed(consent)
    kind = kinds[0] if chosen is None else chosen if chosen in kinds else "customer"
    if kind == "full_name":
        return _who("full_name", _full_name(name))
    if kind == "first_name":
        return _who("first_name", _first_name(name))
    if kind == "role":
        return _who("role", " ".join((role or "").split()))
    return _who("customer", "")


def allowed(consent: str) -> tuple[Kind, ...]:
    """What a consent allows to be told, the most first."""
    return _ALLOWED.get(consent, ("customer",))


def choices(consent: str, name: str | None, role: str | None) -> tuple[Who, ...]:
    """The different ways in which a customer may be named, the most first."""
    each = (attribution(consent, name, role, kind) for kind in allowed(consent))
    return tuple({who.kind: who for who in each}.values())


def _who(kind: Kind, text: str) -> Who:
    return Who(kind, text) if text else Who("customer", None)


def _full_name(name: str | None) -> str:
    """The name on one line; none where an address stands in its place."""
    words = " ".join((name or "").split())
    return "" if "@" in words else words


def _first_name(name: str | None) -> str:
    """The first word, or the first behind the comma of "Larsson, Anna".

    None where it is a title, for the next word may be the surname.
    """
    surname_first, comma, behind = _full_name(name).partition(",")
    words = (behind if comma else surname_first).split()
    if not words or _TITLE.fullmatch(words[0]):
        return ""
    return words[0] if _FIRST_NAME.fullmatch(words[0]) else ""
