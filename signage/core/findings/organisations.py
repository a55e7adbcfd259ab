"""Organisation numbers of Sweden, Denmark, Norway, Finland and Germany."""

from collections.abc import Callable, Iterator

import regex
from stdnum import luhn
from stdnum.de import vat
from stdnum.dk import cvr
from stdnum.fi import alv
from stdnum.no import orgnr

from signage.core.findings.finding import Comment, Finding
from signage.words import N_

_EDGE, _END = r"(?<![\p{L}\p{N}+]|[0-9][\-.])", r"(?![\p{L}\p{N}]|[\-.][0-9])"
_SWEDISH = regex.compile(
    rf"(?i){_EDGE}(?:SE[ ]?)?(?:16)?([1-9][0-9][2-9][0-9]{{3}})[- ]?([0-9]{{4}})(?:[ ]?01)?{_END}"
)
# Eight or nine digits are anything: only a word before them, or letters behind, make them one.
_DANISH = regex.compile(
    rf"(?i){_EDGE}(?:DK|CVR|SE)(?:[-. ]?(?:nr|nummer))?[.:\- ]{{0,3}}"
    rf"([0-9]{{2}}(?:[ ]?[0-9]{{2}}){{3}}){_END}"
)
_NORWEGIAN = regex.compile(
    rf"(?i){_EDGE}(?:NO[ ]?)?([89][0-9]{{2}}[ ]?[0-9]{{3}}[ ]?[0-9]{{3}})(?:[ ]?MVA)?{_END}"
)
_FINNISH = regex.compile(rf"(?i){_EDGE}(?:([0-9]{{7}})-([0-9])|FI[ -]?([0-9]{{7}})-?([0-9])){_END}")
_GERMAN = regex.compile(rf"(?i){_EDGE}DE[ ]?([0-9]{{3}}[ ]?[0-9]{{3}}[ ]?[0-9]{{3}}){_END}")
_REGISTER = regex.compile(rf"(?i){_EDGE}HR[AB][ ]?(?:Nr\.?[ ]?)?[0-9]{{2,6}}(?:[ ]?B)?{_END}")


def organisation_numbers(comment: Comment) -> Iterator[Finding]:
    """556677-8899, CVR 13585628, 974 760 673, 2077474-0, DE136695976, HRB 12345."""
    if comment.digits < 2:
        return
    for pattern, fits, reason in _NUMBERS:
        for match in pattern.finditer(comment.numeric):
            digits = "".join(filter(str.isdecimal, "".join(filter(None, match.groups()))))
            if fits(digits):
                yield Finding(*match.span(), "organisation_number", "high", reason)
    for match in _REGISTER.finditer(comment.numeric):
        reason = N_("This is a number of the German commercial register.")
        yield Finding(*match.span(), "organisation_number", "medium", reason)


_NUMBERS: tuple[tuple["regex.Pattern[str]", Callable[[str], bool], str], ...] = (
    (_SWEDISH, luhn.is_valid,
     N_("This is a Swedish organisation number: its check digit is right.")),
    (_DANISH, cvr.is_valid, N_("This is a Danish CVR number: its check digit is right.")),
    (_NORWEGIAN, orgnr.is_valid,
     N_("This is a Norwegian organisation number: its check digit is right.")),
    (_FINNISH, alv.is_valid, N_("This is a Finnish business ID: its check digit is right.")),
    (_GERMAN, vat.is_valid, N_("This is a German VAT number: its check digit is right.")),
)  # fmt: skip
