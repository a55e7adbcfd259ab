"""Bank account numbers as IBAN, in groups or not; the check digits decide."""

from collections.abc import Iterator

import regex
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

from signage.core.findings.finding import Comment, Finding
from signage.words import N_

_START = regex.compile(r"(?i)(?<![\p{L}\p{N}])[a-z]{2}[0-9]{2}(?=[ \-.]?[a-z0-9])")
_REST = regex.compile(r"(?i)(?:[ \-.]?[a-z0-9])*+")
_JOINTS = str.maketrans("", "", " -.")

LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28,
    "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23,
    "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26,
    "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20,
    "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18,
    "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24,
    "SC": 31, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28, "TL": 23, "TN": 24,
    "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}  # fmt: skip
"""Country → characters of its IBAN (the register that SWIFT keeps for ISO 13616)."""


def ibans(comment: Comment) -> Iterator[Finding]:
    """SE45 5000 0000 0583 9825 7466, with or without spaces."""
    text = comment.numeric
    if comment.digits < 8:
        return
    for match in _START.finditer(text):
        length = LENGTHS.get(match.group()[:2].upper())
        end = _end(text, match.start(), length) if length else None
        if end is None:
            continue
        number = text[match.start() : end].translate(_JOINTS).upper()
        if _fits(number):
            reason = N_("This is an IBAN: its check digits are right.")
            yield Finding(match.start(), end, "iban", "high", reason)
        elif sum(map(str.isdecimal, number)) >= 10:
            reason = N_("This has the form of an IBAN, though its check digits are wrong.")
            yield Finding(match.start(), end, "iban", "medium", reason)


def _end(text: str, start: int, length: int) -> int | None:
    """Where `length` letters and digits, joints aside, end as a word does."""
    stretch = _REST.match(text, start, min(len(text), start + 2 * length))
    n = 0
    for at in range(start, stretch.end() if stretch else start):
        n += text[at].isalnum()
        if n == length:
            return None if text[at + 1 : at + 2].isalnum() else at + 1
    return None


def _fits(number: str) -> bool:
    try:
        mod_97_10.validate(number[4:] + number[:4])
    except ValidationError:
        return False
    return True
