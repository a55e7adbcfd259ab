"""The first look at a file: separator, header and columns, and what is told about them."""

from pathlib import Path

import pytest

from signage.errors import Invalid
from signage.intake.guess import Plan, guess


def look(tmp_path: Path, text: str | bytes, name: str = "spring 2026.csv") -> Plan:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return guess(path)


def notes(plan: Plan) -> set[str]:
    return {note.code for note in plan.notes}


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_each_separator(tmp_path: Path, mark: str) -> None:
    rows = ["id,score,comment", '1,9,"Bra, tack; hej | då"', "2,7,", "3,10,Fint"]
    plan = look(tmp_path, "\n".join(rows).replace(",", mark).replace(f"Bra{mark}", "Bra,"))
    assert plan.separator == mark
    assert plan.mapping == {"id": "external_id", "score": "score", "comment": "comment"}
    assert plan.header_line == 1


def test_decimal_commas_do_not_separate(tmp_path: Path) -> None:
    plan = look(tmp_path, "betyg;kommentar\n9,0;Bra\n7,0;Ja, nja\n10,0;Fint\n")
    assert (plan.separator, plan.header) == (";", ("betyg", "kommentar"))


def test_one_column_is_not_torn_apart(tmp_path: Path) -> None:
    plan = look(tmp_path, "Kommentar\nBra, tack\nLångsamt; tråkigt\nFint, men dyrt, och långt\n")
    assert plan.header == ("Kommentar",)
    assert plan.mapping == {"Kommentar": "comment"}


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Svars-ID;Betyg;Kommentar;Datum;Språk", "sv"),
        ("Besvarelses ID;Karakter;Begrundelse;Dato;Sprog", "da"),
        ("SvarID;Vurdering;Tilbakemelding;Svardato;Språk", "nb"),
        ("Vastaus-ID;Arvosana;Avoin palaute;Päivämäärä;Kieli", "fi"),
        ("Antwort-ID;Bewertung;Begründung;Datum;Sprache", "de"),
        ("ID réponse;Note;Explication;Date de réponse;Langue", "fr"),
        ("responseId;nps_score;Tell us why;submitted_at;lang", "en"),
        (
            "Nr;Hur troligt är det att du skulle rekommendera oss?;Varför det?;Tidsstämpel;Språk",
            "a form",
        ),
    ],
)
def test_headers_in_seven_languages(tmp_path: Path, header: str, fields: str) -> None:
    body = "11;9;Bra service;2026-04-13;sv\n12;3;För dyrt för mig;2026-04-14;sv\n"
    plan = look(tmp_path, f"{header}\n{body}")
    expected = ["external_id", "score", "comment", "answered_at", "language"]
    assert [plan.mapping.get(column) for column in plan.header] == expected, fields


def test_other_columns(tmp_path: Path) -> None:
    plan = look(
        tmp_path,
        "Kundnummer,Namn,Befattning,Kontaktpunkt,Kundsegment,Consent,NPS\n"
        "7,Anna Ek,Inköpare,Butik,Företag,first_name,9\n"
        "7,Bo Alm,Chef,Webb,Privat,anonymous,8\n",
    )
    assert list(plan.mapping.values()) == [
        "respondent", "score", "touchpoint", "segment", "name", "role", "consent",
    ]  # fmt: skip


def test_names_that_lie_are_not_believed(tmp_path: Path) -> None:
    plan = look(tmp_path, "score,date,language,nps\n420,soon,Swedish please,9\n17,x,y,8\n")
    assert plan.mapping == {"nps": "score"}


@pytest.mark.parametrize("name", ["score", "NPS", "csat", "Betyg"])
def test_a_column_that_says_score_is_one_whatever_its_cells_hold(tmp_path: Path, name: str) -> None:
    for cells in (("9", "10", "11", "7", ""), ("85", "90", "77"), ("", "")):
        rows = "".join(f"{i},{cell},Only words\n" for i, cell in enumerate(cells, start=1))
        assert look(tmp_path, f"id,{name},comment\n{rows}").mapping[name] == "score"


def test_a_few_bad_cells_do_not_hand_the_score_to_another_column(tmp_path: Path) -> None:
    plan = look(tmp_path, "nps,seat_rating,comment\n9,1,a\n12,2,b\n3,2,c\n")
    assert plan.column("score") == "nps"


def test_words_under_a_name_that_may_mean_a_score_are_no_score(tmp_path: Path) -> None:
    plan = look(tmp_path, "id,note\n1,The delivery came on time\n2,It never came at all\n")
    assert plan.mapping == {"id": "external_id", "note": "comment"}


def test_an_id_that_comes_twice_numbers_the_customer(tmp_path: Path) -> None:
    plan = look(tmp_path, "customer id,nps\n1,9\n1,8\n")
    assert plan.mapping == {"customer id": "respondent", "nps": "score"}
    assert look(tmp_path, "id,nps\n1,9\n1,8\n").column("external_id") is None


def test_the_nameless_column_of_row_numbers_is_left_out(tmp_path: Path) -> None:
    plan = look(tmp_path, '"","id","nps"\n"1",17,9\n"2",18,8\n')
    assert plan.mapping == {"id": "external_id", "nps": "score"}


def test_the_best_of_many_scores(tmp_path: Path) -> None:
    plan = look(tmp_path, "seat_rating,overall_rating,food_rating\n1,9.0,3\n5,8.0,4\n")
    assert plan.mapping == {"overall_rating": "score"}


