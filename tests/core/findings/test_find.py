"""Spans lie inside the comment, on whole characters, in order and apart, whatever the comment."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.findings import (
    KINDS,
    LABELS,
    LEVELS,
    MOST_CHARACTERS,
    Finding,
    Known,
    find,
    is_whole,
)
from signage.core.findings.settle import MOST, settled
from signage.core.text import clusters
from signage.core.verbatim import LABELS as MASKS
from signage.words import LANGUAGES

PARTS = (
    "anna@example.se", "070-123 45 67", "880320-0016", "4111 1111 1111 1111", "ORD-123456",
    "GB33BUKB20201555555555", "https://example.com/a", "Anna Svensson", "Storgatan 5", "fuck",
    "🙂", "👩‍👩‍👧", "é", "́", "\u0600", "שלום", " ", "\n", "1", "-", ".", "@", "(", "ſ", "İ",
    "٣", "１",
)  # fmt: skip
KNOWN = Known(staff=("Anna Svensson", "Bo"), orders=("ORD-######", "########"))

comments = st.one_of(st.lists(st.sampled_from(PARTS)).map("".join), st.text())


@given(comments, st.sampled_from([None, *LANGUAGES]))
def test_findings_lie_in_the_comment_in_order_on_whole_characters(
    comment: str, language: str | None
) -> None:
    found = find(comment, language=language, known=KNOWN)

    boundaries = set(clusters(comment))
    at = 0
    for each in found:
        assert at <= each.start < each.end <= len(comment)
        assert {each.start, each.end} <= boundaries
        assert each.kind in KINDS
        assert each.level in LEVELS
        assert each.why()
        at = each.end


@given(comments)
def test_what_is_kept_is_what_was_found(comment: str) -> None:
    found = find(comment, known=KNOWN)

    kept = json.loads(json.dumps([each.to_json() for each in found]))
    assert tuple(map(Finding.from_json, kept)) == found


def test_of_two_that_overlap_the_more_certain_stays() -> None:
    low = Finding(0, 9, "phone", "low", "")
    high = Finding(4, 6, "email", "high", "")
    behind = Finding(6, 8, "dirty_word", "low", "")

    assert settled("0123456789", [low, behind, high]) == (high, behind)


def test_at_one_level_the_more_certain_kind_stays_then_the_longer() -> None:
    phone, card = Finding(0, 9, "phone", "high", ""), Finding(2, 4, "card", "high", "")
    longer = Finding(1, 6, "card", "high", "")

    assert settled("0123456789", [phone, card]) == (card,)
    assert settled("0123456789", [card, longer]) == (longer,)


def test_half_a_character_is_never_found() -> None:
    family = "a👩‍👩‍👧b"

    assert settled(family, [Finding(3, 4, "url", "low", "")]) == (Finding(1, 6, "url", "low", ""),)


def test_every_kind_has_a_mask_with_a_word_that_the_wall_knows() -> None:
    assert set(LABELS) == set(KINDS)
    assert set(LABELS.values()) <= set(MASKS)


@pytest.mark.parametrize("comment", ["", " \n\t ", "🙂" * 500, "שלום עולם", "Z͑ͫ̓a̴l҉go" * 99])
def test_nothing_is_found_where_nothing_is(comment: str) -> None:
    assert find(comment) == ()


def test_what_lies_beyond_the_bound_is_not_read_and_said_so() -> None:
    hidden = "x" * MOST_CHARACTERS + " anna@example.se"

    assert find(hidden) == ()
    assert not is_whole(hidden)
    assert is_whole("x" * MOST_CHARACTERS)


def test_a_comment_full_of_findings_keeps_a_bounded_number() -> None:
    assert len(find("a@b.se " * 2500)) == MOST
