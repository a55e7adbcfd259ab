"""Verdicts: who may make which, when, once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions import decide
from signage.core.verbatim import Cut, Mask, Revision
from signage.errors import Conflict, Invalid, NotFound
from signage.models import Database, Decision, Quote, QuoteRevision
from tests.answers import at_once, everything, hung, items, state_of, waiting

Verdict = Callable[[Database, int, int, int, datetime], object]


def approve(database: Database, quote: int, revision: int, user: int, at: datetime) -> object:
    return decide.approve(database, quote, revision=revision, user_id=user, at=at)


def reject(database: Database, quote: int, revision: int, user: int, at: datetime) -> object:
    return decide.reject(database, quote, revision=revision, reason="unclear", user_id=user, at=at)


def set_aside(database: Database, quote: int, revision: int, user: int, at: datetime) -> object:
    return decide.set_aside(database, quote, revision=revision, user_id=user, at=at)


def revise(database: Database, quote: int, revision: int, user: int, at: datetime) -> object:
    spans = Revision(cuts=(Cut(0, 3),))
    return decide.revise(database, quote, revision=revision, spans=spans, user_id=user, at=at)


VERDICTS = pytest.mark.parametrize("verdict", [approve, reject, set_aside, revise])


def decisions(database: Database) -> list[tuple[str, str, int | None, str | None]]:
    with database.read() as session:
        rows = session.scalars(select(Decision).order_by(Decision.id))
        return [(row.verdict, row.before, row.user_id, row.reason) for row in rows]


@VERDICTS
def test_nobody_decides_of_a_quote_that_is_not_there(
    database: Database, lead: int, at: datetime, verdict: Verdict
) -> None:
    with pytest.raises(NotFound):
        verdict(database, 7, 0, lead, at)


@VERDICTS
def test_a_decision_on_a_revision_that_is_not_the_latest_is_refused_and_writes_nothing(
    database: Database, lead: int, at: datetime, verdict: Verdict
) -> None:
    quote = waiting(database, at=at)
    revise(database, quote, 0, lead, at)
    before = everything(database)

    with pytest.raises(Conflict):
        verdict(database, quote, 0, lead, at)

    assert everything(database) == before


@VERDICTS
@pytest.mark.parametrize("first", [approve, reject])
def test_nobody_decides_twice(
    database: Database, lead: int, at: datetime, first: Verdict, verdict: Verdict
) -> None:
    quote = waiting(database, at=at)
    first(database, quote, 0, lead, at)
    before = everything(database)

    with pytest.raises(Conflict):
        verdict(database, quote, 0, lead, at)

    assert everything(database) == before


def test_each_decision_is_a_row_that_says_who_when_and_why(
    database: Database, lead: int, at: datetime
) -> None:
    quote = waiting(database, at=at)

    put_aside = decide.set_aside(database, quote, revision=0, user_id=lead, at=at)
    later = at + timedelta(minutes=5)
    decide.reject(database, quote, revision=0, reason="staff", user_id=lead, at=later)

    assert put_aside.made_at == at
    assert decisions(database) == [
        ("set_aside", "waiting", lead, None),
        ("reject", "set_aside", lead, "staff"),
    ]
    assert state_of(database, quote) == "rejected"


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_reason_stands_on_the_list(
    database: Database, lead: int, at: datetime, reason: str
) -> None:
    quote = waiting(database, at=at)
    before = everything(database)

    with pytest.raises(Invalid) as rejection:
        decide.reject(database, quote, revision=0, reason=reason, user_id=lead, at=at)
    with pytest.raises(Invalid) as withdrawal:
        decide.withdraw(database, quote, reason=reason, user_id=lead, at=at)

    for refused in (rejection, withdrawal):
        assert [problem.field for problem in refused.value.problems] == ["reason"]
    assert everything(database) == before


@pytest.mark.parametrize("verdict", [reject, set_aside, approve])
def test_undo_returns_to_the_state_before(
    database: Database, lead: int, at: datetime, verdict: Verdict
) -> None:
    quote = waiting(database, at=at)
    decision = verdict(database, quote, 0, lead, at)
    assert isinstance(decision, Decision)

    undone = decide.undo(database, decision.id, user_id=lead, at=at)

    assert state_of(database, quote) == "waiting"
    assert undone.verdict == "undo"
    assert [row[0] for row in decisions(database)][-1] == "undo"
    before = everything(database)
    with pytest.raises(Conflict):
        decide.undo(database, decision.id, user_id=lead, at=at)
    with pytest.raises(Conflict):
        decide.undo(database, undone.id, user_id=lead, at=at)
    assert everything(database) == before


def test_only_the_latest_decision_can_be_undone(
    database: Database, lead: int, at: datetime
) -> None:
    quote = waiting(database, at=at)
    first = decide.set_aside(database, quote, revision=0, user_id=lead, at=at)
    second = decide.reject(database, quote, revision=0, reason="unclear", user_id=lead, at=at)

    with pytest.raises(Conflict):
        decide.undo(database, first.id, user_id=lead, at=at)
    with pytest.raises(NotFound):
        decide.undo(database, 99, user_id=lead, at=at)

    decide.undo(database, second.id, user_id=lead, at=at)
    assert state_of(database, quote) == "set_aside"


def test_a_decision_binds_to_the_revision_that_it_saw(
    database: Database, lead: int, at: datetime
) -> None:
    at_once(database)
    quote = waiting(database, at=at, comment="Ida was kind, call 070 123.")
    spans = Revision(cuts=(Cut(14, 27),), masks=(Mask(0, 3, "name"),))

    decision = decide.approve(database, quote, revision=0, spans=spans, user_id=lead, at=at)

    assert decision.revision == 1
    assert items(database)["q1"]["pieces"] == [
        {"kind": "mask", "label": "name"},
        {"kind": "words", "text": " was kind, "},
        {"kind": "cut"},
    ]
    with database.read() as session:
        kept = session.scalars(select(QuoteRevision)).one()
        assert (kept.number, kept.user_id, kept.spans) == (1, lead, spans.to_json())


def test_revise_keeps_the_marks_without_deciding(
    database: Database, lead: int, at: datetime
) -> None:
    quote = waiting(database, at=at)

    number = decide.revise(
        database, quote, revision=0, spans=Revision(cuts=(Cut(0, 4),)), user_id=lead, at=at
    )

    assert number == 1
    assert state_of(database, quote) == "waiting"
    assert decisions(database) == []
    decide.approve(database, quote, revision=1, user_id=lead, at=at)
    decide.publish_due(database, at=at + timedelta(seconds=8))
    assert items(database)["q1"]["pieces"][0] == {"kind": "cut"}


@pytest.mark.parametrize(
    "spans",
    [
        Revision(cuts=(Cut(0, 999),)),
        Revision(cuts=(Cut(5, 5),)),
        Revision(cuts=(Cut(0, 32),)),
        Revision(masks=(Mask(0, 3, "secret"),)),
    ],
    ids=["outside", "empty", "nothing left", "label"],
)
def test_marks_that_do_not_fit_the_comment_are_refused_and_write_nothing(
    database: Database, lead: int, at: datetime, spans: Revision
) -> None:
    quote = waiting(database, at=at)
    before = everything(database)

    with pytest.raises(Invalid):
        decide.approve(database, quote, revision=0, spans=spans, user_id=lead, at=at)
    with pytest.raises(Invalid):
        decide.revise(database, quote, revision=0, spans=spans, user_id=lead, at=at)

    assert everything(database) == before


def test_only_what_is_published_can_be_withdrawn_and_only_once(
    database: Database, lead: int, at: datetime
) -> None:
    quote = waiting(database, "2", at=at)
    with pytest.raises(Conflict):
        decide.withdraw(database, quote, reason="private", user_id=lead, at=at)
    with pytest.raises(NotFound):
        decide.withdraw(database, 99, reason="private", user_id=lead, at=at)

    shown = hung(database, "1", lead=lead, at=at)
    decide.withdraw(database, shown, reason="private", user_id=lead, at=at)

    assert items(database) == {}
    before = everything(database)
    with pytest.raises(Conflict):
        decide.withdraw(database, shown, reason="private", user_id=lead, at=at)
    assert everything(database) == before


def test_a_withdrawal_can_be_undone_and_the_quote_hangs_as_before(
    database: Database, lead: int, at: datetime
) -> None:
    quote = hung(database, lead=lead, at=at)
    body = items(database)["q1"]
    withdrawal = decide.withdraw(database, quote, reason="private", user_id=lead, at=at)

    decide.undo(database, withdrawal.id, user_id=lead, at=at)

    assert state_of(database, quote) == "published"
    assert items(database) == {"q1": body}


def test_what_was_decided_of_one_quote_leaves_the_others_alone(
    database: Database, lead: int, at: datetime
) -> None:
    one, other = waiting(database, "1", at=at), waiting(database, "2", at=at)

    approve(database, one, 0, lead, at)

    with database.read() as session:
        assert session.get_one(Quote, other).state == "waiting"
        assert session.get_one(Quote, other).publish_at is None


@pytest.mark.parametrize("verdict", ["reject", "withdraw"])
def test_what_is_kept_off_the_walls_can_be_opened_again(
    database: Database, lead: int, at: datetime, verdict: str
) -> None:
    if verdict == "reject":
        quote = waiting(database, at=at)
        decide.reject(database, quote, revision=0, reason="other", user_id=lead, at=at)
    else:
        quote = hung(database, lead=lead, at=at)
        decide.withdraw(database, quote, reason="other", user_id=lead, at=at)
    before = state_of(database, quote)

    made = decide.reopen(database, quote, revision=0, user_id=lead, at=at + timedelta(days=90))

    assert (made.verdict, made.before) == ("reopen", before)
    assert state_of(database, quote) == "waiting"
    decide.approve(database, quote, revision=0, user_id=lead, at=at)


def test_only_what_is_closed_can_be_opened_again(
    database: Database, lead: int, at: datetime
) -> None:
    hanging, waits = hung(database, lead=lead, at=at), waiting(database, "2", at=at)
    decide.reject(database, waits, revision=0, reason="other", user_id=lead, at=at)
    before = everything(database)

    for quote, revision in ((hanging, 0), (waits, 1)):
        with pytest.raises(Conflict):
            decide.reopen(database, quote, revision=revision, user_id=lead, at=at)
    with pytest.raises(NotFound):
        decide.reopen(database, 99, revision=0, user_id=lead, at=at)
    assert everything(database) == before
