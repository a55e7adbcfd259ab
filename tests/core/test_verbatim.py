import json
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from signage.core.text import clusters
from signage.core.verbatim import (
    LABELS,
    Cut,
    Mask,
    Piece,
    Revision,
    check,
    is_verbatim,
    pieces,
    published,
)
from signage.errors import Invalid

VECTORS = json.loads(
    Path(__file__).parents[1].joinpath("vectors", "verbatim.json").read_text(encoding="utf-8")
)

# Short and repetitive, so that spans, clusters and repeated words meet often.
parts = [
    "a",
    "b",
    "ab",
    " ",
    "\n",
    "e\u0301",
    "\u0301",
    "👨‍👩‍👧",
    "👍🏽",
    "🇸🇪",
    "שלום",
    "न्न",
    "\u200d",
    ".",
]
comments = st.lists(st.sampled_from(parts), max_size=10).map("".join) | st.text(max_size=20)
edges = st.integers(-2, 30)
revisions = st.builds(
    Revision,
    cuts=st.lists(st.builds(Cut, edges, edges), max_size=4).map(tuple),
    masks=st.lists(st.builds(Mask, edges, edges, st.sampled_from(LABELS)), max_size=4).map(tuple),
)


def spans_of(revision: Revision) -> tuple[Cut | Mask, ...]:
    return (*revision.cuts, *revision.masks)


