"""A company's colour can be read, and stays that colour for as long as it can."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.contrast import contrast, readable

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
grounds = st.sampled_from(["#11141b", "#f5f1e6"])


@given(colours, grounds, st.sampled_from([3, 4.5, 7]))
def test_it_can_be_read(colour: str, ground: str, ratio: float) -> None:
    assert contrast(readable(colour, ground, ratio), ground) >= ratio


@given(colours, grounds)
def test_one_that_can_be_read_stays_as_it_is(colour: str, ground: str) -> None:
    found = readable(colour, ground, 3)
    assert readable(found, ground, 3) == found
    if contrast(colour, ground) >= 3:
        assert found == colour


def test_black_and_white_are_as_far_apart_as_can_be() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


def test_a_dark_blue_becomes_a_light_blue_on_ink() -> None:
    red, green, blue = (int(readable("#00006b", "#11141b", 7)[at : at + 2], 16) for at in (1, 3, 5))
    assert blue > red
    assert blue > green


def test_a_ratio_that_nothing_has_gives_the_better_of_black_and_white() -> None:
    assert readable("#777777", "#777777", 21) in {"#000000", "#ffffff"}


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "", "#1234567"])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="colour"):
        readable(colour, "#11141b", 3)


def test_the_desk_s_preview_finds_the_same() -> None:
    vectors = json.loads((Path(__file__).parents[1] / "vectors" / "readable.json").read_text())
    for each in vectors:
        assert readable(each["colour"], each["ground"], each["ratio"]) == each["expect"], each
