"""Digits that are a date, a time, a span of years or an amount, and so no number of anybody."""

import regex

_YEAR = r"(?:19|20)[0-9]{2}"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_JOINT = r"[ ]?[./\-][ ]?"
_TIME = r"(?:[01]?[0-9]|2[0-4])[.:][0-5][0-9]"
_DATES = regex.compile(
    rf"(?:{_YEAR}{_JOINT}{_MONTH}{_JOINT}{_DAY}|{_DAY}{_JOINT}{_MONTH}{_JOINT}(?:{_YEAR}|[0-9]{{2}})"
    rf"|{_MONTH}{_JOINT}{_DAY}{_JOINT}(?:{_YEAR}|[0-9]{{2}})|{_YEAR}[ ]{_MONTH}[ ]{_DAY}"
    rf"|{_DAY}[ ]{_MONTH}[ ]{_YEAR}|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
    rf"|(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2]){_YEAR})"
    rf"(?:[ ]?[\-/][ ]?(?:{_YEAR}{_JOINT})?{_MONTH}{_JOINT}{_DAY}|[ ]{{1,2}}{_TIME}"
    r"|[ ][0-9]{1,2})?"
)
_SPANS = regex.compile(
    rf"{_YEAR}[ ]?[\-/][ ]?{_YEAR}|{_TIME}[ ]?-[ ]?{_TIME}"
    rf"(?:[ /.\-]{{1,3}}{_TIME}[ ]?-[ ]?{_TIME})*"
    rf"|(?:{_YEAR}[ ,/.\-]{{1,3}})+{_YEAR}"
)
_THOUSANDS = regex.compile(r"[1-9][0-9]{0,2}(?:[ .][0-9]{3}){1,4}")
_ROUND = regex.compile(r"[1-9][0-9]?(?:0{5,12}|[ .]000[ .]000)|[1-9][0-9]{0,2}[ ][0-9]{3}[ ]000")
_MONEY_BEFORE = regex.compile(r"(?i)(?:[€$£]|\b(?:kr|sek|dkk|nok|eur|euro|usd|gbp|chf)\.?)[ ]?$")
_UNIT_BEHIND = regex.compile(
    r"(?i)[ ]?(?:[€$£%]|:-|,-|kr\b|kronor|kroner|sek\b|dkk\b|nok\b|eur|usd\b|gbp\b|mkr|tkr"
    r"|km\b|kg\b|mm\b|cm\b|m[²2]|kwh|mil\b|miles|watt|pieces|personer|people|invånare)"
)


def is_date(said: str) -> bool:
    """Whether digits and joints are a date, with or without a time, or a span of years or times."""
    said = said.strip("()")
    return bool(_DATES.fullmatch(said) or _SPANS.fullmatch(said))


def is_counted(before: str, behind: str) -> bool:
    """Whether what stands before or behind says so: money, or a unit."""
    return bool(_MONEY_BEFORE.search(before) or _UNIT_BEHIND.match(behind))


def is_amount(said: str) -> bool:
    """Whether they look like an amount: thousands in groups, or round."""
    if _ROUND.fullmatch(said):
        return True
    return bool(_THOUSANDS.fullmatch(said)) and ("." in said or said.count(" ") < 2)
