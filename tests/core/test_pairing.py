import pytest

from signage.core.pairing import (
    LENGTH,
    LETTERS,
    Looks,
    new_code,
    read_code,
    read_looks,
    read_page,
    shown_code,
)


def test_a_code_is_eight_letters_that_make_no_word_and_look_like_no_other() -> None:
    assert not set("AEIOUY0O1IL") & set(LETTERS.replace("L", ""))
    for code in (new_code() for _ in range(200)):
        assert len(code) == LENGTH
        assert set(code) <= set(LETTERS)
        assert read_code(shown_code(code)) == code


@pytest.mark.parametrize("typed", ["bcdf-ghjk", " BCDF GHJK ", "bcdfghjk", "B.C.D.F_G/H-J-K"])
def test_case_and_punctuation_make_no_difference(typed: str) -> None:
    assert read_code(typed) == "BCDFGHJK"


@pytest.mark.parametrize("typed", ["", "BCDFGHJ", "BCDFGHJKL", "ACDFGHJK", "1CDFGHJK", "ВCDFGHJK"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_what_a_player_says_of_itself_is_held_to_bounds() -> None:
    said = {"width": 1920, "height": 1080, "ratio": 1.5, "browser": "made up"}

    assert read_looks(said, network="10.0.0.x") == Looks(1920, 1080, 1.5, network="10.0.0.x")
    wild: object
    for wild in (None, [], "x", {"width": True, "height": -1, "ratio": float("nan")}):
        assert read_looks(wild) == Looks()
    assert read_looks({"width": 10**9, "height": "1080", "ratio": 10**400}) == Looks()


@pytest.mark.parametrize(
    ("said", "page"), [("a" * 24, "a" * 24), ("short", ""), (7, ""), (None, "")]
)
def test_the_word_of_a_page_is_a_word(said: object, page: str) -> None:
    assert read_page(said) == page
