"""Proof of play is kept: each batch once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions.plays import QUEUES, forget_plays, keep_plays
from signage.actions.screens import ScreenDraft, add_screen
from signage.core.plays import Batch
from signage.models import Database, ItemPlay, Play, PlayQueue

pytestmark = pytest.mark.both


@pytest.fixture
def screen(database: Database, at: datetime) -> int:
    return add_screen(database, "k" * 32, ScreenDraft("Canteen"), at=at)[0]


def batch(at: datetime, number: int = 1, queue: str = "q") -> Batch:
    hour = at.replace(minute=0)
    return Batch(
        queue,
        number,
        {(hour, "quote"): (4, 60), (hour, "nps"): (1, 20)},
        {(hour.date(), "q12"): (2, 30)},
    )


def kept(database: Database) -> list[tuple[object, ...]]:
    with database.read() as session:
        plays = session.execute(select(Play.scene, Play.times, Play.seconds).order_by(Play.scene))
        items = session.execute(select(ItemPlay.item, ItemPlay.times, ItemPlay.seconds))
        return [tuple(row) for row in [*plays, *items]]


def test_what_comes_is_added_up(database: Database, screen: int, at: datetime) -> None:
    keep_plays(database, [(screen, batch(at, 2)), (screen, batch(at, 1))], at=at)
    keep_plays(database, [(screen, batch(at, 3))], at=at)
    assert kept(database) == [("nps", 3, 60), ("quote", 12, 180), ("q12", 6, 90)]


def test_what_comes_again_counts_once(database: Database, screen: int, at: datetime) -> None:
    for _ in range(3):
        keep_plays(database, [(screen, batch(at))] * 2, at=at)
    assert kept(database) == [("nps", 1, 20), ("quote", 4, 60), ("q12", 2, 30)]


def test_another_queue_counts_for_itself(database: Database, screen: int, at: datetime) -> None:
    for n in range(QUEUES + 3):
        keep_plays(database, [(screen, batch(at, queue=f"q{n}"))], at=at + timedelta(minutes=n))
    assert kept(database)[0] == ("nps", 11, 220)
    with database.read() as session:
        assert len(session.scalars(select(PlayQueue)).all()) == QUEUES


def test_of_a_screen_that_is_not_there_nothing_is_kept(
    database: Database, screen: int, at: datetime
) -> None:
    keep_plays(database, [(screen + 1, batch(at)), (screen, replace(batch(at), items={}))], at=at)
    assert kept(database) == [("nps", 1, 20), ("quote", 4, 60)]


def test_what_is_old_is_forgotten(database: Database, screen: int, at: datetime) -> None:
    keep_plays(database, [(screen, batch(at))], at=at)
    forget_plays(database, at=at + timedelta(days=399))
    assert len(kept(database)) == 3
    forget_plays(database, at=at + timedelta(days=402))
    assert kept(database) == []
