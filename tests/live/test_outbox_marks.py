"""Marking changes as announced: the first process to do so wins, and a crash leaves nothing."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from signage.actions import decide
from signage.live.outbox_marks import LEFT, OutboxMarks
from signage.models import Database, Feed, FeedChange, Recall
from tests.answers import hung
from tests.serving import free_port

pytestmark = pytest.mark.both


@pytest.fixture
def feed(database: Database, lead: int, at: datetime) -> Feed:
    """The feed of quotes, with one change that nobody has marked."""
    hung(database, lead=lead, at=at)
    with database.read() as session:
        return session.scalars(select(Feed).where(Feed.name == "quotes")).one()


def changes(database: Database) -> list[FeedChange]:
    with database.read() as session:
        return list(session.scalars(select(FeedChange)))


def unmarked(database: Database) -> int:
    with database.read() as session:
        return len(
            session.scalars(select(FeedChange).where(FeedChange.announced_at.is_(None))).all()
        )


def test_who_announced_first_has_the_say_of_when(
    database: Database, lead: int, at: datetime
) -> None:
    hung(database, lead=lead, at=at)
    one, other = OutboxMarks(database), OutboxMarks(database)
    one.note(changes(database), at + timedelta(seconds=1))
    other.note(changes(database), at + timedelta(seconds=2))

    one.write({}, at=at)
    other.write({}, at=at)

    with database.read() as session:
        marked = set(session.scalars(select(FeedChange.announced_at)))
    assert marked == {at + timedelta(seconds=1)}


def test_a_recall_knows_when_it_was_announced(database: Database, lead: int, at: datetime) -> None:
    quote = hung(database, lead=lead, at=at)
    decide.withdraw(database, quote, reason="private", user_id=lead, at=at)
    marks = OutboxMarks(database)
    marks.note(changes(database), at + timedelta(seconds=3))

    marks.write({}, at=at)

    with database.read() as session:
        assert session.scalars(select(Recall)).one().announced_at == at + timedelta(seconds=3)


def test_what_a_crash_left_is_marked_at_the_start(
    database: Database, feed: Feed, at: datetime
) -> None:
    OutboxMarks(database).write({"quotes": (feed.epoch, feed.rev)}, at=at)

    assert unmarked(database) == 0


def test_later_on_it_is_left_for_a_while_to_who_announced_it(
    database: Database, feed: Feed, at: datetime
) -> None:
    marks = OutboxMarks(database)
    marks.write({}, at=at)
    cursors = {"quotes": (feed.epoch, feed.rev)}

    marks.write(cursors, at=at + LEFT / 2)
    assert unmarked(database) > 0
    marks.write({"quotes": (feed.epoch, 0)}, at=at + LEFT)  # no wall here was told
    assert unmarked(database) > 0
    marks.write(cursors, at=at + LEFT)
    assert unmarked(database) == 0


def test_without_a_database_nothing_that_was_announced_is_forgotten(
    database: Database, lead: int, at: datetime
) -> None:
    hung(database, lead=lead, at=at)
    gone = Database(f"postgresql+psycopg://nobody:word@127.0.0.1:{free_port()}/none")
    marks = OutboxMarks(gone)
    marks.note(changes(database), at)
    with pytest.raises(SQLAlchemyError):
        marks.write({}, at=at)
    gone.engine.dispose()

    marks._database = database
    marks.write({}, at=at)
    assert unmarked(database) == 0
