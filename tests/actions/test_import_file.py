from datetime import datetime
from pathlib import Path

from signage.actions.import_file import Report, check_file, first_rows, import_file
from signage.actions.measure import refresh_stale
from signage.actions.uploads import Wishes, plan_for
from signage.intake.csv_rows import Progress, RefusedRow, Taken
from signage.models import Database
from tests.answers import changes, everything, hung, items, response

ROWS = [f"{n},{n % 11},Comment number {n}." for n in range(1200)]
WIDE = "\n".join(["id,score,comment", *ROWS[:700], "x,99,Wrong.", *ROWS[700:]]) + "\n"
AS_GUESSED = Wishes({}, {})


def table(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "shop.csv"
    path.write_text(content, "utf-8")
    return path


def run(
    database: Database, path: Path, at: datetime, wishes: Wishes = AS_GUESSED
) -> tuple[Report, list[RefusedRow], list[int]]:
    refused: list[RefusedRow] = []
    steps: list[int] = []

    def on_progress(_: Report, progress: Progress) -> None:
        steps.append(progress.done)

    plan = plan_for(path, wishes, path.stem)
    report = import_file(
        database, path, plan, at=at, on_refused=refused.append, on_progress=on_progress
    )
    return report, refused, steps


def test_a_file_goes_in_by_batches_and_bad_rows_stay_out(
    database: Database, at: datetime, tmp_path: Path
) -> None:
    path = table(tmp_path, WIDE)

    report, refused, steps = run(database, path, at)

    assert (report.created, report.refused) == (1200, 1)
    assert [row.line for row in refused] == [702]
    assert steps == sorted(steps)
    assert (len(steps), steps[-1]) == (2, path.stat().st_size)


def test_the_same_file_twice_changes_nothing_at_all(
    database: Database, lead: int, at: datetime, tmp_path: Path
) -> None:
    path = table(tmp_path, WIDE)
    run(database, path, at)
    hung(database, "other", lead=lead, at=at)
    refresh_stale(database, at=at)
    before = everything(database)

    report, _, _ = run(database, path, at)

    assert (report.unchanged, report.created, report.changed) == (1200, 0, 0)
    assert everything(database) == before
    assert refresh_stale(database, at=at) == 0


def test_a_correction_of_a_published_answer_comes_by_file_too(
    database: Database, lead: int, at: datetime, tmp_path: Path
) -> None:
    run(database, table(tmp_path, "id,score,comment\n1,9,Good bread.\n"), at)
    hung(database, "1", lead=lead, at=at, score=9, comment="Good bread.")

    report, _, _ = run(database, table(tmp_path, "id,score,comment\n1,2,Bad bread.\n"), at)

    assert (report.changed, report.comments_kept) == (1, 1)
    assert response(database).comment == "Good bread."
    assert [op for _, op, _ in changes(database)] == ["drop", "put"]
    assert items(database)["q1"]["score"] == 2


def test_a_correction_beyond_the_recorded_scale_is_a_refused_row(
    database: Database, at: datetime, tmp_path: Path
) -> None:
    run(database, table(tmp_path, "id,score,metric\n1,4,csat\n"), at)

    report, refused, _ = run(database, table(tmp_path, "id,score\n2,9\n1,9\n"), at)

    assert (report.created, report.refused) == (1, 1)
    assert [row.line for row in refused] == [3]


def test_a_score_beyond_the_scale_costs_its_row_and_not_the_column(
    database: Database, at: datetime, tmp_path: Path
) -> None:
    content = "id,score,comment\n1,9,fine\n2,10,good\n3,11,bad\n4,7,ok\n5,,only words\n"

    report, refused, _ = run(database, table(tmp_path, content), at)

    assert (report.created, [row.line for row in refused]) == (4, [4])
    assert [response(database, n).score for n in "1245"] == [9, 10, 7, None]


def test_looking_compares_with_what_is_recorded(
    database: Database, at: datetime, tmp_path: Path
) -> None:
    run(database, table(tmp_path, "id,score,metric\n1,4,csat\n2,5,csat\n"), at)
    path = table(tmp_path, "id,score\n1,9\n2,3\n3,9\n")
    refused: list[RefusedRow] = []

    plan = plan_for(path, Wishes({}, {}), path.stem)
    assert check_file(database, path, plan, at=at, on_refused=refused.append) == 1

    assert [row.line for row in refused] == [2]
    assert run(database, path, at)[1] == refused


def test_looking_compares_rows_of_one_answer(
    database: Database, at: datetime, tmp_path: Path
) -> None:
    path = table(tmp_path, "id,score,metric,comment\n1,4,csat,a\n1,9,,b\n2,9,,c\n2,,csat,d\n")
    wishes = Wishes({"id": "external_id"}, {})
    refused: list[RefusedRow] = []

    plan = plan_for(path, wishes, path.stem)
    assert check_file(database, path, plan, at=at, on_refused=refused.append) == 2

    assert [row.line for row in refused] == [3, 5]
    assert run(database, path, at, wishes)[1] == refused


def test_looking_takes_nothing_in(database: Database, at: datetime, tmp_path: Path) -> None:
    path = table(tmp_path, WIDE)
    plan = plan_for(path, Wishes({}, {}), path.stem)
    before = everything(database)
    refused: list[RefusedRow] = []

    assert check_file(database, path, plan, at=at, on_refused=refused.append) == 1
    rows = first_rows(path, plan, at=at, most=3)

    assert [row.line for row in refused] == [702]
    assert [row.line for row in rows if isinstance(row, Taken)] == [2, 3, 4]
    assert everything(database) == before
