"""The company's lists: what comes on, what is refused, what goes off."""

from datetime import datetime

import pytest

from signage.actions import lists
from signage.actions.lists import add_words, listed, remove_word
from signage.core.findings import Known
from signage.errors import Invalid, NotFound
from signage.models import Database, lists_in_force
from signage.models.inspection import ListKind


def add(database: Database, kind: ListKind, *lines: str, at: datetime) -> int:
    return add_words(database, kind, lines, user_id=None, at=at)


def test_lines_come_on_once_tidied_whatever_their_case(database: Database, at: datetime) -> None:
    assert add(database, "staff", "  Anna\tSjögren ", "", "bo", at=at) == 2
    assert add(database, "staff", "ANNA SJÖGREN", "Bo", "Çelik", "çelik", at=at) == 1
    assert add(database, "order", "ORD-######", at=at) == 1

    with database.read() as session:
        there = {kind: [word.text for word in words] for kind, words in listed(session).items()}
        known, _ = lists_in_force(session)
    assert there == {"staff": ["Anna Sjögren", "bo", "Çelik"], "order": ["ORD-######"]}
    assert known == Known(staff=("Anna Sjögren", "bo", "Çelik"), orders=("ORD-######",))


def test_another_list_has_another_version(database: Database, at: datetime) -> None:
    def version() -> str:
        with database.read() as session:
            return lists_in_force(session)[1]

    empty = version()
    add(database, "staff", "Bo", at=at)
    one = version()
    with database.read() as session:
        (word,) = listed(session)["staff"]
    assert remove_word(database, word.id, user_id=None, at=at) == "Bo"

    assert one != empty
    assert version() == empty


@pytest.mark.parametrize(
    ("kind", "line", "code"),
    [
        ("staff", "", "missing"),
        ("staff", "A", "bad-name"),
        ("staff", "12345", "bad-name"),
        ("staff", "A" * 81, "bad-name"),
        ("order", "ORD", "bad-pattern"),
        ("order", "##", "bad-pattern"),
        ("order", "#" * 41, "bad-pattern"),
    ],
)
def test_a_bad_line_is_refused_and_none_comes_on(
    database: Database, at: datetime, kind: ListKind, line: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        add(database, kind, *(("Bo Ek",) if code == "bad-name" else ()), line, at=at)

    assert [problem.code for problem in refused.value.problems] == [code]
    assert all(problem.message() for problem in refused.value.problems)
    with database.read() as session:
        assert not any(listed(session).values())


def test_a_full_list_says_so(
    database: Database, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(lists.MOST, "staff", 2)
    add(database, "staff", "Anna", "Bo", at=at)

    with pytest.raises(Invalid, match="too-many"):
        add(database, "staff", "Cia", at=at)


def test_what_is_not_there_cannot_be_removed(database: Database, at: datetime) -> None:
    with pytest.raises(NotFound):
        remove_word(database, 7, user_id=None, at=at)
