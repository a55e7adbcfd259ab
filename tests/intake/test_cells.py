"""What single cells say."""

import pytest

from signage.errors import Problem
from signage.intake.cells import filled, score_from_cell


@pytest.mark.parametrize("cell", ["", "  ", "-", " NA ", "N/A", "null", "NULL", "NaN"])
def test_blank_in_many_ways(cell: str) -> None:
    assert filled(cell) is None


def test_names_that_look_blank_are_not() -> None:
    assert filled(" Null ") == "Null"
    assert filled("--") == "--"


@pytest.mark.parametrize(
    ("cell", "score"), [("9", 9), ("10.0", 10), ("9,0", 9), ("07", 7), ("5.", 5), ("-1", -1)]
)
def test_whole_scores(cell: str, score: int) -> None:
    assert score_from_cell(cell) == score


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("9.5", "score-not-whole"),
        ("9,5", "score-not-whole"),
        ("1" * 5000, "score-not-whole"),
        ("nine", "score-not-a-number"),
        ("=9", "score-not-a-number"),
        ("9/10", "score-not-a-number"),
        ("٩", "score-not-a-number"),
    ],
)
def test_what_is_no_score(cell: str, code: str) -> None:
    problem = score_from_cell(cell)
    assert isinstance(problem, Problem)
    assert problem.code == code
    assert problem.field == "score"
    assert f"“{cell[:40]}”" in problem.message()
