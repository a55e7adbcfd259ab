"""Whole files, from bytes to answers, and every row that is refused with its line."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signage.errors import Invalid
from signage.intake.csv_rows import Progress, RefusedRow, Taken, read
from signage.intake.draft import Draft
from signage.intake.guess import Plan, guess

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Import:
    """One file, read as guessed unless a test says otherwise."""

    def __init__(self, tmp_path: Path, content: str | bytes) -> None:
        self.path = tmp_path / "answers.csv"
        self.path.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.plan = guess(self.path)

    def rows(self, plan: Plan | None = None) -> list[Taken | RefusedRow]:
        return list(read(self.path, plan or self.plan, at=AT))

    def drafts(self, plan: Plan | None = None) -> list[Draft]:
        return [row.draft for row in self.rows(plan) if isinstance(row, Taken)]

    def refusals(self, plan: Plan | None = None) -> list[tuple[int, list[str]]]:
        return [
            (row.line, [problem.code for problem in row.problems])
            for row in self.rows(plan)
            if isinstance(row, RefusedRow)
        ]


def test_an_ordinary_file(tmp_path: Path) -> None:
    file = Import(
        tmp_path,
        "id,score,comment,date,touchpoint\n"
        '17,9,"Bra, tack!",13/04/2026,Butik\n'
        "18,10.0,NA,14/04/2026 09:30,-\n",
    )
    first, second = file.rows()
    assert isinstance(first, Taken)
    assert first.line == 2
    assert first.draft.source == "answers"
    assert first.draft.external_id == "17"
    assert (first.draft.score, first.draft.comment) == (9, "Bra, tack!")
    assert first.draft.answered_at == datetime(2026, 4, 13, 12, tzinfo=UTC)
    assert first.draft.touchpoint == "Butik"
    assert json.loads(first.draft.payload) == {
        "id": "17",
        "score": "9",
        "comment": "Bra, tack!",
        "date": "13/04/2026",
        "touchpoint": "Butik",
    }
    assert isinstance(second, Taken)
    assert (second.line, second.draft.score, second.draft.comment) == (3, 10, None)
    assert second.draft.answered_at == datetime(2026, 4, 14, 9, 30, tzinfo=UTC)
    assert second.draft.touchpoint is None


def test_refusals_name_line_and_reasons_and_stop_nothing(tmp_path: Path) -> None:
    good = "".join(f"{i},9,ok,2026-04-13\n" for i in range(100, 200))
    file = Import(
        tmp_path,
        "id,score,comment,date\n" + good + "1,9.5,fine,2026-04-13\n"
        "2,11,,2026-04-13\n"
        "3,nine,,soon\n"
        "4,NA,-,2026-04-13\n"
        "5,9\n"
        "6,9,torn,apart,2026-04-13\n"
        '7,9,"open,2026-04-13\n'
        "8,9,zero\0byte,2026-04-13\n"
        "9,9,,1970-01-01\n"
        f"10,9,{'x' * 20_001},2026-04-13\n"
        "11,9,spare,2026-04-13,,\n"
        "12,,kept,2026-04-13\n",
    )
    assert file.refusals() == [
        (102, ["score-not-whole"]),
        (103, ["score-out-of-range"]),
        (104, ["score-not-a-number", "date-unreadable"]),
        (105, ["nothing-answered"]),
        (106, ["too-few-cells"]),
        (107, ["too-many-cells"]),
        (108, ["unclosed-quote"]),
        (109, ["zero-byte"]),
        (110, ["too-long-ago"]),
        (111, ["too-long"]),
    ]
    assert [draft.external_id for draft in file.drafts()[-2:]] == ["11", "12"]
    for row in file.rows():
        if isinstance(row, RefusedRow):
            assert all(problem.message() for problem in row.problems)


def test_the_same_file_twice_gives_the_same_ids(tmp_path: Path) -> None:
    file = Import(tmp_path, "nps,comment\n9,Bra\n9,Bra\n8,Bra\n9,\n9,\n9,Bra\n")
    ids = [draft.external_id for draft in file.drafts()]
    assert ids == [draft.external_id for draft in file.drafts()]
    assert len(set(ids)) == 6
    bra = ids[0].partition("#")[0]
    assert [ids[0], ids[1], ids[5]] == [f"{bra}#1", f"{bra}#2", f"{bra}#3"]
    assert ids[2].endswith("#1")


def test_rows_added_later_leave_the_ids_of_the_others(tmp_path: Path) -> None:
    before = [draft.external_id for draft in Import(tmp_path, "nps\n9\n9\n8\n").drafts()]
    after = [draft.external_id for draft in Import(tmp_path, "nps\n9\n9\n8\n9\n").drafts()]
    assert after[:3] == before


def test_a_row_without_its_id_gets_one_of_its_own(tmp_path: Path) -> None:
    file = Import(tmp_path, "id,nps\n1,9\n2,8\n")
    file.path.write_text("id,nps\n1,9\n,8\n,8\n")
    assert [draft.external_id[-2:] for draft in file.drafts()] == ["1", "#1", "#2"]


def test_formulas_are_text(tmp_path: Path) -> None:
    file = Import(tmp_path, 'nps,comment\n9,"=HYPERLINK(""x"")"\n8,@SUM(A1)\n7,+46\n6,-1\n')
    comments = [draft.comment for draft in file.drafts()]
    assert comments == ['=HYPERLINK("x")', "@SUM(A1)", "+46", "-1"]


def test_markup_is_gone_from_comments_and_kept_in_the_payload(tmp_path: Path) -> None:
    (draft,) = Import(tmp_path, "nps,comment\n9,<b>Bra</b> &amp; billigt\n").drafts()
    assert draft.comment == "Bra & billigt"
    assert json.loads(draft.payload)["comment"] == "<b>Bra</b> &amp; billigt"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "cp850"])
def test_letters_arrive_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = 'betyg;kommentar\r\n9;"Hjälpsam personal\r\npå lördagen"\r\n8;Très déçu, ça coûte\r\n'
    file = Import(tmp_path, text.encode(encoding))
    comments = [draft.comment for draft in file.drafts()]
    assert comments == ["Hjälpsam personal\npå lördagen", "Très déçu, ça coûte"]


def test_an_encoding_may_change_in_mid_file(tmp_path: Path) -> None:
    lines = ["nps,comment", "9,Långsamt på lördagar", "8,För dyrt, väldigt"]
    content = b"\n".join(
        line.replace(", ", " ").encode(encoding)
        for line, encoding in zip(lines, ("ascii", "cp850", "utf-8"), strict=True)
    )
    file = Import(tmp_path, content)
    progress = Progress()
    rows = list(read(file.path, file.plan, at=AT, progress=progress))
    assert [row.draft.comment for row in rows if isinstance(row, Taken)] == [
        "Långsamt på lördagar",
        "För dyrt väldigt",
    ]
    assert progress.encodings == {"utf-8": 2, "cp850": 1}


def test_a_file_without_header_loses_no_row(tmp_path: Path) -> None:
    file = Import(tmp_path, "9,The delivery was quick\n3,The box was broken\n")
    assert [draft.score for draft in file.drafts()] == [9, 3]
    assert json.loads(file.drafts()[0].payload)["column 1"] == "9"


def test_constants_fill_what_cells_leave_blank(tmp_path: Path) -> None:
    file = Import(tmp_path, "rating,touchpoint\n5,Butik\n4,\n")
    plan = file.plan.with_constants(
        {"metric": "csat", "touchpoint": "Webb", "answered_at": "13.04.2026", "source": "s"}
    )
    first, second = file.drafts(plan)
    assert (first.metric, first.touchpoint, second.touchpoint) == ("csat", "Butik", "Webb")
    assert first.answered_at == datetime(2026, 4, 13, 12, tzinfo=UTC)
    assert first.source == "s"


def test_without_a_date_the_import_is_the_moment(tmp_path: Path) -> None:
    assert Import(tmp_path, "nps\n9\n").drafts()[0].answered_at == AT


@pytest.mark.parametrize(
    ("constants", "code"),
    [
        ({"metric": "stars"}, "not-a-choice"),
        ({"answered_at": "soon"}, "date-unreadable"),
        ({"source": ""}, "missing"),
        ({"language": "Swedish please"}, "language-unreadable"),
    ],
)
def test_a_plan_that_cannot_work_is_refused_once(
    tmp_path: Path, constants: dict[str, str], code: str
) -> None:
    file = Import(tmp_path, "nps\n9\n8\n")
    with pytest.raises(Invalid) as refusal:
        file.rows(file.plan.with_constants(constants))
    assert [problem.code for problem in refusal.value.problems] == [code]


def test_a_plan_without_score_and_comment_is_refused(tmp_path: Path) -> None:
    file = Import(tmp_path, "nps\n9\n")
    with pytest.raises(Invalid) as refusal:
        file.rows(file.plan.with_mapping({"nps": ""}))
    assert [problem.code for problem in refusal.value.problems] == ["nothing-to-import"]


def test_the_wrong_column_says_what_to_do(tmp_path: Path) -> None:
    file = Import(tmp_path, "id,nps,comment\n1,9,Bra service idag\n")
    plan = file.plan.with_mapping({"nps": "", "comment": "score"})
    (row,) = file.rows(plan)
    assert isinstance(row, RefusedRow)
    assert [problem.message() for problem in row.problems] == [
        "The score “Bra service idag” is no number. Choose the column that holds the scores."
    ]


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    file = Import(tmp_path, "nps\n" + "9\n" * 100_000)
    progress = Progress()
    rows = read(file.path, file.plan, at=AT, progress=progress)
    next(rows)
    assert 0 < progress.done < progress.size
    assert sum(1 for _ in rows) == 99_999
    assert progress.done == progress.size == file.path.stat().st_size
    assert progress.lines == 100_001


def test_a_renamed_pdf_is_refused(tmp_path: Path) -> None:
    file = Import(tmp_path, "nps\n9\n")
    file.path.write_bytes(b"%PDF-1.7\n%")
    with pytest.raises(Invalid) as refusal:
        file.rows()
    assert refusal.value.problems[0].code == "file-is-pdf"
