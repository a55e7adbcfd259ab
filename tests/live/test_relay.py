"""The relay by itself: each process tells its own walls, from the database alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import gevent
import pytest
from sqlalchemy import delete, select, update

from signage.actions import decide
from signage.actions.epochs import renew_epochs
from signage.actions.screens import ScreenDraft, add_screen
from signage.core.feeds import Change, FeedState, apply
from signage.live.presence import Presence
from signage.live.relay import BATCH, Relay
from signage.models import Database, Feed, FeedChange, Screen
from tests.answers import hung, items

pytestmark = pytest.mark.both

Told = list[tuple[str, dict[str, Any], str]]


class Process:
    """A relay as one process has it, and what its walls were told."""

    def __init__(self, database: Database) -> None:
        self.told: Told = []
        self.woke_others = 0
        self.presence = Presence(database)
        self.relay = Relay(database, self.presence, self._emit, self._wake_others)
        self.relay.announce()

    def changes(self, room: str = "quotes") -> list[dict[str, Any]]:
        """What was announced to a room or to one wall."""
        return [message for event, message, to in self.told if (event, to) == ("changes", room)]

    def revs(self) -> list[int]:
        return [change["rev"] for message in self.changes() for change in message["changes"]]

    def _emit(self, event: str, message: dict[str, Any], room: str) -> None:
        self.told.append((event, message, room))

    def _wake_others(self) -> None:
        self.woke_others += 1


@pytest.fixture
def process(database: Database) -> Process:
    return Process(database)


def quotes_feed(database: Database) -> Feed:
    with database.read() as session:
        return session.scalars(select(Feed).where(Feed.name == "quotes")).one()


def test_changes_are_announced_in_order_without_a_hole_and_once(
    process: Process, database: Database, lead: int, at: datetime
) -> None:
    for n in range(3):
        hung(database, f"a{n}", lead=lead, at=at)
    process.relay.announce()
    withdrawn = hung(database, "b", lead=lead, at=at)
    decide.withdraw(database, withdrawn, reason="private", user_id=lead, at=at)
    process.relay.announce()
    process.relay.announce()

    feed = quotes_feed(database)
    assert process.revs() == list(range(1, feed.rev + 1))
    state = FeedState(feed.epoch, 0, {})
    for message in process.changes():
        for change in message["changes"]:
            applied = apply(state, message["epoch"], Change(**change))
            assert isinstance(applied, FeedState)
            state = applied
    assert state.items == items(database)


def test_what_was_there_before_it_began_is_not_announced(
    database: Database, lead: int, at: datetime
) -> None:
    """Walls have it by their hello."""
    hung(database, "before", lead=lead, at=at)
    process = Process(database)

    assert process.told == []
    assert process.relay.announce() == 0


def test_each_process_tells_its_own_walls_whoever_decided(
    database: Database, lead: int, at: datetime
) -> None:
    one, other = Process(database), Process(database)
    hung(database, lead=lead, at=at)

    one.relay.announce()
    other.relay.announce()

    assert one.changes() == other.changes()
    assert one.revs() == [1]


def test_more_than_one_batch_arrives_whole(
    process: Process, database: Database, at: datetime
) -> None:
    with database.write() as session:
        feed = session.scalars(select(Feed).where(Feed.name == "quotes")).one()
        feed.rev = 2 * BATCH + 7
        session.add_all(
            FeedChange(feed_id=feed.id, rev=rev, op="drop", item="q0", made_at=at)
            for rev in range(1, feed.rev + 1)
        )

    assert process.relay.announce() == 2 * BATCH + 7
    assert process.revs() == list(range(1, 2 * BATCH + 8))


@contextmanager
def asked(process: Process, database: Database, at: datetime) -> Iterator[list[str]]:
    """The epochs of the quotes that three walls here hear instead of changes."""
    for n in range(3):
        screen_id, _ = add_screen(database, "k" * 32, ScreenDraft(f"Wall {n}"), at=at)
        with database.read() as session:
            process.presence.add(f"sid-{n}", session.get_one(Screen, screen_id))
    epochs: list[str] = []
    yield epochs
    process.relay.announce()
    gevent.sleep(0)
    for n in range(3):
        messages = [said for said in process.changes(f"sid-{n}") if said["feed"] == "quotes"]
        epochs += [said["epoch"] for said in messages]
        assert all(said["changes"] == [] for said in messages)


def test_another_epoch_makes_walls_ask(
    process: Process, database: Database, lead: int, at: datetime
) -> None:
    with asked(process, database, at) as epochs:
        renew_epochs(database, at=at, why="asked")
    assert epochs == [""] * 3

    hung(database, "after", lead=lead, at=at)
    process.relay.announce()
    assert process.revs() == [quotes_feed(database).rev]


def test_history_that_was_forgotten_before_it_was_told_makes_walls_ask(
    process: Process, database: Database, lead: int, at: datetime
) -> None:
    with asked(process, database, at) as epochs:
        for n in range(3):
            hung(database, f"f{n}", lead=lead, at=at)
        with database.write() as session:
            session.execute(delete(FeedChange).where(FeedChange.rev == 2))
    assert epochs == [""] * 3
    assert process.changes() == []


def test_a_feed_that_went_back_makes_walls_ask(
    process: Process, database: Database, lead: int, at: datetime
) -> None:
    hung(database, "one", lead=lead, at=at)
    process.relay.announce()
    told = len(process.changes())
    with asked(process, database, at) as epochs, database.write() as session:
        session.execute(update(Feed).where(Feed.name == "quotes").values(rev=0))
    assert epochs == [""] * 3
    assert len(process.changes()) == told


def test_what_could_not_be_emitted_is_emitted_the_next_time(
    database: Database, lead: int, at: datetime
) -> None:
    told: list[dict[str, Any]] = []
    faults = [RuntimeError("a fault")]

    def emit(_event: str, message: dict[str, Any], _room: str) -> None:
        if faults:
            raise faults.pop()
        told.append(message)

    relay = Relay(database, Presence(database), emit)
    relay.announce()
    hung(database, lead=lead, at=at)
    with pytest.raises(RuntimeError):
        relay.announce()

    relay.announce()
    assert [change["rev"] for change in told[0]["changes"]] == [1]


def test_others_are_woken_by_what_committed_here_at_once_and_by_nothing_else(
    process: Process, database: Database, lead: int, at: datetime
) -> None:
    hung(database, "theirs", lead=lead, at=at)
    process.relay.look()
    process.relay.announce()
    assert process.woke_others == 0

    hung(database, "ours", lead=lead, at=at)
    process.relay.nudge()
    assert process.woke_others == 1  # they look while it is read here what it was
    process.relay.announce()
    assert process.woke_others == 1
