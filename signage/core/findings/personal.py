"""Personal numbers of Sweden, Denmark, Norway, Finland and Germany.

Each has a date or a check digit in it, so that few other numbers pass for one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import regex
from stdnum import luhn
from stdnum.de import idnr
from stdnum.no import fodselsnummer

from signage.core.findings.finding import Comment, Finding
from signage.words import N_

_EDGE, _END = r"(?<![\p{L}\p{N}+])", r"(?![\p{L}\p{N}])"
# A date of six or eight digits, a joint, and a serial number in whose first place Sweden sets a
# letter for those who have no number yet.
_SWEDISH = regex.compile(
    rf"{_EDGE}((?:1[6-9]|20)?[0-9]{{2}})([0-9]{{2}})([0-9]{{2}})([-+ ]?)"
    rf"([0-9TRSUWXJKLMN])([0-9]{{3}}){_END}"
)
_DANISH = regex.compile(rf"{_EDGE}([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})([- ]?)([0-9]{{4}}){_END}")
_NORWEGIAN = regex.compile(rf"{_EDGE}[0-9]{{6}}[ \-.]?[0-9]{{5}}{_END}")
_FINNISH = regex.compile(
    rf"(?i){_EDGE}([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})[-+A-FU-Y]([0-9]{{3}})([0-9A-Y]){_END}"
)
_GERMAN = regex.compile(rf"{_EDGE}[1-9][0-9](?:[ ]?[0-9]{{3}}){{3}}{_END}")

_FINNISH_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_DANISH_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)

Match: TypeAlias = "regex.Match[str]"
RIGHT, WRONG = "right", "wrong"


@dataclass(frozen=True, slots=True)
class _Number:
    """pattern: its form. judge: RIGHT, WRONG where only its check digit is, None where it is no
    such number."""

    pattern: "regex.Pattern[str]"
    judge: Callable[[Match], str | None]
    reason: str
    doubt: str


def personal_numbers(comment: Comment) -> Iterator[Finding]:
    """880320-0016, 211062-5629, 151086 95088, 131052-308T, 36 574 261 809."""
    if comment.digits < 9:
        return
    for number in _NUMBERS:
        for match in number.pattern.finditer(comment.numeric):
            judged = number.judge(match)
            if judged == RIGHT:
                yield Finding(*match.span(), "personal_number", "high", number.reason)
            elif judged == WRONG:
                yield Finding(*match.span(), "personal_number", "medium", number.doubt)


def _swedish(match: Match) -> str | None:
    year, month, day, joint, first, rest = match.groups()
    # Who has no personal number yet has a day that is 60 later.
    if not _is_day(int(year), int(month), int(day) % 60 if int(day) > 60 else int(day)):
        return None
    digits = f"{year[-2:]}{month}{day}{first if first.isdecimal() else '1'}{rest}"
    if luhn.is_valid(digits):
        return RIGHT
    return WRONG if joint in {"-", "+"} and first.isdecimal() else None


def _danish(match: Match) -> str | None:
    day, month, year, joint, serial = match.groups()
    if not _is_day(int(year), int(month), int(day)):
        return None
    digits = map(int, day + month + year + serial)
    if sum(w * n for w, n in zip(_DANISH_WEIGHTS, digits, strict=True)) % 11 == 0:
        return RIGHT
    # Since 2007 some are given out whose check digit is none.
    return WRONG if joint == "-" else None


def _norwegian(match: Match) -> str | None:
    return RIGHT if fodselsnummer.is_valid(_bare(match)) else None


def _finnish(match: Match) -> str | None:
    day, month, year, serial, check = match.groups()
    if not _is_day(int(year), int(month), int(day)):
        return None
    right = _FINNISH_CHECK[int(day + month + year + serial) % 31]
    return RIGHT if check.upper() == right else WRONG


def _german(match: Match) -> str | None:
    return RIGHT if idnr.is_valid(_bare(match)) else None


def _bare(match: Match) -> str:
    return "".join(filter(str.isdecimal, match.group()))


def _is_day(year: int, month: int, day: int) -> bool:
    """Of any century, where the year has two digits: 29 February of 00 was in 2000."""
    try:
        date(year if year >= 1600 else 2000 + year, month, day)
    except ValueError:
        return False
    return True


_NUMBERS = (
    _Number(
        _SWEDISH, _swedish,
        N_("This is a Swedish personal number: its date and check digit are right."),
        N_("This has the form of a Swedish personal number, though its check digit is wrong."),
    ),
    _Number(
        _DANISH, _danish,
        N_("This is a Danish CPR number: its date and check digit are right."),
        N_("This has the form of a Danish CPR number: it begins with a date of birth."),
    ),
    _Number(
        _NORWEGIAN, _norwegian,
        N_("This is a Norwegian national identity number: its date and check digits are right."),
        "",
    ),
    _Number(
        _FINNISH, _finnish,
        N_("This is a Finnish personal identity code: its date and check character are right."),
        N_("This has the form of a Finnish personal identity code, though its check character is "
           "wrong."),
    ),
    _Number(
        _GERMAN, _german,
        N_("This is a German tax identification number: its check digit is right."), "",
    ),
)  # fmt: skip