def codes(error: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def could_be_from(comment: str, shown: Sequence[Piece]) -> bool:
    """The same question as is_verbatim, put to a backtracking matcher."""
    if any(not piece.text and piece.kind == "words" for piece in shown):
        return False
    kinds = "".join(piece.kind[0] for piece in shown)
    if "ww" in kinds:
        return False
    pattern = "".join(re.escape(each.text) if each.kind == "words" else ".+" for each in shown)
    return re.fullmatch(pattern, comment, re.DOTALL) is not None


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_pieces(vector: dict[str, Any]) -> None:
    shown = pieces(vector["comment"], Revision.from_json(vector["revision"]))
    assert [piece.as_json() for piece in shown] == vector["expect"]
    assert is_verbatim(vector["comment"], shown)


@given(comments, revisions)
def test_what_is_shown_is_always_the_customers_own_words(comment: str, revision: Revision) -> None:
    assert is_verbatim(comment, pieces(comment, revision))


@given(comments, revisions)
def test_nothing_hidden_is_ever_shown(comment: str, revision: Revision) -> None:
    hidden: set[int] = set()
    for span in spans_of(revision):
        hidden |= set(range(max(span.start, 0), min(span.end, len(comment))))
    open_words = [comment[at] for at in range(len(comment)) if at not in hidden]
    shown_words = [letter for piece in pieces(comment, revision) for letter in piece.text]
    remaining = iter(open_words)
    assert all(letter in remaining for letter in shown_words)  # in order, each at most once


@given(comments, revisions)
def test_every_cluster_is_shown_whole_or_not_at_all(comment: str, revision: Revision) -> None:
    bounds = clusters(comment)
    whole = [comment[start:end] for start, end in pairwise(bounds)]
    touched = [
        any(max(span.start, start) < min(span.end, end) for span in spans_of(revision))
        for start, end in pairwise(bounds)
    ]
    left = [part for part, hit in zip(whole, touched, strict=True) if not hit]
    shown = "".join(piece.text for piece in pieces(comment, revision))
    assert "".join(shown.split()) == "".join("".join(left).split())


@given(comments, revisions)
def test_marks_and_words_never_repeat_themselves(comment: str, revision: Revision) -> None:
    kinds = [piece.kind for piece in pieces(comment, revision)]
    neighbours = list(pairwise(kinds))
    assert ("words", "words") not in neighbours
    assert ("cut", "cut") not in neighbours


@given(comments, revisions)
def test_a_revision_survives_being_stored(comment: str, revision: Revision) -> None:
    again = Revision.from_json(json.loads(json.dumps(revision.to_json())))
    assert again == revision
    assert pieces(comment, again) == pieces(comment, revision)


@given(comments, revisions, st.data())
def test_words_changed_added_moved_or_dropped_are_refused(
    comment: str, revision: Revision, data: st.DataObject
) -> None:
    shown = list(pieces(comment, revision))
    assume(shown)
    at = data.draw(st.integers(0, len(shown) - 1))
    other = data.draw(st.integers(0, len(shown) - 1))
    tampering = data.draw(st.sampled_from(["change", "add", "swap", "drop", "unmark", "slip in"]))
    if tampering == "change":
        shown[at] = Piece("words", shown[at].text[1:] + "x")
    elif tampering == "add":
        shown[at] = Piece("words", shown[at].text + data.draw(st.sampled_from(parts)))
    elif tampering == "swap":
        shown[at], shown[other] = shown[other], shown[at]
    elif tampering == "slip in":
        shown.insert(at, Piece("cut"))
    else:
        del shown[at]
    # Some tampered lists are another true quotation of the same comment; a matcher that tries
    # every way to fit them tells which.
    assert is_verbatim(comment, shown) == could_be_from(comment, shown)


COMMENT = "The queue was long but Anna was kind."
TRUE = [Piece("words", "The queue was long but "), Piece("mask", label="name")]


@pytest.mark.parametrize(
    "shown",
    [
        [*TRUE, Piece("words", " was very kind.")],
        [*TRUE, Piece("words", " was Kind.")],
        [*TRUE, Piece("words", " was kind")],
        [*TRUE, Piece("words", " was kind. ")],
        [Piece("words", " was kind."), TRUE[1], TRUE[0]],
        [TRUE[0], Piece("words", "Anna was kind.")],
        [TRUE[0], Piece("words", " was kind.")],
        [*TRUE, Piece("words", "")],
        [*TRUE[:1]],
        [Piece("words", COMMENT), Piece("cut")],
        [Piece("cut"), Piece("words", COMMENT)],
        [TRUE[0], Piece("mask", label="hero"), Piece("words", " was kind.")],
        [TRUE[0], Piece("mask"), Piece("words", " was kind.")],
        [TRUE[0], Piece("mask", text="Anna", label="name"), Piece("words", " was kind.")],
        [TRUE[0], Piece("cut", text="Anna"), Piece("words", " was kind.")],
        [TRUE[0], Piece("cut", label="name"), Piece("words", " was kind.")],
        [Piece("words", COMMENT, label="name")],
        [],
    ],
)
def test_pieces_that_are_not_a_true_quotation_are_refused(shown: list[Piece]) -> None:
    assert is_verbatim(COMMENT, [*TRUE, Piece("words", " was kind.")])
    assert not is_verbatim(COMMENT, shown)


def test_more_marks_than_there_are_hidden_letters_are_refused() -> None:
    marks = [Piece("cut"), Piece("mask", label="other")]
    assert is_verbatim("abcd", [Piece("words", "a"), *marks, Piece("words", "d")])
    assert not is_verbatim("abd", [Piece("words", "a"), *marks, Piece("words", "d")])
    assert not is_verbatim("ab", [Piece("words", "a"), *marks])


def test_a_published_text_marks_what_is_missing() -> None:
    revision = Revision((Cut(0, 24),), (Mask(23, 23, "other"), Mask(24, 27, "name")))
    assert published(pieces(COMMENT, Revision((), (Mask(23, 27, "name"),)))) == (
        "The queue was long but [name] was kind."
    )
    assert published(pieces(COMMENT, revision)) == "[…][name] was kind."


def test_a_revision_that_fits_is_taken() -> None:
    check(COMMENT, Revision())
    check(COMMENT, Revision((Cut(0, 23),), (Mask(23, len(COMMENT) - 1, "name"),)))


@pytest.mark.parametrize(
    ("revision", "code"),
    [
        (Revision((Cut(-1, 3),)), "span-outside"),
        (Revision((Cut(3, len(COMMENT) + 1),)), "span-outside"),
        (Revision((Cut(3, 3),)), "span-empty"),
        (Revision((), (Mask(5, 3, "name"),)), "span-empty"),
        (Revision((), (Mask(0, 3, "secret"),)), "mask-label"),
        (Revision((Cut(0, len(COMMENT)),)), "nothing-left"),
        (Revision((Cut(0, 23),), (Mask(23, len(COMMENT), "name"),)), "nothing-left"),
        (Revision((), (Mask(0, 9, "name"), Mask(10, len(COMMENT), "name"))), "nothing-left"),
    ],
)
def test_a_revision_that_does_not_fit_is_refused(revision: Revision, code: str) -> None:
    with pytest.raises(Invalid) as error:
        check(COMMENT[:9] + " " + COMMENT[10:], revision)
    assert codes(error) == [code]
    assert error.value.problems[0].message()


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(Invalid) as error:
        check("abc", Revision((Cut(0, 9), Cut(1, 1)), (Mask(0, 1, "secret"),)))
    assert codes(error) == ["span-outside", "span-empty", "mask-label"]


def test_an_empty_comment_has_nothing_to_show() -> None:
    with pytest.raises(Invalid) as error:
        check("", Revision())
    assert codes(error) == ["nothing-left"]


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "cuts",
        {"cuts": None},
        {"cuts": {"start": 0, "end": 1}},
        {"cuts": [[0, 1]]},
        {"cuts": [{"start": 0}]},
        {"cuts": [{"start": 0, "end": "1"}]},
        {"cuts": [{"start": 0, "end": 1.0}]},
        {"cuts": [{"start": False, "end": True}]},
        {"cuts": [{"start": 0, "end": 1, "label": "name"}]},
        {"masks": [{"start": 0, "end": 1}]},
        {"masks": [{"start": 0, "end": 1, "label": None}]},
        {"cuts": [], "masks": [], "adds": []},
    ],
)
def test_a_revision_of_another_shape_is_refused(body: object) -> None:
    with pytest.raises(Invalid) as error:
        Revision.from_json(body)
    assert codes(error) == ["revision-shape"]


def test_cuts_and_masks_may_be_left_out() -> None:
    assert Revision.from_json({}) == Revision()


@pytest.mark.parametrize("comment", ["word " * 201, "w" * 1501, "字" * 1501])
def test_what_nobody_would_read_to_its_end_does_not_hang(comment: str) -> None:
    with pytest.raises(Invalid) as caught:
        check(comment, Revision())
    assert [problem.code for problem in caught.value.problems] == ["too-long"]
    check(comment, Revision(), to_hang=False)
    check(comment, Revision(cuts=(Cut(50, len(comment)),)))


def test_two_hundred_words_hang() -> None:
    check("word " * 200, Revision())
