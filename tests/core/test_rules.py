"""Rules are pure: order, decisiveness, gathering; whatever fails means that a person must look."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.rules import (
    HIDDEN,
    Conditions,
    Facts,
    Judgement,
    Outcome,
    Rule,
    Spotted,
    check,
    judge,
    seen_in,
    visible,
)
from signage.core.rules.words import pattern_spans, word_spans
from signage.core.verbatim import Cut, Mask, Revision
from signage.errors import Invalid

PRAISE = Facts("Great service, thanks!", "nps", "shop", score=9, language="en", findings=())
EVERY = Conditions(score_from=0)
NONE = Conditions(words=("unheard-of",))
CATASTROPHE = Conditions(pattern="(a+)+$")
ENDLESS = replace(PRAISE, text="a" * 20_000 + "!")

verdicts = st.sampled_from([None, "approve", "person", "set_aside", "reject"])
outcomes = st.builds(
    Outcome,
    verdict=verdicts,
    reason=st.just("other"),
    tags=st.lists(st.sampled_from(["a", "b", "c"]), max_size=2, unique=True).map(tuple),
    feeds=st.one_of(
        st.none(), st.sets(st.sampled_from(["quotes", "improvements"])).map(sorted).map(tuple)
    ),
)
rule_rows = st.lists(
    st.tuples(st.sampled_from([EVERY, NONE, None]), outcomes, st.booleans()), max_size=6
).map(lambda rows: [Rule(number, *row) for number, row in enumerate(rows)])


def decisive(rule: Rule) -> bool:
    """Whether it ends the asking where it is put to PRAISE."""
    if rule.watches or rule.conditions is NONE:
        return False
    return rule.conditions is None or rule.outcome.verdict is not None


@given(rule_rows)
def test_the_first_decisive_rule_wins_and_nobody_is_asked_after_it(rules: Sequence[Rule]) -> None:
    judgement = judge(PRAISE, rules)

    first = next((rule for rule in rules if decisive(rule)), None)
    asked = rules[: rules.index(first) + 1] if first else rules
    assert [said.rule_id for said in judgement.said] == [
        rule.id for rule in asked if rule.conditions is not NONE
    ]
    if first is None or first.conditions is None or first.outcome.verdict == "person":
        assert judgement.decided is None
    else:
        assert judgement.decided is not None
        assert judgement.decided.rule_id == first.id
        assert judgement.outcome == first.outcome


@given(rule_rows)
def test_tags_and_limits_gather_up_to_the_decision(rules: Sequence[Rule]) -> None:
    judgement = judge(PRAISE, rules)

    asked = {
        said.rule_id
        for said in judgement.said
        if said.did != "watched" and said.why in {None, "rule"}
    }
    counted = [rule for rule in rules if rule.id in asked]
    assert set(judgement.tags) == {tag for rule in counted for tag in rule.outcome.tags}
    limits = [set(rule.outcome.feeds) for rule in counted if rule.outcome.feeds is not None]
    assert judgement.feeds is None or limits
    assert set(judgement.feeds or ()) == (set.intersection(*limits) if limits else set())


@given(rule_rows)
def test_the_same_is_said_again_and_watching_changes_nothing(rules: Sequence[Rule]) -> None:
    judgement = judge(PRAISE, rules)

    assert judge(PRAISE, list(rules)) == judgement
    without = judge(PRAISE, [rule for rule in rules if not rule.watches])
    assert without.decided == judgement.decided
    assert (without.tags, without.feeds) == (judgement.tags, judgement.feeds)


@given(rule_rows, st.sampled_from(["source", "person", "not-inspected"]))
def test_what_is_barred_is_never_decided_and_says_what_would_be(
    rules: Sequence[Rule], why: str
) -> None:
    free, barred = judge(PRAISE, rules), judge(PRAISE, rules, barred=why)

    assert barred.decided is None
    if free.decided is not None:
        assert barred.said[-1] == replace(free.decided, did="held", why=why)
    assert barred.tags == free.tags


def test_a_decision_says_which_rule_and_which_words() -> None:
    rule = Rule(7, Conditions(words=("thanks", "great")), Outcome("approve"))

    decided = judge(PRAISE, [rule]).decided

    assert decided is not None
    assert decided.rule_id == 7
    assert [PRAISE.text[start:end] for start, end in decided.words] == ["Great", "thanks"]


def test_no_rule_at_all_means_that_a_person_looks() -> None:
    assert judge(PRAISE, []) == Judgement()


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        (Conditions(score_from=9), True),
        (Conditions(score_to=8), False),
        (Conditions(score_from=9, score_to=9), True),
        (Conditions(bands=("good",)), True),
        (Conditions(bands=("middle", "bad")), False),
        (Conditions(metrics=("csat",)), False),
        (Conditions(sources=("shop",)), True),
        (Conditions(sources=("other",)), False),
        (Conditions(languages=("en", "sv")), True),
        (Conditions(languages=("sv",)), False),
        (Conditions(touchpoints=(3,)), False),
        (Conditions(segments=("business",)), False),
        (Conditions(longest=3), True),
        (Conditions(longest=2), False),
        (Conditions(shortest=4), False),
        (Conditions(findings="none"), True),
        (Conditions(findings="some"), False),
        (Conditions(words=("thank",)), False),
        (Conditions(words=("thank*",)), True),
        (Conditions(pattern=r"gr\w+\s+service"), True),
        (Conditions(pattern="x*"), False),
        (Conditions(score_from=9, words=("never",)), False),
    ],
)
def test_each_condition_holds_or_not(asked: Conditions, holds: bool) -> None:
    said = judge(PRAISE, [Rule(1, asked, Outcome("approve"))]).decided
    assert (said is not None) is holds


def test_without_a_score_no_condition_on_it_holds() -> None:
    unscored = replace(PRAISE, score=None)
    for asked in (Conditions(score_from=0), Conditions(bands=("good", "middle", "bad"))):
        assert judge(unscored, [Rule(1, asked, Outcome("approve"))]).said == ()


def test_findings_count_by_kind_and_level() -> None:
    found = replace(PRAISE, findings=(Spotted(0, 5, "phone", "medium"),))

    def holds(**asked: object) -> bool:
        conditions = Conditions(**asked)  # type: ignore[arg-type]  # as the test says them
        return bool(judge(found, [Rule(1, conditions, Outcome("reject"))]).said)

    assert holds(findings="some")
    assert holds(findings="some", kinds=("phone", "email"), level="medium")
    assert not holds(findings="some", level="high")
    assert not holds(findings="some", kinds=("email",))
    assert holds(findings="none", kinds=("email",))
    assert not holds(findings="none")


def test_what_nobody_inspected_is_not_taken_for_harmless() -> None:
    unread = replace(PRAISE, findings=None)

    judgement = judge(unread, [Rule(1, Conditions(findings="none"), Outcome("approve"))])

    assert judgement.decided is None
    assert [(said.did, said.why) for said in judgement.said] == [("held", "not-inspected")]


WORDS: tuple[tuple[str, str, list[str]], ...] = (
    ("snäll", "Så snäll hon var", ["snäll"]),
    ("snall", "Så snäll hon var", []),
    ("Straße", "in der STRASSE", ["STRASSE"]),
    ("fel*", "Felaktig faktura, fel igen", ["Felaktig", "fel"]),
    ("fel", "felaktig", []),
    ("tack  för hjälpen", "Tack\nför hjälpen!", ["Tack\nför hjälpen"]),
    ("شكرا", "الخدمة ممتازة شكرا جزيلا", ["شكرا"]),
    ("配送", "配送は早い", ["配送"]),
    ("e", "e\u0301", []),
    ("c++", "We use C++ daily", ["C++"]),
    ("👍", "Good 👍", ["👍"]),
)


@pytest.mark.parametrize(("word", "text", "found"), WORDS)
def test_words_are_whole_words_of_any_language(word: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in word_spans((word,), text)] == found


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=4))
def test_whatever_is_listed_spans_lie_in_the_text_and_hold_something(
    text: str, words: list[str]
) -> None:
    try:
        check(Conditions(words=tuple(words)), Outcome("approve"), reasons=())
    except Invalid:
        return
    for start, end in word_spans(tuple(words), text):
        assert 0 <= start < end <= len(text)


def test_what_is_cut_or_masked_is_not_seen() -> None:
    comment = "Ring Anna, 070-123 45 67, thanks"
    revision = Revision(cuts=(Cut(0, 9),), masks=(Mask(11, 24, "phone"),))
    text = visible(comment, revision)

    assert len(text) == len(comment)
    assert word_spans(("anna", "thanks"), text) == ((26, 32),)
    phone = Spotted(11, 24, "phone", "high")
    assert seen_in(text, [phone, Spotted(26, 32, "url", "low")]) == (Spotted(26, 32, "url", "low"),)
    assert seen_in(text, None) is None
    assert pattern_spans(".*", HIDDEN * 5) == ()


def test_a_catastrophic_pattern_means_that_a_person_looks() -> None:
    judgement = judge(ENDLESS, [Rule(1, CATASTROPHE, Outcome("approve"))])

    assert judgement.decided is None
    assert [(said.did, said.why) for said in judgement.said] == [("held", "timed-out")]


def test_one_that_watches_and_takes_too_long_stops_nobody() -> None:
    rules = [
        Rule(1, CATASTROPHE, Outcome("reject"), watches=True),
        Rule(2, EVERY, Outcome("approve")),
    ]

    judgement = judge(ENDLESS, rules)

    assert judgement.decided is not None
    assert judgement.decided.rule_id == 2
    assert (judgement.said[0].did, judgement.said[0].why) == ("watched", "timed-out")


def test_the_time_limit_ends_what_would_never_end() -> None:
    """In a process of its own: without a limit it would still run when the sun has gone out."""
    program = (
        "from signage.core.rules.words import pattern_spans\n"
        "for pattern in ('(a+)+$', r'(\\w+\\s?)*\\d', '(x+x+)+y', '(?:a|aa)+$', '(a?){50}b'):\n"
        "    try: print(pattern_spans(pattern, 'a' * 20_000 + '!' + 'x' * 20_000))\n"
        "    except TimeoutError: print('late')\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True
    )
    assert len(said.stdout.splitlines()) == 5
    assert "late" in said.stdout


@pytest.mark.parametrize(
    ("asked", "outcome", "field"),
    [
        (Conditions(), Outcome("approve"), "score_from"),
        (Conditions(score_from=9, score_to=3), Outcome("approve"), "score_from"),
        (Conditions(score_from=11), Outcome("approve"), "score_from"),
        (Conditions(shortest=9, longest=3), Outcome("approve"), "shortest"),
        (Conditions(bands=("happy",)), Outcome("approve"), "bands"),
        (Conditions(metrics=("nps", "x")), Outcome("approve"), "metrics"),
        (Conditions(words=("*",)), Outcome("approve"), "words"),
        (Conditions(words=("w" * 81,)), Outcome("approve"), "words"),
        (Conditions(pattern="(never closed"), Outcome("approve"), "pattern"),
        (Conditions(pattern="a" * 201), Outcome("approve"), "pattern"),
        (Conditions(pattern="(?:(?:a{1000}){1000}){1000}"), Outcome("approve"), "pattern"),
        (Conditions(pattern="(?V0)a"), Outcome("approve"), "pattern"),
        (EVERY, Outcome(), "verdict"),
        (EVERY, Outcome("reject"), "reason"),
        (EVERY, Outcome("approve", hours=169), "hours"),
        (EVERY, Outcome("approve", hours=-1), "hours"),
        (EVERY, Outcome(tags=("t" * 41,)), "tags"),
        (EVERY, Outcome(feeds=("elsewhere",)), "feeds"),
    ],
)
def test_what_makes_no_sense_is_refused_and_says_where(
    asked: Conditions, outcome: Outcome, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        check(asked, outcome, reasons=("other",))
    assert [problem.field for problem in refused.value.problems] == [field]
    assert all(problem.message() for problem in refused.value.problems)


def test_a_rule_is_kept_and_read_back() -> None:
    asked = Conditions(score_from=9, words=("thanks",), touchpoints=(1, 2), findings="none")
    outcome = Outcome("approve", hours=2, tags=("praise",), feeds=("quotes",))

    assert Conditions.from_json(asked.to_json()) == asked
    assert Outcome.from_json(outcome.to_json()) == outcome
    with pytest.raises(TypeError):
        Conditions.from_json({"unheard_of": 1})
    with pytest.raises(ValueError, match="perhaps"):
        Outcome.from_json({"verdict": "perhaps"})
