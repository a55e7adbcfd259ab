"""Days and slots in words, as each language writes them."""

from datetime import date

import pytest

from signage.core.slots import Slot
from signage.web import slot_words
from signage.web.country_words import by_name, country_of
from signage.words import speaking


@pytest.mark.parametrize(
    ("language", "day", "slot"),
    [
        ("en", "Monday, 23 November", "Mon–Wed 08:00–09:00, from 1 December 2026"),
        ("sv", "måndag 23 november", "mån–ons 08:00–09:00, från 1 december 2026"),
        ("da", "mandag den 23. november", "man.–ons. 08:00–09:00, fra 1. december 2026"),
        ("nb", "mandag 23. november", "man.–ons. 08:00–09:00, fra 1. desember 2026"),
        ("fi", "maanantai 23. marraskuuta", "ma–ke 08:00–09:00, 1. joulukuuta 2026 alkaen"),
        ("de", "Montag, 23. November", "Mo–Mi 08:00–09:00, ab 1. Dezember 2026"),
        ("fr", "lundi 23 novembre", "lun.–mer. 08:00–09:00, à partir du 1er décembre 2026"),
    ],
)
def test_dates_are_written_as_the_language_does(language: str, day: str, slot: str) -> None:
    with speaking(language):
        assert slot_words.day_word(date(2026, 11, 23)) == day
        told = Slot("", (0, 1, 2), "08:00", "09:00", first="2026-12-01")
        assert slot_words.slot_word(told) == slot


def test_weekdays_that_stand_alone_are_no_adverbs() -> None:
    with speaking("fi"):
        assert slot_words.day_names("wide")[0] == "maanantai"


def test_countries_stand_where_their_letters_do() -> None:
    among = {"SE", "FI", "EG", "AX", "ZW"}
    with speaking("sv"):
        assert by_name(among) == (
            [("FI", "Finland"), ("SE", "Sverige")],
            [("EG", "Egypten"), ("ZW", "Zimbabwe"), ("AX", "Åland")],
        )
    with speaking("de"):
        assert [code for code, _ in by_name(among)[1]] == ["EG", "AX", "ZW"]


def test_a_time_zone_says_the_country_where_it_has_one() -> None:
    assert country_of("Europe/Helsinki") == "FI"
    assert country_of("UTC") == country_of("Etc/UTC") == ""
