from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions import decide
from signage.actions.prefer import prefer
from signage.core.verbatim import Revision
from signage.errors import Invalid
from signage.models import Database, Decision, Preferences
from tests.answers import draft, hung, items, response, state_of, take, waiting

NAMED = {"name": "Anna Ek", "role": "Buyer"}
AT_ONCE = Preferences(grace_seconds=0)


@pytest.mark.parametrize(
    ("consent", "chosen", "shown"),
    [
        ("full_name", None, ("full_name", "Anna Ek")),
        ("full_name", "first_name", ("first_name", "Anna")),
        ("full_name", "customer", ("customer", None)),
        ("first_name", "first_name", ("first_name", "Anna")),
        ("role", "customer", ("customer", None)),
        ("anonymous", "customer", ("customer", None)),
    ],
)
def test_the_wall_names_the_customer_as_chosen(
    database: Database, lead: int, at: datetime,
    consent: str, chosen: str | None, shown: tuple[str, str | None],
) -> None:  # fmt: skip
    prefer(database, AT_ONCE, at=at)
    quote = waiting(database, at=at, consent=consent, **NAMED)

    decide.approve(database, quote, revision=0, spans=Revision(who=chosen), user_id=lead, at=at)

    who = items(database)[f"q{quote}"]["who"]
    assert (who["kind"], who["text"]) == shown


@pytest.mark.parametrize(
    ("consent", "chosen"),
    [
        ("unknown", "first_name"), ("anonymous", "role"), ("role", "first_name"),
        ("first_name", "full_name"), ("first_name", "role"), ("full_name", "role"),
    ],
)  # fmt: skip
def test_nobody_is_named_beyond_the_consent(
    database: Database, lead: int, at: datetime, consent: str, chosen: str
) -> None:
    quote = waiting(database, at=at, consent=consent, **NAMED)

    for act in (decide.approve, decide.revise):
        with pytest.raises(Invalid) as refusal:
            act(database, quote, revision=0, spans=Revision(who=chosen), user_id=lead, at=at)
        assert [problem.code for problem in refusal.value.problems] == ["above-consent"]
    assert state_of(database, quote) == "waiting"


def test_a_consent_that_shrinks_takes_the_chosen_name_off_the_wall(
    database: Database, lead: int, at: datetime
) -> None:
    prefer(database, AT_ONCE, at=at)
    quote = waiting(database, at=at, consent="full_name", **NAMED)
    named = Revision(who="full_name")
    decide.approve(database, quote, revision=0, spans=named, user_id=lead, at=at)

    take(database, draft(at=at, score=9, consent="first_name"), at=at)

    assert items(database)[f"q{quote}"]["who"] == {"kind": "customer", "text": None}


def test_without_consent_the_setting_decides(database: Database, lead: int, at: datetime) -> None:
    quote = waiting(database, at=at, **NAMED)
    prefer(database, replace(AT_ONCE, without_consent="refuse"), at=at)

    with pytest.raises(Invalid) as refusal:
        decide.approve(database, quote, revision=0, user_id=lead, at=at)

    assert [problem.code for problem in refusal.value.problems] == ["no-consent"]
    assert state_of(database, quote) == "waiting"
    prefer(database, AT_ONCE, at=at)
    decide.approve(database, quote, revision=0, user_id=lead, at=at)
    assert items(database)[f"q{quote}"]["who"] == {"kind": "customer", "text": None}


def test_what_was_approved_under_an_earlier_setting_is_looked_at_again(
    database: Database, lead: int, at: datetime
) -> None:
    quote = waiting(database, "1", at=at)
    decide.approve(database, quote, revision=0, user_id=lead, at=at)
    gone = hung(database, "2", lead=lead, at=at)
    withdrawn = decide.withdraw(database, gone, reason="other", user_id=lead, at=at)
    prefer(database, Preferences(without_consent="refuse"), at=at)

    assert decide.publish_due(database, at=at + timedelta(minutes=1)) == 1
    assert state_of(database, quote) == "waiting"
    with pytest.raises(Invalid):
        decide.undo(database, withdrawn.id, user_id=lead, at=at)
    assert items(database) == {}
    with database.read() as session:
        assert session.scalars(select(Decision.verdict)).all()[-1] == "person"


def test_a_consent_has_a_time_a_source_and_a_scope(database: Database, at: datetime) -> None:
    said = {"consent_at": at.isoformat(), "consent_source": "survey", "consent_scope": "internal"}
    take(database, draft(at=at, score=9, consent="role", **said), at=at)
    assert response(database).consent_at == at

    take(database, draft(at=at, score=9, consent_scope="public"), at=at)

    kept = response(database)
    assert (kept.consent, kept.consent_source, kept.consent_scope) == ("role", "survey", "public")
