"""`signage import FILE`"""

import csv
from pathlib import Path

import pytest
from sqlalchemy import func, select

from signage.models import Database, SurveyResponse
from tests.answers import everything
from tests.test_cli import Signage, data, kept, signage

__all__ = ["data", "kept", "signage"]

ROWS = [f"{n};{n % 11};Comment {n}." for n in range(1, 21)]
GOOD = "\n".join(["nr;nps;explication", *ROWS]) + "\n"
BAD = GOOD + "21;11;Too much.\n22;x;\n"
MAPPED = ("--map", "nr=external_id,nps=score,explication=comment")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path, GOOD)


def written(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "shop.csv"
    path.write_text(content, "utf-8")
    return path


def answers(kept: Database) -> list[SurveyResponse]:
    with kept.read() as session:
        return list(session.scalars(select(SurveyResponse).order_by(SurveyResponse.id)))


def count(kept: Database) -> int:
    with kept.read() as session:
        return session.scalar(select(func.count()).select_from(SurveyResponse)) or 0


def test_a_file_is_shown_and_taken_in(signage: Signage, kept: Database, file: Path) -> None:
    result = signage("import", str(file), *MAPPED)

    assert result.exit_code == 0, result.output
    assert "shop.csv: encoding utf-8 (21), separator ;" in result.stdout
    assert "explication" in result.stdout
    assert "20 new, 0 corrected, 0 known already, 0 not taken" in result.stdout
    first = answers(kept)[0]
    assert (first.source, first.external_id, first.score) == ("shop", "1", 1)
    assert first.comment == "Comment 1."


def test_the_same_file_again_changes_nothing(signage: Signage, kept: Database, file: Path) -> None:
    signage("import", str(file), *MAPPED)
    before = everything(kept)

    result = signage("import", str(file), *MAPPED)

    assert result.exit_code == 0
    assert "0 new, 0 corrected, 20 known already, 0 not taken" in result.stdout
    assert everything(kept) == before


def test_what_is_the_same_in_every_row_is_set(signage: Signage, kept: Database, file: Path) -> None:
    result = signage(
        "import", str(file), *MAPPED,
        "--set", "kind=relational", "--set", "segment = Home", "--source", "spring",
    )  # fmt: skip

    assert result.exit_code == 0, result.output
    kinds = {(each.kind, each.segment, each.source) for each in answers(kept)}
    assert kinds == {("relational", "Home", "spring")}


def test_rows_that_are_refused_are_shown_and_reported(
    signage: Signage, kept: Database, tmp_path: Path
) -> None:
    report = tmp_path / "refused.csv"

    result = signage("import", str(written(tmp_path, BAD)), *MAPPED, "--report", str(report))

    assert result.exit_code == 0, result.output
    assert "20 new, 0 corrected, 0 known already, 2 not taken" in result.stdout
    assert "line 22: score: The score lies outside the scale of NPS" in result.stderr
    with report.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert [row[0] for row in rows] == ["line", "22", "23"]
    assert "score:" in rows[1][1]
    assert count(kept) == 20


def test_strict_takes_nothing_in_and_ends_badly(
    signage: Signage, kept: Database, tmp_path: Path
) -> None:
    result = signage("import", str(written(tmp_path, BAD)), *MAPPED, "--strict")

    assert result.exit_code == 1
    assert "0 new, 0 corrected, 0 known already, 2 not taken" in result.stdout
    assert count(kept) == 0
    assert signage("import", str(written(tmp_path, GOOD)), *MAPPED, "--strict").exit_code == 0
    assert count(kept) == 20


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("--map", "nps=scroe"), "scroe"),
        (("--map", "npps=score"), "npps"),
        (("--map", "nps"), "nps"),
        (("--map", "nr=,nps=,explication="), "No column holds a score or a comment"),
        (("--set", "kind"), "“kind” is not of the form field=value."),
        (("--set", "mood=good"), "mood"),
        (("--set", "score=9"), "score"),
        (("--set", "metric=smiles"), "smiles"),
    ],
    ids=str,
)
def test_what_cannot_work_is_told_and_nothing_is_taken(
    signage: Signage, kept: Database, file: Path, said: tuple[str, ...], told: str
) -> None:
    result = signage("import", str(file), *said)

    assert result.exit_code == 1
    assert told in result.stderr
    assert "Traceback" not in result.output
    assert count(kept) == 0


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n%\xe2\xe3", b"", b"PK\x03\x04\x14\x00\x06\x00"],
    ids=["pdf", "empty", "zip"],
)
def test_a_file_that_is_no_table_is_told(
    signage: Signage, kept: Database, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "shop.csv"
    path.write_bytes(content)

    result = signage("import", str(path))

    assert result.exit_code == 1
    assert result.stderr
    assert "Traceback" not in result.output
    assert count(kept) == 0


@pytest.mark.parametrize("said", [(), ("no-such-file.csv",)])
def test_without_a_file_it_tells_how_it_goes(signage: Signage, said: tuple[str, ...]) -> None:
    result = signage("import", *said)

    assert result.exit_code == 2
    assert "Usage:" in result.stderr


def test_an_upload_that_is_not_there_ends_badly(signage: Signage) -> None:
    assert signage("import", "--upload", "99").exit_code == 1


@pytest.mark.parametrize("cell", ["[bold]x[/bold]", "[red", "[/]"])
def test_no_cell_is_read_as_markup(signage: Signage, tmp_path: Path, cell: str) -> None:
    rows = [f"{n};{n % 11};{cell}" for n in range(1, 21)]
    path = written(tmp_path, "\n".join(["nr;nps;explication", *rows, f"x;{cell};a"]) + "\n")

    result = signage("import", str(path), *MAPPED)

    assert result.exit_code == 0, result.output
    assert cell in result.stdout
    assert cell in result.stderr


def test_no_cell_can_steer_the_terminal(signage: Signage, tmp_path: Path) -> None:
    rows = [f"{n};{n % 11};Comment {n}." for n in range(2500)]
    path = written(tmp_path, "\n".join(["nr;nps;explication", *rows, "x;\x1b[2J9;a"]) + "\n")

    result = signage("import", str(path), *MAPPED)

    assert result.exit_code == 0, result.output
    assert "\x1b[2J" not in result.output
