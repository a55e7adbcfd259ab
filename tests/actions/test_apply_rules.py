"""Rules decide once, for reasons that are kept; whatever is in doubt waits for a person."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from signage.actions import decide
from signage.actions.apply_rules import apply_rules
from signage.actions.tags import tag
from signage.core.rules import Conditions, Outcome
from signage.models import Claim, Database, Rule
from signage.models.tag import tags_of
from tests.answers import at_once, draft, items, state_of, take, waiting
from tests.ruling import APPROVE, PRAISE, decisions, rule, run, said, trusted

THANKS = "Great help, thank you!"
ANGRY = "Never again, two hours on the phone."


@pytest.mark.both
@pytest.mark.usefixtures("trust")
def test_a_rule_approves_and_says_by_which_words(
    database: Database, lead: int, at: datetime
) -> None:
    by = rule(database, lead=lead, at=at)
    quote = waiting(database, at=at, comment=THANKS)

    assert run(database, at) == 1

    (decision,) = decisions(database, quote)
    assert (decision.verdict, decision.user_id, decision.rule_id) == ("approve", None, by)
    assert decision.words == ["Great", "thank"]
    assert state_of(database, quote) == "approved"
    decide.publish_due(database, at=at + timedelta(minutes=1))
    assert items(database).keys() == {f"q{quote}"}


@pytest.mark.usefixtures("trust")
def test_with_a_grace_of_nothing_it_hangs_with_the_next_look(
    database: Database, lead: int, at: datetime
) -> None:
    at_once(database)
    rule(database, lead=lead, at=at)
    quote = waiting(database, at=at, comment=THANKS)
    run(database, at)

    assert decide.publish_due(database, at=at) == 1
    assert state_of(database, quote) == "published"


@pytest.mark.both
@pytest.mark.usefixtures("trust")
def test_again_does_nothing_and_another_set_of_rules_asks_anew(
    database: Database, lead: int, at: datetime
) -> None:
    rule(database, "Not yet", replace(PRAISE, score_from=10), lead=lead, at=at)
    quote = waiting(database, at=at, comment=THANKS)

    assert [run(database, at), run(database, at)] == [1, 0]
    assert state_of(database, quote) == "waiting"

    rule(database, lead=lead, at=at)
    assert [run(database, at), run(database, at)] == [1, 0]
    assert state_of(database, quote) == "approved"


def test_without_rules_nothing_is_asked(database: Database, at: datetime) -> None:
    quote = waiting(database, at=at, comment=THANKS)

    assert run(database, at) == 0
    assert said(database, quote) == []


@pytest.mark.usefixtures("trust")
def test_what_is_not_inspected_is_not_put_to_rules(
    database: Database, lead: int, at: datetime
) -> None:
    rule(database, lead=lead, at=at)
    quote = waiting(database, at=at, comment=THANKS)

    assert apply_rules(database, at=at) == 0
    assert state_of(database, quote) == "waiting"


@pytest.mark.usefixtures("trust")
def test_what_was_found_holds_an_approval_back(database: Database, lead: int, at: datetime) -> None:
    rule(database, lead=lead, at=at)
    quote = waiting(database, at=at, comment="Great, write to anna@example.com")
    run(database, at)

    assert state_of(database, quote) == "waiting"


def test_of_a_new_source_a_person_must_look(database: Database, lead: int, at: datetime) -> None:
    rule(database, lead=lead, at=at)
    quote = waiting(database, at=at, comment=THANKS)
    run(database, at)

    assert state_of(database, quote) == "waiting"
    assert said(database, quote) == [("held", "approve", "source")]

    trusted(database, lead, at)
    run(database, at)
    assert state_of(database, quote) == "approved"


@pytest.mark.usefixtures("trust")
def test_one_that_watches_notes_and_decides_nothing(
    database: Database, lead: int, at: datetime
) -> None:
    rule(database, lead=lead, at=at, state="watch")
    rule(database, "All praise", Conditions(score_from=9), Outcome(tags=("praise",)),
         lead=lead, at=at)  # fmt: skip
    quote = waiting(database, at=at, comment=THANKS)
    run(database, at)

    assert state_of(database, quote) == "waiting"
    assert said(database, quote) == [("watched", "approve", None), ("added", None, None)]
    with database.read() as session:
        assert [each.name for each in tags_of(session, [quote])[quote]] == ["praise"]


@pytest.mark.both
@pytest.mark.usefixtures("trust")
def test_rejections_have_their_reason_and_are_undone_like_a_persons(
    database: Database, lead: int, at: datetime
) -> None:
    rule(database, "Swearing", Conditions(words=("never",)), Outcome("reject", "offensive"),
         lead=lead, at=at)  # fmt: skip
    quote = waiting(database, at=at, comment=ANGRY)
    run(database, at)
    (decision,) = decisions(database, quote)
    assert (decision.verdict, decision.reason) == ("reject", "offensive")

    decide.undo(database, decision.id, user_id=lead, at=at)

    assert state_of(database, quote) == "waiting"


@pytest.mark.usefixtures("trust")
def test_what_a_person_has_decided_no_rule_decides_again(
    database: Database, lead: int, at: datetime
) -> None:
    rule(database, lead=lead, at=at)
    quote = waiting(database, at=at, comment=THANKS)
    run(database, at)
    decide.undo(database, decisions(database, quote)[0].id, user_id=lead, at=at)

    rule(database, "Another set", lead=lead, at=at)
    run(database, at)

    assert state_of(database, quote) == "waiting"
    assert said(database, quote) == [("held", "approve", "person")]


@pytest.mark.usefixtures("trust")
def test_a_quote_that_a_person_has_open_is_left_alone(
    database: Database, lead: int, at: datetime
) -> None:
    rule(database, lead=lead, at=at)
    quote = waiting(database, at=at, comment=THANKS)
    with database.write() as session:
        minutes = timedelta(minutes=2)
        session.add(Claim(quote_id=quote, user_id=lead, page="p", ends_at=at + minutes))

    assert run(database, at) == 0
    assert run(database, at + timedelta(hours=1)) == 1
    assert state_of(database, quote) == "approved"


@pytest.mark.usefixtures("trust")
def test_a_catastrophic_pattern_leaves_it_to_a_person(
    database: Database, lead: int, at: datetime
) -> None:
    rule(database, "Endless", Conditions(pattern="(a+)+$"), APPROVE, lead=lead, at=at)
    quote = waiting(database, at=at, comment="a" * 9_000 + "!")
    run(database, at)

    assert state_of(database, quote) == "waiting"
    assert said(database, quote) == [("held", None, "timed-out")]


@pytest.mark.usefixtures("trust")
def test_a_rule_that_cannot_be_read_leaves_it_to_a_person(
    database: Database, lead: int, at: datetime
) -> None:
    broken = rule(database, lead=lead, at=at)
    with database.write() as session:
        session.get_one(Rule, broken).conditions = {"of a later version": True}
    quote = waiting(database, at=at, comment=THANKS)
    run(database, at)

    assert said(database, quote) == [("held", None, "failed")]


@pytest.mark.both
@pytest.mark.usefixtures("trust")
def test_a_limit_keeps_it_out_of_a_feed(database: Database, lead: int, at: datetime) -> None:
    limited = Outcome("approve", feeds=("improvements",))
    rule(database, outcome=limited, lead=lead, at=at)
    quote = waiting(database, at=at, comment=THANKS)
    run(database, at)
    decide.publish_due(database, at=at + timedelta(minutes=1))

    assert state_of(database, quote) == "published"
    assert items(database) == {}


@pytest.mark.usefixtures("trust")
def test_full_of_tags_it_is_decided_all_the_same(
    database: Database, lead: int, at: datetime
) -> None:
    rule(database, outcome=Outcome("approve", tags=("one more",)), lead=lead, at=at)
    quote = waiting(database, at=at, comment=THANKS)
    for number in range(20):
        tag(database, quote, f"tag {number}", user_id=lead, at=at)
    run(database, at)

    assert state_of(database, quote) == "approved"


@pytest.mark.both
@pytest.mark.usefixtures("trust")
def test_two_processes_at_once_decide_each_quote_once(
    database: Database, database_url: str, lead: int, at: datetime
) -> None:
    rule(database, outcome=Outcome("approve", tags=("praise",)), lead=lead, at=at)
    drafts = [draft(str(n), at=at, score=9, comment=f"Great, {n}") for n in range(60)]
    take(database, *drafts, at=at)
    program = (
        "import sys, json; from datetime import datetime, UTC\n"
        "from signage.models import Database; from tests.ruling import run\n"
        "at = datetime(2026, 4, 14, 7, 42, tzinfo=UTC)\n"
        "print(json.dumps(run(Database(sys.argv[1]), at)))\n"
    )
    command = [sys.executable, "-c", program, database_url]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    done = [json.loads(each.communicate(timeout=300)[0]) for each in running]

    assert sum(done) == 60
    assert [len(decisions(database, quote)) for quote in range(1, 61)] == [1] * 60
