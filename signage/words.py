"""Every word that a person reads, in the language in force.

Catalogues are `locale/<language>.po`, read once and kept. The language is a context variable, so
each request, job and greenlet has its own; `speaking("sv")` sets it for a block.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LANGUAGES = {
    "en": "English",
    "sv": "Svenska",
    "da": "Dansk",
    "nb": "Norsk",
    "fi": "Suomi",
    "de": "Deutsch",
    "fr": "Français",
}

_language: ContextVar[str] = ContextVar("language", default="en")


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a text for translation without translating it now."""
    return text


def language() -> str:
    """The language in force, one of LANGUAGES."""
    return _language.get()


def locale() -> str:
    """The language in force as a locale for dates and numbers; English is written as in Europe."""
    return "en_GB" if language() == "en" else language()


def day_in_words(written: str) -> str:
    """A day as it is read, from what Babel makes of it: in French the first of a month, and no
    other day, is an ordinal."""
    return re.sub(r"\b1(?= )", "1er", written) if language() == "fr" else written


def speak(code: str) -> None:
    """Put a language in force for the rest of this context; unknown ones become English."""
    _language.set(code if code in LANGUAGES else "en")


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Put a language in force for a block."""
    token = _language.set(code if code in LANGUAGES else "en")
    try:
        yield
    finally:
        _language.reset(token)


def translate(text: str) -> str:
    """`text` in the language in force; itself where the catalogue lacks it."""
    return catalogue(language()).gettext(text)


def translate_plural(one: str, many: str, n: int) -> str:
    """The form that `n` takes in the language in force, with {n} left in place."""
    return catalogue(language()).ngettext(one, many, n)


@cache
def catalogue(code: str) -> NullTranslations:
    """The translations of one language; English is the source and needs none."""
    source = files("signage").joinpath("locale", f"{code}.po")
    if code == "en" or not source.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=code))
    compiled.seek(0)
    return Translations(compiled)
