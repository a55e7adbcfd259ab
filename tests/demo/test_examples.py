import csv
from datetime import datetime
from pathlib import Path

from signage.demo.company import GRANVIDDE, comments

ANSWERS = Path(__file__).parents[2] / "docs/examples/answers.csv"


def rows() -> list[dict[str, str]]:
    with ANSWERS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";", strict=True))


def test_the_example_has_forty_answers_to_the_demo_company() -> None:
    touchpoints = {touchpoint.name for touchpoint in GRANVIDDE.touchpoints}

    assert len({row["Response ID"] for row in rows()}) == 40
    assert {row["Touchpoint"] for row in rows()} == touchpoints
    assert {row["Language"] for row in rows()} == set(GRANVIDDE.languages)


def test_it_shows_what_an_importer_meets() -> None:
    assert any(not row["Score"] for row in rows())
    assert any(";" in row["Comment"] for row in rows())
    assert any('"' in row["Comment"] for row in rows())
    assert any("," in row["Order value"] for row in rows())
    assert any(set(row["Comment"]) & set("åäöæøß") for row in rows())


def test_every_field_reads_as_what_it_says() -> None:
    for row in rows():
        assert None not in row
        assert None not in row.values()
        assert datetime.strptime(row["Answered"], "%Y-%m-%d %H:%M").year == 2026  # noqa: DTZ007
        assert not row["Score"] or 0 <= int(row["Score"]) <= 10
        assert float(row["Order value"].replace(",", ".") or 0) >= 0


def test_its_words_are_its_own() -> None:
    said = {comment.text for comment in comments()}

    assert not said & {row["Comment"] for row in rows()}
