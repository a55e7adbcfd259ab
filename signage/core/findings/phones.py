"""Phone numbers: of any country with its code, of seven countries without, and what looks like one.

phonenumbers knows which numbers exist; a group of digits that it does not know can still be one,
and is told as such, unless it is a date, an amount or a span of years.
"""

from collections.abc import Iterator

import phonenumbers
import regex
from phonenumbers import NumberParseException

from signage.core.findings.amounts import is_amount, is_counted, is_date
from signage.core.findings.finding import Comment, Finding, Level
from signage.words import N_

REGIONS = {
    "sv": "SE", "da": "DK", "nb": "NO", "fi": "FI", "de": "DE", "fr": "FR", "en": "GB",
}  # fmt: skip
LEAST_DIGITS, MOST_DIGITS = 6, 16

_CANDIDATE = regex.compile(
    r"(?<![\p{L}\p{N}#]|[0-9][.,:/])(?:\+[ ]?|(?<![0-9][ \-/.])\()?[0-9]"
    r"(?:[ ./()\-]{0,3}[0-9]){5,17}+(?:[ ]?(?:x|ext\.?|anknytning|ankn\.?|DW)[ ]?[0-9]{1,6})?"
    r"(?![\p{N}]|[ ]?[%€$£°])"
)
_CALLED = regex.compile(
    r"(?i)(?:\b(?:tele|phone|mobil|tlf|tel|puh|gsm|ring|call|appel|handy|anruf|whatsapp|sms|text me"
    r"|numéro|portable|fax|soita|tél|joindre|erreich|rufnummer|kontakt|contact|reach))"
    r"[\p{L}.]{0,12}+[^0-9\n]{0,30}$"
)
_GROUPS = regex.compile(r"[0-9]+")
_UNIFORM = regex.compile(r"\(?[0-9]{1,5}\)?(?:([ .\-/])\(?[0-9]{2,7}\)?)(?:\1[0-9]{2,7})*")
_BEFORE = 45
"""Characters before a number in which a word such as "call" makes it one to be called."""

_KNOWN = N_("This is a phone number that exists in its country.")
_FORM = N_("This has the form of a phone number.")
_SAID = N_("The words before it say that this is a phone number.")
_DIGITS = N_("A long number: perhaps a phone, customer or order number.")


def phones(comment: Comment) -> Iterator[Finding]:
    """+46 70 123 45 67, 070-123 45 67, (201) 555-0123, 0900 1234."""
    if comment.digits < LEAST_DIGITS:
        return
    for match in _CANDIDATE.finditer(comment.numeric):
        said = match.group()
        digits = len("".join(filter(str.isdecimal, said)))
        if digits > MOST_DIGITS + 6:
            continue
        before = comment.numeric[max(0, match.start() - _BEFORE) : match.start()]
        if judged := _judged(said, comment, before, comment.numeric[match.end() :][:12]):
            yield Finding(*match.span(), "phone", *judged)


def _judged(said: str, comment: Comment, before: str, behind: str) -> tuple[Level, str] | None:
    if said.startswith(("+", "00")) and _exists(said, None):
        return "high", _KNOWN
    called = _CALLED.search(before) is not None
    if is_date(said) or is_counted(before, behind) or (is_amount(said) and not called):
        return None
    if called:
        return "high", _SAID
    return _at_home(said, comment) or _by_form(said)


def _at_home(said: str, comment: Comment) -> tuple[Level, str] | None:
    """Written as within a country: of the comment's language, or with a 0 before it of any."""
    home = REGIONS.get(comment.language or "")
    leads = said.lstrip("(").startswith("0")
    if leads and home and _exists(said, home):
        return "high", _KNOWN
    if any(_exists(said, region) for region in REGIONS.values() if leads or region == home):
        return "medium", _KNOWN
    return None


def _by_form(said: str) -> tuple[Level, str] | None:
    groups = [len(each) for each in _GROUPS.findall(said)]
    if said.startswith(("+", "00")):
        return "medium", _FORM
    if len(groups) == 1:
        return ("low", _DIGITS) if groups[0] >= 8 else None
    if sum(groups) < 7:
        return None
    if said.startswith(("0", "(")) or groups[:3] == [3, 3, 4]:
        return "medium", _FORM
    return ("low", _FORM) if _UNIFORM.fullmatch(said) else None


def _exists(said: str, region: str | None) -> bool:
    if said.startswith("00"):
        said, region = "+" + said[2:].lstrip(" -."), None
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(said, region))
    except NumberParseException:
        return False
