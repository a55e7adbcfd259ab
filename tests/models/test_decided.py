"""Decisions counted: those that stood, in their time."""

from datetime import datetime, timedelta

from signage.actions import decide
from signage.models import Database
from signage.models.decided import Tallied, ages_between, decisions_between
from tests.answers import at_once, waiting
from tests.web.conftest import statements

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def counted(
    database: Database, first: datetime, last: datetime
) -> dict[tuple[str, str | None], int]:
    with database.read() as session:
        return {
            (each.verdict, each.reason): each.n for each in decisions_between(session, first, last)
        }


def test_what_stood_is_counted_by_verdict_and_reason(
    database: Database, lead: int, at: datetime
) -> None:
    at_once(database)
    for n in range(6):
        waiting(database, f"{n}", at=at - DAY)
    for quote in (1, 2):
        decide.approve(database, quote, revision=0, user_id=lead, at=at)
    decide.reject(database, 3, revision=0, reason="staff", user_id=lead, at=at)
    taken_back = decide.reject(database, 4, revision=0, reason="staff", user_id=lead, at=at)
    decide.undo(database, taken_back.id, user_id=lead, at=at + HOUR)
    decide.set_aside(database, 5, revision=0, user_id=lead, at=at)
    decide.reject(database, 6, revision=0, reason="other", user_id=lead, at=at - 3 * HOUR)

    found = counted(database, at - HOUR, at + HOUR)

    assert found == {("approve", None): 2, ("reject", "staff"): 1, ("set_aside", None): 1}
    assert counted(database, at + HOUR, at + DAY) == {}
    with database.read() as session:
        (first, *_) = decisions_between(session, at - 4 * HOUR, at - HOUR)
    assert first == Tallied("reject", "other", lead, None, 1)


def test_ages_run_from_arrival_to_the_first_decision(
    database: Database, lead: int, at: datetime
) -> None:
    ages = (
        timedelta(),
        timedelta(minutes=1),
        timedelta(minutes=59, seconds=59),
        30 * HOUR,
        30 * HOUR,
    )
    for n, age in enumerate(ages, start=1):
        waiting(database, f"{n}", at=at - age)
        decide.reject(database, n, revision=0, reason="other", user_id=lead, at=at)
    decide.reopen(database, 1, revision=0, user_id=lead, at=at + DAY)
    decide.reject(database, 1, revision=0, reason="other", user_id=lead, at=at + DAY)

    with database.read() as session:
        assert ages_between(session, at, at + 2 * DAY) == {0: 1, 1: 1, 59: 1, 1800: 2}


def test_counting_costs_a_statement_however_many_there_are(
    database: Database, lead: int, at: datetime
) -> None:
    for n in range(1, 9):
        waiting(database, f"{n}", at=at)
        decide.reject(database, n, revision=0, reason="other", user_id=lead, at=at)

    with database.read() as session, statements(database) as seen:
        decisions_between(session, at, at + DAY)
        ages_between(session, at, at + DAY)
    assert len(seen) == 2
