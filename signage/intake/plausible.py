"""How likely a character is where it stands, for telling one 8-bit encoding from another.

The weights are our own, tried on French, German, Nordic and Finnish text: the letters those
languages live on weigh most, marks count where writers put them, and what never stands inside a
word (box drawings, a capital behind a small letter) weighs less than nothing.
"""

COMMON = frozenset("àâçèéêëîïôùûüäöåæøßœñÀÂÇÈÉÊËÎÏÔÙÛÜÄÖÅÆØŒÑ")
FREQUENT = frozenset("éèêàçäöåøæüÉÈÀÇÄÖÅØÆÜ")
SELDOM_FIRST = frozenset("ôûëïîùñßÛÙËÏ")
SELDOM_LAST = frozenset("öôîïâ")
NORTHERN = frozenset("þðýõ")
ALONE = frozenset("àÀåÅöÖ")
MEASURES = frozenset("±²³µ¼½¾×÷£¥¢§º¹¤‰§")
NOISE = -4

# Kinds of neighbour. OTHER is another byte beyond ASCII: some letter, mostly.
LOWER, UPPER, DIGIT, EDGE, OTHER = "lower", "upper", "digit", "edge", "other"
_LETTER = frozenset((LOWER, UPPER, OTHER))


def neighbour(byte: int | None) -> str:
    """What kind of neighbour a byte is; None is the line's beginning or end."""
    if byte is None:
        return EDGE
    if byte >= 0x80:
        return OTHER
    character = chr(byte)
    if character.isalpha():
        return LOWER if character.islower() else UPPER
    return DIGIT if character.isdigit() else EDGE


def fit(character: str, before: str, after: str) -> int:
    """How well a character fits between two kinds of neighbour; below 0 it hardly can be right."""
    if character.isalpha() and character not in "ªº":
        return _letter(character, before, after)
    if character in MEASURES:
        power = character in "²³" and before in _LETTER and after == EDGE
        return 1 if power or DIGIT in (before, after) or before == EDGE else -2
    rule = _MARKS.get(character)
    return rule(before, after) if rule else NOISE


def _letter(character: str, before: str, after: str) -> int:
    if DIGIT in (before, after):
        return 0 if character in ALONE else -2
    worth = _worth(character)
    if before == EDGE and after == EDGE:
        return worth if character in ALONE else -1
    if before == EDGE and character in SELDOM_FIRST:
        worth -= 2
    if character.isupper():
        return worth - 6 if before == LOWER else worth
    if before == UPPER and after == UPPER:
        worth -= 1
    if after == EDGE and character in SELDOM_LAST:
        worth -= 1
    return worth


def _worth(character: str) -> int:
    if character in COMMON:
        return 4 if character in FREQUENT else 3
    if character >= "ƒ":
        return NOISE
    return 2 if character.islower() and character not in NORTHERN else 1


def _opening(before: str, after: str) -> int:
    return 3 if before == EDGE and after != EDGE else -2


def _outer(before: str, after: str) -> int:
    """Guillemets: French sets a space inside them, German and Danish turn them round."""
    return 3 if EDGE in (before, after) else -2


def _around(before: str, after: str) -> int:
    """Quotation marks that some languages open with, others close with, others both."""
    if before == EDGE and after == EDGE:
        return 1
    if OTHER in (before, after):
        return 2
    return 3 if (before == EDGE) != (after == EDGE) else -2


def _apostrophe(before: str, after: str) -> int:
    return 3 if before in _LETTER else _opening(before, after)


def _dash(before: str, after: str) -> int:
    if before == EDGE and after == EDGE:
        return 3
    return -1 if before in _LETTER else 1


def _ellipsis(before: str, after: str) -> int:
    if before == EDGE and after == EDGE:
        return 0
    return 3 if after == EDGE else -1


def _money(before: str, after: str) -> int:
    if DIGIT in (before, after):
        return 4
    return 2 if before == EDGE and after == EDGE else -3


def _degree(before: str, after: str) -> int:
    if before == DIGIT:
        return 3
    return 2 if before in _LETTER and after in (DIGIT, EDGE) else -2


def _mark_behind_word(before: str, after: str) -> int:
    return 2 if before in _LETTER and after == EDGE else -1


def _space(before: str, after: str) -> int:
    return 1 if before in _LETTER and after in _LETTER else 2


def _bullet(before: str, after: str) -> int:
    return 2 if before == EDGE else -2 + (after == EDGE)


_MARKS = {
    "«": _outer,
    "»": _outer,
    "‹": _bullet,
    "›": _bullet,
    "„": _opening,
    "“": _around,
    "”": _around,
    "‘": _opening,
    "’": _apostrophe,
    "–": _dash,
    "—": _dash,
    "…": _ellipsis,
    "€": _money,
    "°": _degree,
    "™": _mark_behind_word,
    "®": _mark_behind_word,
    "©": _bullet,
    "•": _bullet,
    "·": _bullet,
    "¡": _opening,
    "¿": _opening,
    "\N{NO-BREAK SPACE}": _space,
}
