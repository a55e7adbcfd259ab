"""Probable names of people: after "my name is", with a title, or a first name that many bear."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import regex

from signage.core.findings.finding import Comment, Finding
from signage.words import N_

_NAME = r"\p{Lu}[\p{Ll}\p{M}]{1,24}+(?:[-’']\p{Lu}[\p{Ll}\p{M}]{1,24}+)?+"
_NAMES = rf"{_NAME}(?:[ ](?:\p{{Lu}}\.[ ])?(?:(?:von|van|de|af|av|der|du|la|le)[ ])?{_NAME}){{0,2}}"
_INTRODUCTIONS = (
    "my name is", "named", "jag heter", "mitt namn är", "som heter", "vid namn", "jeg hedder",
    "mit navn er", "der hedder", "som hedder", "ved navn", "jeg heter", "mitt navn er", "nimeni on",
    "nimeltä", "nimeltään", "ich heiße", "ich heisse", "mein name ist", "namens", "je m['’]appelle",
    "mon nom est", "s['’]appelle", "nommée?", "prénommée?",
)  # fmt: skip
_REGARDS = (
    "regards", "sincerely", "hälsningar", "hälsn", "mvh", "vänligen", "hilsen", "vh", "terveisin",
    "grüßen", "gruß", "cordialement",
)  # fmt: skip
_SAID = regex.compile(
    rf"(?i:\b(?:{'|'.join(_INTRODUCTIONS)}|(?:{'|'.join(_REGARDS)})[,.]?))[ \n]{{1,2}}({_NAMES})"
)
_TITLED = regex.compile(
    r"(?<!\p{L})(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Madam|Herr|Frau|Fru|Fröken|Frøken|Hr|Fr|M|Mme|Mlle"
    rf"|Monsieur|Madame|Mademoiselle|Rouva|Doktor|Professor)\.?[ ]({_NAMES})"
)
_PAIR = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])({_NAME})((?:[ ](?:\p{{Lu}}\.[ ])?{_NAME}){{0,2}})(?!\p{{L}})"
)

_INTRODUCED = N_("The words before it introduce somebody.")
_TITLE = N_("A title stands before it.")
_FULL = N_("A first name that many bear, and a second name behind it.")
_FIRST = N_("A first name that many bear.")


def names(comment: Comment) -> Iterator[Finding]:
    """My name is Anna Berg; Herr Schulz; Anna Berg."""
    text = comment.text
    for match in _SAID.finditer(text):
        yield Finding(*match.span(1), "probable_name", "high", _INTRODUCED)
    for match in _TITLED.finditer(text):
        yield Finding(*match.span(), "probable_name", "medium", _TITLE)
    yield from _first_and_more(text)


def _first_and_more(text: str) -> Iterator[Finding]:
    """Where the first of several capitalised words is no name, one may begin at the next: "Ring
    Anna Svensson"."""
    sure, ordinary = _first_names()
    at = 0
    while match := _PAIR.search(text, at):
        first = match.group(1).lower().partition("-")[0]
        known = first in sure or first in ordinary
        at = match.end() if known else match.end(1)
        if known and match.group(2):
            yield Finding(*match.span(), "probable_name", "medium", _FULL)
        elif first in sure:
            yield Finding(*match.span(), "probable_name", "low", _FIRST)


@cache
def _first_names() -> tuple[frozenset[str], frozenset[str]]:
    """First names; and those that are ordinary words too, which tell something only with a second
    name behind them."""
    text = files("signage.core.findings").joinpath("first_names.txt").read_text("utf-8")
    sure, _, ordinary = text.partition("[ordinary]")
    return frozenset(sure.split()), frozenset(ordinary.split())
