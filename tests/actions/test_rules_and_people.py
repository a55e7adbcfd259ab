"""Rules beside people: edits, objections, consents."""

from datetime import datetime, timedelta

import pytest

from signage.actions import decide
from signage.actions.apply_rules import outcome
from signage.actions.edit import edit
from signage.actions.objections import object_to, pending
from signage.actions.prefer import prefer
from signage.actions.steps import keep_revision
from signage.core.rules import Conditions, Outcome
from signage.core.verbatim import Cut, Revision
from signage.errors import Conflict, NotFound
from signage.models import Database, Preferences, Quote
from tests.answers import hung, items, state_of, waiting
from tests.ruling import rule, run, said
from tests.screening import recalls

THANKS = "Great help, thank you!"


@pytest.mark.both
@pytest.mark.usefixtures("trust")
def test_an_edit_takes_it_where_the_limit_lets_it(
    database: Database, lead: int, at: datetime
) -> None:
    quote = hung(database, lead=lead, at=at, comment=f"{THANKS} A chair to keep.")
    chairs = Conditions(words=("chair",))
    rule(database, conditions=chairs, outcome=Outcome(feeds=("improvements",)), lead=lead, at=at)
    uncut, cut = Revision(), Revision(cuts=(Cut(22, 39),))

    made = edit(database, quote, revision=0, spans=uncut, user_id=lead, at=at)
    assert items(database) == {}
    assert [each.cause for each in recalls(database)] == [made.cause]

    edit(database, quote, revision=0, spans=cut, user_id=lead, at=at)
    assert list(items(database)) == [f"q{quote}"]


@pytest.mark.both
@pytest.mark.usefixtures("trust")
def test_it_hangs_after_the_hours_unless_somebody_objects(
    database: Database, lead: int, at: datetime
) -> None:
    rule(database, outcome=Outcome("approve", hours=2), lead=lead, at=at)
    first, second = (waiting(database, name, at=at, comment=THANKS) for name in "ab")
    run(database, at)
    decide.publish_due(database, at=at + timedelta(minutes=119))
    with database.read() as session:
        assert [quote.id for _, quote in pending(session, skip=0, size=9)] == [first, second]

    object_to(database, first, user_id=lead, at=at)
    decide.publish_due(database, at=at + timedelta(hours=2))

    assert [state_of(database, each) for each in (first, second)] == ["waiting", "published"]
    with pytest.raises(Conflict):
        object_to(database, second, user_id=lead, at=at)
    with pytest.raises(NotFound):
        object_to(database, 999, user_id=lead, at=at)
    with database.read() as session:
        assert pending(session, skip=0, size=9) == []


def test_nobody_objects_to_a_persons_approval(database: Database, lead: int, at: datetime) -> None:
    quote = waiting(database, at=at, comment=THANKS)
    decide.approve(database, quote, revision=0, user_id=lead, at=at)

    with pytest.raises(Conflict):
        object_to(database, quote, user_id=lead, at=at)


@pytest.mark.both
@pytest.mark.usefixtures("trust")
def test_an_edited_quote_goes_through_the_rules_in_its_editors_transaction(
    database: Database, lead: int, at: datetime
) -> None:
    quote_id = hung(database, lead=lead, at=at, comment=f"{THANKS} A chair to keep.")
    by = rule(database, lead=lead, at=at)
    run(database, at)

    with database.write() as session:
        judged = outcome(session, session.get_one(Quote, quote_id), at)
    assert judged.decided is not None
    assert judged.decided.rule_id == by

    with database.write() as session:
        quote = session.get_one(Quote, quote_id)
        keep_revision(session, quote, Revision(cuts=(Cut(0, 22),)), lead, at)
        assert outcome(session, quote, at).decided is None
    assert said(database, quote_id) == []


@pytest.mark.usefixtures("trust")
def test_who_has_not_agreed_is_not_quoted_by_a_rule_either(
    database: Database, lead: int, at: datetime
) -> None:
    prefer(database, Preferences(without_consent="refuse"), at=at)
    rule(database, lead=lead, at=at)
    unknown = waiting(database, at=at, comment=THANKS)
    agreed = waiting(database, "2", at=at, comment=THANKS, consent="anonymous")
    run(database, at)

    assert said(database, unknown) == [("held", "approve", "consent")]
    assert [state_of(database, each) for each in (unknown, agreed)] == ["waiting", "approved"]


@pytest.mark.parametrize(
    ("refusing", "state"),
    [(Outcome("reject", "private"), "waiting"), (Outcome("person"), "waiting"),
     (Outcome("approve"), "published"), (Outcome(tags=("named",)), "published")],
)  # fmt: skip
def test_a_rule_outweighs_whoever_edits(
    database: Database, lead: int, at: datetime, refusing: Outcome, state: str
) -> None:
    quote = hung(database, lead=lead, at=at, comment="Anna is great. So is the chair.")
    rule(database, "Anna", Conditions(words=("great",)), refusing, lead=lead, at=at)

    spans = Revision(cuts=(Cut(0, 4),))
    edit(database, quote, revision=0, spans=spans, user_id=lead, at=at)

    assert state_of(database, quote) == state
    assert len(items(database)) == (state == "published")