def test_a_file_without_header(tmp_path: Path) -> None:
    plan = look(tmp_path, "2026-04-13,9,The delivery came on time\n2026-04-14,2,It never came\n")
    assert plan.header == ("column 1", "column 2", "column 3")
    assert plan.header_line == 0
    assert plan.mapping == {
        "column 1": "answered_at",
        "column 2": "score",
        "column 3": "comment",
    }
    assert "no-header" in notes(plan)


@pytest.mark.parametrize("row", ["9,Plan,2026-04-13", "10,Why?,13.4.2026", "3,-,2026-04-13"])
def test_an_answer_with_a_columns_name_in_it_is_no_header(tmp_path: Path, row: str) -> None:
    plan = look(tmp_path, f"{row}\n8,It took too long this time,2026-04-14\n")
    assert plan.header_line == 0


def test_a_header_of_unknown_words_is_one(tmp_path: Path) -> None:
    plan = look(tmp_path, "alpha,beta\n9,The delivery came on time\n")
    assert plan.header_line == 1
    assert plan.mapping == {"alpha": "score", "beta": "comment"}


def test_a_count_of_rows_is_no_score(tmp_path: Path) -> None:
    rows = "".join(f"{i},{score},a\n" for i, score in enumerate((9, 9, 2, 8, 7), start=1))
    assert look(tmp_path, rows).mapping == {"column 2": "score"}


def test_doubled_names_are_numbered(tmp_path: Path) -> None:
    plan = look(tmp_path, "score,score,score (2),comment\n9,1,2,Bra\n")
    assert plan.header == ("score", "score (3)", "score (2)", "comment")
    assert plan.mapping == {"score": "score", "comment": "comment"}
    assert "column-doubled" in notes(plan)


@pytest.mark.parametrize(
    ("dates", "day_first", "unsure"),
    [
        (("3/4/2026", "13/4/2026"), True, False),
        (("3/4/2026", "4/13/2026"), False, False),
        (("3/4/2026", "5/4/2026"), None, True),
        (("3.4.2026", "5.4.2026"), None, False),
        (("2026-04-03", "2026-04-05"), None, False),
    ],
)
def test_the_data_decides_the_order_of_day_and_month(
    tmp_path: Path, dates: tuple[str, str], day_first: bool | None, unsure: bool
) -> None:
    plan = look(tmp_path, f"nps,date\n9,{dates[0]}\n8,{dates[1]}\n")
    assert plan.column("answered_at") == "date"
    assert plan.day_first is day_first
    assert ("date-order-unsure" in notes(plan)) is unsure


def test_times_without_zone_are_told(tmp_path: Path) -> None:
    assert "times-without-zone" in notes(look(tmp_path, "nps,date\n9,2026-04-13 09:30\n"))
    assert "times-without-zone" not in notes(look(tmp_path, "nps,date\n9,2026-04-13 09:30Z\n"))


def test_scores_from_one_to_five_are_told_as_csat(tmp_path: Path) -> None:
    plan = look(tmp_path, "rating\n" + "1\n5\n4\n" * 20)
    assert plan.constants["metric"] == "csat"
    (note,) = [note for note in plan.notes if note.code == "metric-guessed"]
    assert note.message() == "“rating” looks like CSAT: its scores go from 1 to 5."
    assert "metric" not in look(tmp_path, "nps\n" + "1\n5\n4\n" * 20).constants
    assert "metric" not in look(tmp_path, "rating\n5\n4\n").constants


def test_the_source_is_the_files_name_unless_given(tmp_path: Path) -> None:
    plan = look(tmp_path, "nps\n9\n")
    assert plan.constants == {"source": "spring 2026"}
    assert "source-from-name" in notes(plan)
    named = guess(tmp_path / "spring 2026.csv", source="shop")
    assert named.constants == {"source": "shop"}
    assert "source-from-name" not in notes(named)


def test_guessed_letters_are_told_and_counted(tmp_path: Path) -> None:
    plan = look(tmp_path, "nps;kommentar\n9;Ja\n8;Långsamt\n7;Trött\n".encode("cp1252"))
    assert plan.encodings == {"utf-8": 2, "cp1252": 2}
    assert "letters-guessed" in notes(plan)
    assert "letters-guessed" not in notes(look(tmp_path, "nps\n9\n"))


def test_a_header_alone_is_told(tmp_path: Path) -> None:
    plan = look(tmp_path, "nps,comment\n")
    assert "no-rows" in notes(plan)


def test_without_a_score_or_comment_the_plan_says_so(tmp_path: Path) -> None:
    (problem,) = look(tmp_path, "a,b\n2026-04-13,120\n2026-04-14,130\n").problems
    assert problem.code == "nothing-to-import"


def test_excels_separator_line(tmp_path: Path) -> None:
    plan = look(tmp_path, "sep=;\r\nnps;comment\r\n9;Bra\r\n")
    assert (plan.separator, plan.header_line, plan.header) == (";", 2, ("nps", "comment"))


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "file-empty"), (b"%PDF-1.7\n", "file-is-pdf"), (b"a\0b\n", "file-has-no-rows")],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        look(tmp_path, content, "answers.csv")
    assert [problem.code for problem in refusal.value.problems] == [code]


def test_only_the_beginning_is_read(tmp_path: Path) -> None:
    rows = "".join(f"{i};{i % 11};2/4/2026\n" for i in range(3_000))
    plan = look(tmp_path, f"id;nps;date\n{rows}9;9;13/4/2026\n")
    assert plan.column("external_id") == "id"
    assert plan.day_first is None
