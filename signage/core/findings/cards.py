"""Numbers of payment cards: the length and the first digits of a brand, and Luhn's check digit."""

from collections.abc import Iterator

import regex
from stdnum import luhn

from signage.core.findings.finding import Comment, Finding
from signage.words import N_

_CANDIDATE = regex.compile(
    r"(?<![\p{L}\p{N}]|[0-9][ \-])[0-9](?:[ \-]?[0-9]){11,18}+(?![ \-]?[0-9]|\p{L})"
)
_GROUPED = regex.compile(
    r"[0-9]{4}([ \-])[0-9]{4}\1[0-9]{4}\1[0-9]{1,7}|[0-9]{4}([ \-])[0-9]{6}\2[0-9]{5}"
)
# First digits and lengths as the brands publish them (ISO/IEC 7812).
_BRANDS = regex.compile(
    r"4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})"  # Visa
    # Mastercard
    r"|(?:5[1-5][0-9]{2}|222[1-9]|22[3-9][0-9]|2[3-6][0-9]{2}|27[01][0-9]|2720)[0-9]{12}"
    r"|3[47][0-9]{13}"  # American Express
    r"|3(?:0[0-5]|[689][0-9])[0-9]{11,16}"  # Diners Club
    r"|6(?:011|4[4-9][0-9]|5[0-9]{2})[0-9]{12,15}"  # Discover
    r"|(?:2131|1800)[0-9]{11}|35[0-9]{14,17}"  # JCB
    r"|62[0-9]{14,17}"  # UnionPay
)
_MAESTRO = regex.compile(r"(?:5[06-8]|6[0-9])[0-9]{10,17}|06[0-9]{10}")


def cards(comment: Comment) -> Iterator[Finding]:
    """4111 1111 1111 1111, with spaces, dashes or neither."""
    if comment.digits < 12:
        return
    for match in _CANDIDATE.finditer(comment.numeric):
        number = match.group().replace(" ", "").replace("-", "")
        if luhn.is_valid(number) and int(number):
            if _BRANDS.fullmatch(number):
                reason = N_("This is a card number: its check digit is right.")
                yield Finding(*match.span(), "card", "high", reason)
            elif _MAESTRO.fullmatch(number) or _GROUPED.fullmatch(match.group()):
                reason = N_("This may be a card number: its check digit is right.")
                yield Finding(*match.span(), "card", "medium", reason)
        elif _GROUPED.fullmatch(match.group()) and _BRANDS.fullmatch(number):
            reason = N_("This has the form of a card number, though its check digit is wrong.")
            yield Finding(*match.span(), "card", "medium", reason)
