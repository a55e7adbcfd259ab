"""Storms of hellos: what they cost, and that each is answered as if it were alone."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import gevent
import pytest
from sqlalchemy import delete, event, update

from signage.actions import decide
from signage.actions.planned import FEEDS
from signage.live.answers import KEPT, Answers
from signage.live.encoding import dumps, loads
from signage.live.state import Have, feed_answers, read_heads
from signage.models import Database, Feed, FeedChange
from tests.answers import hung, items

pytestmark = pytest.mark.both


@pytest.fixture
def queries(database: Database) -> Iterator[list[str]]:
    """Every query that runs."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


@pytest.fixture
def answers(database: Database, lead: int, at: datetime) -> Answers:
    """Of a product in which three quotes hang and one was withdrawn."""
    for n in range(4):
        hung(database, f"q{n}", lead=lead, at=at)
    decide.withdraw(database, 2, reason="private", user_id=lead, at=at)
    return Answers(database)


def everything(database: Database) -> Have:
    with database.read() as session:
        return {name: (head.epoch, head.rev) for name, head in read_heads(session).items()}


def told(answers: Answers, have: Have, at: datetime) -> Any:  # noqa: ANN401 - JSON
    return loads(dumps(answers.to(FEEDS, have, at=at)))


def test_a_thousand_hellos_with_nothing_to_do_cost_one_query_each_at_most(
    answers: Answers, database: Database, queries: list[str], at: datetime
) -> None:
    have = everything(database)
    told(answers, have, at)
    queries.clear()

    for _ in range(1000):
        told(answers, have, at)
    assert len(queries) <= 1000
    queries.clear()
    gevent.joinall([gevent.spawn(told, answers, have, at) for _ in range(1000)], raise_error=True)
    assert len(queries) <= 2


def test_a_thousand_walls_that_lack_the_same_cost_as_much_as_one(
    answers: Answers, database: Database, queries: list[str], at: datetime
) -> None:
    epoch, _ = everything(database)["quotes"]
    said: list[Have] = [{}, {"quotes": (epoch, 2)}, {"quotes": ("another", 2)}]
    for have in said:
        told(answers, have, at)
    queries.clear()

    gevent.joinall(
        [gevent.spawn(told, answers, said[n % 3], at) for n in range(999)], raise_error=True
    )
    assert len(queries) <= 2


@pytest.mark.parametrize("rev", [0, 1, 3, 5])
def test_each_is_answered_as_if_it_were_alone(
    answers: Answers, database: Database, at: datetime, rev: int
) -> None:
    epoch, _ = everything(database)["quotes"]
    for have in ({}, {"quotes": (epoch, rev)}, {"quotes": (epoch, rev), "nps": ("x", 1)}):
        with database.read() as session:
            alone = feed_answers(session, FEEDS, have)
        for _ in range(2):
            assert told(answers, have, at) == alone


def test_what_changed_since_is_told_and_nothing_that_was_taken_down(
    answers: Answers, database: Database, lead: int, at: datetime
) -> None:
    before = told(answers, {}, at)["quotes"]
    assert set(before["items"]) == {"q1", "q3", "q4"}

    decide.withdraw(database, 1, reason="private", user_id=lead, at=at)
    hung(database, "new", lead=lead, at=at)

    after = told(answers, {"quotes": (before["epoch"], before["rev"])}, at)["quotes"]
    assert [(change["op"], change["item"]) for change in after["changes"]] == [
        ("drop", "q1"), ("put", "q5"),
    ]  # fmt: skip
    assert told(answers, {}, at)["quotes"]["items"] == items(database)


def test_a_stranger_cannot_fill_the_memory(
    answers: Answers, database: Database, lead: int, at: datetime
) -> None:
    for n in range(KEPT + 10):
        hung(database, f"many{n}", lead=lead, at=at)
    epoch, rev = everything(database)["quotes"]

    for known in range(rev + 1):
        told(answers, {"quotes": (epoch, known)}, at)
        told(answers, {"quotes": (f"guess{known}", known)}, at)

    assert len(answers._made["quotes"].answers) == KEPT


def test_who_has_more_than_there_is_proves_that_the_database_was_put_back(
    answers: Answers, database: Database, at: datetime
) -> None:
    epoch, rev = everything(database)["quotes"]
    with database.write() as session:
        feed_id = session.execute(
            update(Feed).where(Feed.name == "quotes").values(rev=rev - 2).returning(Feed.id)
        ).scalar_one()
        session.execute(
            delete(FeedChange).where(FeedChange.feed_id == feed_id, FeedChange.rev > rev - 2)
        )

    feed = told(answers, {"quotes": (epoch, rev)}, at)["quotes"]

    assert feed["epoch"] != epoch
    assert feed["items"] == items(database)
