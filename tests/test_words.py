"""Every word that a person reads is there in every language, with the same parts in it."""

import re

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from signage.words import LANGUAGES, speaking, translate, translate_plural
from tools import catalogues

OTHERS = [code for code in LANGUAGES if code != "en"]
PARTS = re.compile(r"%\((\w+)\)s|\{(\w*)\}|%%")


def messages(code: str) -> dict[str, Message]:
    with (catalogues.LOCALE / f"{code}.po").open("rb") as stream:
        return {_key(message): message for message in read_po(stream, locale=code) if message.id}


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated_and_none_is_left_over(code: str) -> None:
    wanted = {_key(message) for message in catalogues.texts() if message.id}
    found = messages(code)
    missing = {key for key in wanted if key not in found or not all(found[key].string or [""])}
    assert missing == set()
    assert set(found) - wanted == set()


@pytest.mark.parametrize("code", OTHERS)
def test_translations_hold_the_same_parts_as_the_text(code: str) -> None:
    for key, message in messages(code).items():
        strings = [message.string] if isinstance(message.string, str) else message.string or ()
        for string in strings:
            assert set(PARTS.findall(string)) == set(PARTS.findall(key)), key
            assert string.count("|") == key.count("|"), key


def test_french_signs_are_never_left_alone_at_the_start_of_a_line() -> None:
    """A narrow space that does not break before ; ! ? and within «», a wide one before a colon."""
    for message in messages("fr").values():
        for text in [message.string] if isinstance(message.string, str) else message.string or ():
            assert not re.search(r"[ \u00a0][;!?»]|«[ \u00a0]|[ \u202f]:(?=\s|$)", text), text
            assert not re.search(r"\w'\w", text), text


def test_the_language_in_force_is_spoken_and_english_is_the_source() -> None:
    with speaking("sv"):
        assert translate("Approve") == "Godkänn"
        assert "{n}" not in translate_plural("%(num)s answer", "%(num)s answers", 2)
    assert translate("Approve") == "Approve"


def test_in_french_a_screen_that_is_not_heard_of_is_not_said_to_be_switched_off() -> None:
    for key, message in messages("fr").items():
        if re.search(r"\bdark\b", key):
            strings = [message.string] if isinstance(message.string, str) else message.string or ()
            assert not re.search("éte[iî]", " ".join(strings)), key


def test_an_unknown_language_is_spoken_as_english() -> None:
    with speaking("tlh"):
        assert translate("Approve") == "Approve"
