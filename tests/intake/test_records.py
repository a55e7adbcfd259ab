"""Rows keep their lines and their cells; damage costs only the row where it is."""

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signage.intake.lines import Progress, lines
from signage.intake.records import SEPARATORS, Damaged, Record, misfit, named_separator, records

HEADER = b"id,score,comment\n"


def rows(data: bytes, separator: str = ",") -> list[Record | Damaged]:
    return list(records(lines(io.BytesIO(data), Progress()), separator))


def told(data: bytes) -> list[tuple[int, list[str] | str]]:
    return [
        (row.line, row.cells if isinstance(row, Record) else row.problem.code) for row in rows(data)
    ]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_any_line_end(end: bytes) -> None:
    data = b"a,b\n\n1,2\n".replace(b"\n", end)
    assert told(data) == [(1, ["a", "b"]), (3, ["1", "2"])]


def test_a_cell_over_several_lines_keeps_them() -> None:
    data = b'a,"one\r\ntwo ""three""\r\n\r\nfour",b\r\nc,d,e\r\n'
    assert told(data) == [
        (1, ["a", 'one\r\ntwo "three"\r\n\r\nfour', "b"]),
        (5, ["c", "d", "e"]),
    ]


def test_empty_rows_are_passed_over_and_counted() -> None:
    assert told(b'a,b\n,\n \t\n"",""\n1,2') == [(1, ["a", "b"]), (5, ["1", "2"])]


def test_stray_quotes_are_text() -> None:
    data = b'1,9,a 5" screen\n2,9,say "hi" there\n3,9,"re"look\n'
    assert told(data) == [
        (1, ["1", "9", 'a 5" screen']),
        (2, ["2", "9", 'say "hi" there']),
        (3, ["3", "9", "relook"]),
    ]


@pytest.mark.parametrize(
    "after",
    [
        b"2,8,fine\n3,7,ok\n",
        b'2,8,"fine, thanks"\n3,7,ok\n',
        b'2,8,"two\nlines"\n3,7,ok\n',
        b'"2","8","fine"\n3,7,"o""k"\n',
    ],
)
def test_an_unclosed_quote_costs_one_row(after: bytes) -> None:
    whole = rows(HEADER + b"1,9,great\n" + after)
    broken = rows(HEADER + b'1,9,"great\n' + after)
    assert isinstance(broken[1], Damaged)
    assert (broken[1].line, broken[1].problem.code) == (2, "unclosed-quote")
    assert broken[2:] == whole[2:]


def test_an_unclosed_quote_looks_no_further_than_a_thousand_lines() -> None:
    after = b"2,8,fine\n" * 3_000
    broken = rows(HEADER + b'1,9,"great\n' + after + b'3,7,"ok"\n')
    assert len(broken) == 3_003
    assert [row.line for row in broken if isinstance(row, Damaged)] == [2]


def test_quotes_that_open_again_and_again_end() -> None:
    broken = rows(HEADER + b'1,5a",x,"c\n' * 5_000)
    assert sum(isinstance(row, Damaged) for row in broken) == 5_000


def test_a_zero_byte_costs_one_row() -> None:
    assert told(HEADER + b'1,9,a\0b\n2,9,"c\0"\n3,9,d\n')[1:] == [
        (2, "zero-byte"),
        (3, "zero-byte"),
        (4, ["3", "9", "d"]),
    ]


def test_a_cell_of_a_million_characters_is_the_longest() -> None:
    longest = "x" * 1_000_000
    data = f'1,9,{longest}\n2,9,{longest}x\n3,9,"{longest}x"\n4,9,ok\n'.encode()
    found = told(data)
    assert found[0] == (1, ["1", "9", longest])
    assert found[1:] == [(2, "cell-too-long"), (3, "cell-too-long"), (4, ["4", "9", "ok"])]


def test_a_line_without_end_is_refused_and_the_next_one_read() -> None:
    data = HEADER + b"1,9," + b"x" * 9_000_000 + b"\r\n2,8,ok\r\n"
    assert told(data)[1:] == [(2, "line-too-long"), (3, ["2", "8", "ok"])]


def test_a_line_in_another_script_costs_itself() -> None:
    data = HEADER + "1,9,Очень хорошее обслуживание\n".encode("cp1251") + b"2,9,ok\n"
    assert told(data)[1:] == [(2, "unreadable-letters"), (3, ["2", "9", "ok"])]


@pytest.mark.parametrize(
    ("encoding", "counted"),
    [
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_marks_and_wide_letters(encoding: str, counted: str) -> None:
    data = "id;kommentar\r\n1;Tack för hjälpen 🙂\r\n".encode(encoding)
    progress = Progress()
    found = list(records(lines(io.BytesIO(data), progress), ";"))
    assert found == [Record(1, ["id", "kommentar"]), Record(2, ["1", "Tack för hjälpen 🙂"])]
    assert (progress.done, progress.lines) == (len(data), 2)
    assert progress.encodings == {counted: 2}


def test_half_a_surrogate_pair_costs_one_row() -> None:
    data = "id,comment\n1,a".encode("utf-16") + b"\x00\xd8" + "\n2,b\n".encode("utf-16-le")
    assert told(data)[1:] == [(2, "unreadable-letters"), (3, ["2", "b"])]


def test_excels_own_line_names_the_separator() -> None:
    assert rows(b"sep=;\r\na;b\r\n", ";") == [Record(2, ["a", "b"])]
    assert named_separator('"sep=\t"\n') == "\t"
    assert named_separator("sep=x\n") is None
    assert named_separator("separator\n") is None


def test_rows_of_the_wrong_width() -> None:
    few = misfit(["1"], 3)
    many = misfit(["1", "2", "3", "4"], 3)
    assert few is not None
    assert few.code == "too-few-cells"
    assert many is not None
    assert many.code == "too-many-cells"
    assert "4 cells where the header has 3" in many.message()
    assert misfit(["1", "2", "3"], 3) is None
    assert misfit(["1", "2", "3", "", ""], 3) is None


CELLS = st.text(st.sampled_from("ab 1\"',;\t|\n\réÅ€🙂="), max_size=12)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=8)
)


@settings(deadline=None)
@given(TABLES, st.sampled_from(SEPARATORS), st.sampled_from(["\n", "\r\n", "\r"]))
def test_whatever_is_written_reads_back(
    table: Sequence[Sequence[str]], separator: str, end: str
) -> None:
    table = [["first", "row"], *table]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=end)
    if end != "\r\n":
        # A writer leaves a carriage return bare unless it is part of its own line end.
        writer = csv.writer(out, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL)
    expected = []
    for row in table:
        # The next row begins on the line behind every line end so far.
        so_far = out.getvalue().replace("\r\n", "\n").replace("\r", "\n")
        if any(map(str.strip, row)):
            expected.append(Record(so_far.count("\n") + 1, list(row)))
        writer.writerow(row)
    assert rows(out.getvalue().encode(), separator) == expected
