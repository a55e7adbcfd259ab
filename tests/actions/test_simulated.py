"""Screens that are only simulated: made, used again, and removed together."""

from datetime import datetime

import pytest
from sqlalchemy import select

from signage.actions import decide
from signage.actions.screens import screen_of
from signage.actions.simulated import keys_of_others, remove_simulated, simulated_keys
from signage.errors import Refused
from signage.models import Database, Recall, Screen
from signage.models.deliveries import recall_deliveries, recall_lines
from tests.answers import hung
from tests.screening import SECRET, says, screen


def made(database: Database, many: int, at: datetime, *, counted: bool = False) -> dict[int, str]:
    return simulated_keys(database, SECRET, many, counted=counted, at=at)


def test_each_has_a_key_of_its_own_and_is_marked(database: Database, at: datetime) -> None:
    real = screen(database, at=at)

    keys = made(database, 3, at)

    assert len(set(keys.values())) == 3
    for id_, key in keys.items():
        found = screen_of(database, SECRET, key)
        assert (found.id, found.simulated, found.counted) == (id_, True, False)
    with database.read() as session:
        other = session.get_one(Screen, real)
        assert (other.simulated, other.counted) == (False, True)
        names = session.scalars(select(Screen.name).where(Screen.simulated).order_by(Screen.id))
        assert list(names) == ["Simulated 1", "Simulated 2", "Simulated 3"]


def test_those_that_there_are_are_used_again(database: Database, at: datetime) -> None:
    first = made(database, 2, at)

    second = made(database, 450, at, counted=True)

    assert len(second) == 450
    assert first.keys() < second.keys()
    with pytest.raises(Refused, match="revoked"):
        screen_of(database, SECRET, next(iter(first.values())))
    assert screen_of(database, SECRET, second[next(iter(first))]).counted


def test_they_are_removed_with_what_they_said_and_no_other(
    database: Database, lead: int, at: datetime
) -> None:
    real = screen(database, at=at)
    ids = list(made(database, 250, at))
    quote = hung(database, lead=lead, at=at)
    decide.withdraw(database, quote, reason="other", user_id=lead, at=at)
    says(database, real, *ids, at=at)

    assert remove_simulated(database, at=at) == 250
    assert remove_simulated(database, at=at) == 0

    with database.read() as session:
        assert list(session.scalars(select(Screen.id))) == [real]


def test_simulated_walls_of_others_are_left_alone(database: Database, at: datetime) -> None:
    theirs = screen(database, "Reception", at=at)
    with database.write() as session:
        session.get_one(Screen, theirs).simulated = True
    keys = keys_of_others(database, SECRET, at=at)
    assert set(keys) == {theirs}

    assert theirs not in made(database, 2, at)
    assert screen_of(database, SECRET, keys[theirs]).counted
    assert remove_simulated(database, at=at) == 2
    assert screen_of(database, SECRET, keys[theirs]).id == theirs


@pytest.mark.parametrize("counted", [False, True])
def test_they_are_in_receipts_if_asked(
    database: Database, lead: int, at: datetime, counted: bool
) -> None:
    real = screen(database, at=at)
    done, waits = made(database, 2, at, counted=counted)
    quote = hung(database, lead=lead, at=at)
    says(database, real, done, waits, at=at)
    decide.withdraw(database, quote, reason="other", user_id=lead, at=at)
    says(database, real, done, at=at)

    with database.read() as session:
        recall = session.scalars(select(Recall)).one()
        told = recall_deliveries(session, [recall], at=at, lease_hours=72)[recall.id]
        lines = recall_lines(session, recall, at=at, lease_hours=72, skip=0, size=9)

    assert (told.confirmed, told.owed) == ((2, 3) if counted else (1, 1))
    assert {line.screen_id for line in lines} == ({real, done, waits} if counted else {real})


@pytest.mark.both
def test_a_number_is_never_given_again(database: Database, at: datetime) -> None:
    gone = made(database, 2, at)
    remove_simulated(database, at=at)

    new = screen(database, at=at)

    assert new > max(gone)
    for key in gone.values():
        with pytest.raises(Refused, match="unknown"):
            screen_of(database, SECRET, key)
