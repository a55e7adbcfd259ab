"""The fleet's benchmark measures what it says. Few screens: the figures mean nothing here."""

from pathlib import Path

from bench.fleet import Plan, of_one
from bench.fleet_parts.house import House


def test_every_figure_is_told_and_nobody_is_left_out(tmp_path: Path) -> None:
    with House(tmp_path, 2) as house:
        figures = {figure.name: figure for figure in of_one(house, house, Plan(1, 0.2, 1))}

    assert len(figures) == 23
    for name in (
        "takeover → the last, slowest", "its end → the last, median", "page of all screens",
        "the same / of 2 screens",
    ):  # fmt: skip
        assert figures[f"2 screens: {name}"].value > 0
    # Of two screens it may be below nothing: the server gives memory back now and then.
    assert figures["2 screens: memory of the server a screen"].at_most == 40
    for name in ("not equal", "without both takeovers", "refused for good"):
        assert figures[f"2 screens after a kill: {name}"].value == 0
        assert figures[f"2 screens after a kill: {name}"].at_most == 0
