"""Drafts: what an answer may hold, and every reason to refuse one."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signage.core.text import plain
from signage.errors import Invalid, Problem
from signage.intake.draft import FIELDS, Draft, draft_from

AT = datetime(2026, 4, 13, 10, tzinfo=UTC)
SCORED = {"source": "shop", "external_id": "17", "score": 9}


def drafted(**fields: object) -> Draft:
    return draft_from({**SCORED, **fields}, at=AT, payload="{}")


def refused(**fields: object) -> tuple[Problem, ...]:
    with pytest.raises(Invalid) as refusal:
        drafted(**fields)
    return refusal.value.problems


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.field) for problem in problems]


def test_a_bare_score_takes_the_defaults() -> None:
    assert drafted() == Draft(
        source="shop",
        external_id="17",
        metric="nps",
        kind="transactional",
        score=9,
        comment=None,
        touchpoint=None,
        segment=None,
        language=None,
        respondent=None,
        name=None,
        role=None,
        consent="unknown",
        consent_at=None,
        consent_source=None,
        consent_scope=None,
        answered_at=AT,
        payload="{}",
        given=frozenset({"source", "external_id", "score"}),
    )


def test_a_full_answer_keeps_everything() -> None:
    draft = draft_from(
        {
            "source": " shop ",
            "external_id": "a-1",
            "metric": "csat",
            "kind": "relational",
            "score": 5.0,
            "comment": " Så <b>bra</b> &amp; snabbt!\r\nTack ",
            "touchpoint": "Leverans",
            "segment": "Företag",
            "language": "sv-SE",
            "respondent": "anna@example.com",
            "name": "Anna  Ek",
            "role": "Inköpare",
            "consent": "first_name",
            "consent_at": "2026-04-12T23:30:00+02:00",
            "consent_source": " survey,  question 4",
            "consent_scope": "internal",
            "answered_at": "2026-04-13T09:30:00+02:00",
        },
        at=AT,
        payload='{"a": 1}',
    )
    assert draft.source == "shop"
    assert draft.score == 5
    assert draft.comment == "Så bra & snabbt!\nTack"
    assert draft.language == "sv"
    assert draft.name == "Anna Ek"
    assert draft.answered_at == datetime(2026, 4, 13, 7, 30, tzinfo=UTC)
    assert draft.answered_at.tzinfo is UTC
    assert draft.consent_at == datetime(2026, 4, 12, 21, 30, tzinfo=UTC)
    assert draft.consent_source == "survey, question 4"
    assert draft.consent_scope == "internal"
    assert draft.payload == '{"a": 1}'
    assert draft.given == set(FIELDS)


def test_every_field_may_be_given() -> None:
    assert set(FIELDS) == set(Draft.__dataclass_fields__) - {"payload", "given"}


@pytest.mark.parametrize("blank", [None, "", "  \n"])
@pytest.mark.parametrize("field", sorted(set(FIELDS) - {"source", "external_id", "score"}))
def test_blank_is_missing(field: str, blank: str | None) -> None:
    assert drafted(**{field: blank}) == drafted()


@pytest.mark.parametrize(
    ("metric", "score"), [("nps", 0), ("nps", 10), ("csat", 1), ("csat", 5), ("ces", 1), ("ces", 7)]
)
def test_the_ends_of_each_scale_are_on_it(metric: str, score: int) -> None:
    assert drafted(metric=metric, score=score).score == score


@pytest.mark.parametrize(
    ("metric", "score"),
    [("nps", -1), ("nps", 11), ("csat", 0), ("csat", 6), ("ces", 0), ("ces", 8), ("nps", 10**30)],
)
def test_a_score_off_its_scale_is_refused(metric: str, score: int) -> None:
    problems = refused(metric=metric, score=score)
    assert codes(problems) == [("score-out-of-range", "score")]
    assert metric.upper() in problems[0].message()


@pytest.mark.parametrize(
    ("score", "code"),
    [
        (True, "wrong-type"),
        ("9", "wrong-type"),
        ([9], "wrong-type"),
        (9.5, "score-not-whole"),
        (float("nan"), "score-not-whole"),
        (float("inf"), "score-not-whole"),
    ],
)
def test_a_score_that_is_no_whole_number_is_refused(score: object, code: str) -> None:
    problems = refused(score=score)
    assert codes(problems) == [(code, "score")]
    assert problems[0].message() == "The score must be a whole number from 0 to 10."


def test_an_unknown_field_is_named_with_the_one_it_resembles() -> None:
    near, far = refused(commment="Bra", zzz=1)
    assert near.message() == "There is no field “commment”. Did you mean “comment”?"
    assert far.code == "unknown-field"
    assert far.message().startswith("There is no field “zzz”. Leave it out, or use one of: source,")


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(Invalid) as refusal:
        draft_from(
            {
                "source": 7,
                "metric": "stars",
                "score": 99,
                "comment": "x" * 20_001,
                "touchpoint": "t" * 201,
                "language": "Swedish please",
                "consent": "yes",
                "answered_at": "yesterday",
            },
            at=AT,
            payload="{}",
        )
    assert codes(refusal.value.problems) == [
        ("wrong-type", "source"),
        ("not-a-choice", "metric"),
        ("too-long", "comment"),
        ("too-long", "touchpoint"),
        ("language-unreadable", "language"),
        ("not-a-choice", "consent"),
        ("score-out-of-range", "score"),
        ("date-unreadable", "answered_at"),
        ("missing", "external_id"),
    ]
    for problem in refusal.value.problems:
        assert problem.message()


def test_neither_score_nor_comment_is_refused() -> None:
    assert codes(refused(score=None, comment=" ")) == [("nothing-answered", None)]
    assert codes(refused(score=None, comment="<!-- -->")) == [("nothing-answered", None)]
    assert drafted(score=None, comment="Bra").score is None


@pytest.mark.parametrize("field", ["source", "external_id"])
def test_needful_names(field: str) -> None:
    assert codes(refused(**{field: " "})) == [("missing", field)]
    assert codes(refused(**{field: "a\0b"})) == [("not-printable", field)]
    assert codes(refused(**{field: "a" * 201})) == [("too-long", field)]


def test_half_a_surrogate_pair_never_gets_in() -> None:
    assert codes(refused(respondent="\ud800")) == [("not-printable", "respondent")]
    assert drafted(comment="a\ud800b").comment == "ab"


def test_limits_are_inclusive() -> None:
    comment = "å" * 20_000
    assert drafted(comment=comment, segment="s" * 200).comment == comment


@pytest.mark.parametrize(
    ("given", "kept"), [("sv", "sv"), ("EN-gb", "en"), ("fi_FI", "fi"), ("zh-Hant-TW", "zh")]
)
def test_languages(given: str, kept: str) -> None:
    assert drafted(language=given).language == kept


@pytest.mark.parametrize("given", ["s", "1", "svenska", "sv-", "sv SE", "<b>"])
def test_what_is_no_language_is_refused(given: str) -> None:
    assert codes(refused(language=given)) == [("language-unreadable", "language")]


def test_a_moment_may_come_as_a_datetime() -> None:
    oslo = timezone(timedelta(hours=2))
    draft = drafted(answered_at=datetime(2026, 4, 13, 9, tzinfo=oslo))
    assert draft.answered_at == datetime(2026, 4, 13, 7, tzinfo=UTC)
    naive = datetime(2026, 4, 13, 9, tzinfo=UTC).replace(tzinfo=None)
    assert codes(refused(answered_at=naive)) == [("zone-missing", "answered_at")]
    assert codes(refused(answered_at=1776000000)) == [("wrong-type", "answered_at")]


def test_the_future_and_the_distant_past_are_refused() -> None:
    assert drafted(answered_at="2026-04-13T10:05:00Z").answered_at > AT
    assert codes(refused(answered_at="2026-04-13T10:05:01Z")) == [("in-the-future", "answered_at")]
    assert drafted(answered_at="1990-01-01T00:00:00Z").answered_at.year == 1990
    assert codes(refused(answered_at="1989-12-31T23:59:59Z")) == [("too-long-ago", "answered_at")]


@settings(deadline=None)
@given(st.text(st.sampled_from(" \n!&'abZ<>;~\xa0¡¬\xad®éÿŒ‘’“”–—…€µ°·́"), max_size=30))
def test_the_short_way_for_comments_changes_nothing(comment: str) -> None:
    assert drafted(comment=comment).comment == (plain(comment.strip()) or None)


@pytest.mark.parametrize(
    ("field", "given", "code"),
    [
        ("consent_at", "2026-04-13T09:30:00", "zone-missing"),
        ("consent_at", "soon", "date-unreadable"),
        ("consent_at", "2031-01-01T00:00:00Z", "in-the-future"),
        ("consent_at", 7, "wrong-type"),
        ("consent_scope", "everybody", "not-a-choice"),
        ("consent_source", 4, "wrong-type"),
    ],
)
def test_a_consent_that_cannot_be_read_is_told_by_its_field(
    field: str, given: object, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        drafted(**{field: given})

    assert codes(refusal.value.problems) == [(code, field)]
