"""What a person may change about how a table is read."""

import pytest

from signage.errors import Invalid
from signage.intake.guess import parse_map
from signage.intake.plan import Plan
from signage.intake.profile import Dates

HEADER = ("id", "nps", "Explication", "day", "sent")


def plan() -> Plan:
    return Plan(
        encodings={"utf-8": 3},
        separator=",",
        header=HEADER,
        header_line=1,
        mapping={"id": "external_id", "nps": "score", "day": "answered_at"},
        constants={"source": "spring"},
        day_first=True,
        dates={
            "day": Dates(day_first=True, unsure=False, zoneless=False),
            "sent": Dates(day_first=None, unsure=True, zoneless=True),
        },
    )


def codes(refusal: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def test_a_map_in_one_line() -> None:
    assert parse_map("nps=score, explication = comment,day=", HEADER) == {
        "nps": "score",
        "Explication": "comment",
        "day": "",
    }
    assert parse_map('"How, and why? a=b"=comment') == {"How, and why? a=b": "comment"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "“” cannot be read. Write column=field, such as nps=score."),
        ("nps", "“nps” cannot be read. Write column=field, such as nps=score."),
        ("=score", "“=score” cannot be read. Write column=field, such as nps=score."),
        ("npss=score", "There is no column “npss”. Did you mean “nps”?"),
        ("zz=score", "There is no column “zz”. The columns are: id, nps, Explication, day, sent."),
        ("nps=scor", "There is no field “scor”. Did you mean “score”?"),
        ("nps=score,id=score", "“score” is given twice. Choose one column for it."),
    ],
)
def test_a_bad_map_names_the_bad_part(text: str, message: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_map(text, HEADER)
    assert [problem.message() for problem in refusal.value.problems] == [message]


def test_every_bad_part_is_named() -> None:
    with pytest.raises(Invalid) as refusal:
        parse_map("zz=score,nps=zz", HEADER)
    assert codes(refusal) == ["map-unknown-column", "map-unknown-field"]


def test_a_new_mapping_leaves_the_rest() -> None:
    changed = plan().with_mapping({"explication": "comment", "id": ""})
    assert changed.mapping == {"nps": "score", "day": "answered_at", "Explication": "comment"}
    assert changed.column("comment") == "Explication"
    assert changed.column("external_id") is None


def test_a_field_moves_from_its_old_column() -> None:
    changed = plan().with_mapping({"sent": "answered_at"})
    assert changed.mapping == {"id": "external_id", "nps": "score", "sent": "answered_at"}
    assert changed.day_first is None
    assert [note.code for note in changed.notes] == ["date-order-unsure", "times-without-zone"]
    decided = changed.with_day_first(False)
    assert [note.code for note in decided.notes] == ["times-without-zone"]


def test_an_unknown_column_stops_a_mapping() -> None:
    with pytest.raises(Invalid) as refusal:
        plan().with_mapping({"npss": "score"})
    assert codes(refusal) == ["map-unknown-column"]


def test_without_score_and_comment_there_is_nothing_to_import() -> None:
    assert plan().problems == ()
    (problem,) = plan().with_mapping({"nps": ""}).problems
    assert problem.code == "nothing-to-import"
    assert "id, nps, Explication, day, sent" in problem.message()


def test_notes_follow_the_mapping() -> None:
    bare = plan().with_mapping({"id": "", "day": ""})
    assert [note.code for note in bare.notes] == ["no-id-column", "no-date-column"]
    dated = bare.with_constants({"answered_at": "2026-04-13"})
    assert [note.code for note in dated.notes] == ["no-id-column"]


def test_constants_are_set_and_removed() -> None:
    changed = plan().with_constants({"touchpoint": "Store", "source": "autumn"})
    assert changed.constants == {"source": "autumn", "touchpoint": "Store"}
    assert changed.with_constants({"touchpoint": ""}).constants == {"source": "autumn"}


@pytest.mark.parametrize(
    ("field", "code"),
    [("touchpiont", "map-unknown-field"), ("external_id", "not-a-constant")],
)
def test_constants_that_cannot_be(field: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        plan().with_constants({field: "x"})
    assert codes(refusal) == [code]
