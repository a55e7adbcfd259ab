from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from signage.core.chain import BEGINNING, Sealed, first_broken, seal_of

AT = datetime(2026, 4, 14, 7, 42, 1, 5, tzinfo=UTC)


def chain(length: int) -> list[Sealed]:
    entries: list[Sealed] = []
    for number in range(1, length + 1):
        previous = entries[-1].seal if entries else BEGINNING
        entry = Sealed(number, "withdrawn", 1, f"quote {number}", "", AT, previous, "")
        entries.append(replace(entry, seal=seal_of(entry)))
    return entries


def test_a_chain_holds_from_its_beginning() -> None:
    assert first_broken([]) is None
    assert first_broken(chain(4)) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"act": "erased"},
        {"user_id": 2},
        {"user_id": None},
        {"about": "quote 9"},
        {"detail": "x"},
        {"made_at": AT + timedelta(microseconds=1)},
        {"previous": BEGINNING},
        {"seal": "0" * 64},
    ],
)
def test_whatever_is_altered_shows(changed: dict[str, object]) -> None:
    entries = chain(4)
    entries[2] = replace(entries[2], **changed)  # type: ignore[arg-type]  # a field's own value

    assert first_broken(entries) == 3


def test_an_entry_altered_and_sealed_anew_shows_in_the_next() -> None:
    entries = chain(4)
    altered = replace(entries[1], about="quote 9")
    entries[1] = replace(altered, seal=seal_of(altered))

    assert first_broken(entries) == 3


def test_an_entry_taken_out_shows() -> None:
    entries = chain(4)
    assert first_broken(entries[:1] + entries[2:]) == 2
    assert first_broken(entries[1:]) == 1


def test_words_cannot_move_from_one_field_to_the_next() -> None:
    one, other = chain(1)[0], chain(1)[0]
    assert seal_of(replace(one, about="a b", detail="")) != seal_of(
        replace(other, about="a", detail="b")
    )


def test_the_zone_in_which_a_time_is_told_does_not_matter() -> None:
    (entry,) = chain(1)
    assert (
        seal_of(replace(entry, made_at=AT.astimezone(timezone(timedelta(hours=2))))) == entry.seal
    )
