"""Trying a rule on past answers before it is switched on."""

from datetime import datetime

import pytest

from signage.actions.try_rule import try_rule
from signage.core.rules import Conditions, Outcome
from signage.models import Database
from tests.answers import draft, hung, state_of, take, waiting
from tests.ruling import rule, run, switch

THANKS = "Great help, thank you!"
ANGRY = "Never again, two hours on the phone."


@pytest.mark.usefixtures("trust")
def test_a_trial_foretells_what_the_rule_will_do(
    database: Database, lead: int, at: datetime
) -> None:
    comments = (THANKS, ANGRY, "Great!", "Great, but call me: anna@example.com", "thanks " * 20)
    quotes = [
        waiting(database, str(place), at=at, comment=comment)
        for place, comment in enumerate(comments)
    ]
    rule(database, "First", Conditions(words=("great!",)), Outcome("set_aside"), lead=lead, at=at)
    tried = rule(database, lead=lead, at=at, state="watch")
    trial = try_rule(database, tried)
    assert (trial.tried, trial.late, trial.barred) == (5, 0, 0)

    switch(database, tried, "on", lead=lead, at=at)
    run(database, at)

    approved = [each for each in quotes if state_of(database, each) == "approved"]
    assert sorted(hit.case.quote_id for hit in trial.hits) == approved == [quotes[0]]


def test_a_trial_says_what_comes_from_sources_that_are_not_trusted(
    database: Database, lead: int, at: datetime
) -> None:
    tried = rule(database, lead=lead, at=at, state="watch")
    hung(database, lead=lead, at=at, comment=THANKS)

    trial = try_rule(database, tried)

    assert (len(trial.hits), trial.barred) == (1, 1)
    assert trial.states == {"published": 1}


def test_a_trial_of_an_endless_pattern_ends(database: Database, lead: int, at: datetime) -> None:
    endless = Conditions(pattern="(a+)+$")
    tried = rule(database, conditions=endless, lead=lead, at=at, state="watch")
    drafts = [draft(str(n), at=at, score=9, comment="a" * 9_000 + "!") for n in range(9)]
    take(database, *drafts, at=at)

    trial = try_rule(database, tried)

    assert (trial.tried, trial.late, trial.hits) == (5, 5, ())
