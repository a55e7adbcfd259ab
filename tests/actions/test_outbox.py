from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import StatementError

from signage.actions import outbox
from signage.actions.outbox import HISTORY
from signage.actions.setup import set_up
from signage.models import Database, Feed, FeedChange, FeedItem
from tests.answers import changes, everything, items


def put(database: Database, item: str, body: dict[str, object], at: datetime) -> None:
    with database.write() as session:
        outbox.put(session, outbox.feed_named(session, "quotes"), item, body, at)


def drop(database: Database, item: str, at: datetime) -> int | None:
    with database.write() as session:
        return outbox.drop(session, outbox.feed_named(session, "quotes"), item, at)


def test_each_change_takes_the_next_rev(database: Database, at: datetime) -> None:
    put(database, "q1", {"score": 9}, at)
    put(database, "q2", {"score": 7}, at)
    put(database, "q1", {"score": 3}, at)
    assert drop(database, "q2", at)

    # Earlier puts of an item have become drops: the history keeps only what matters now.
    assert changes(database) == [
        (1, "drop", "q1"),
        (2, "drop", "q2"),
        (3, "put", "q1"),
        (4, "drop", "q2"),
    ]
    assert items(database) == {"q1": {"score": 3}}
    with database.read() as session:
        assert outbox.feed_named(session, "quotes").rev == 4
        assert session.scalars(select(FeedItem.rev)).one() == 3


def test_putting_what_hangs_already_writes_nothing(database: Database, at: datetime) -> None:
    put(database, "q1", {"score": 9, "scale": [0, 10]}, at)
    before = everything(database)

    put(database, "q1", {"scale": [0, 10], "score": 9}, at)

    assert everything(database) == before


def test_dropping_what_does_not_hang_writes_nothing(database: Database, at: datetime) -> None:
    put(database, "q1", {"score": 9}, at)
    assert drop(database, "q1", at)
    before = everything(database)

    assert not drop(database, "q1", at)
    assert not drop(database, "q2", at)

    assert everything(database) == before


def test_revs_have_no_gap_under_many_threads(database: Database, at: datetime) -> None:
    def write(thread: int) -> None:
        for place in range(12):
            put(database, f"q{thread}-{place % 3}", {"place": place}, at)
            if place % 4 == 3:
                drop(database, f"q{thread}-0", at)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))

    revs = [rev for rev, _, _ in changes(database)]
    assert revs == list(range(1, len(revs) + 1))
    assert len(revs) >= 8 * 12
    with database.read() as session:
        assert outbox.feed_named(session, "quotes").rev == len(revs)


def test_revs_have_no_gap_after_a_transaction_that_failed(database: Database, at: datetime) -> None:
    put(database, "q1", {}, at)
    with pytest.raises((StatementError, TypeError)):  # by SQLAlchemy, or by psycopg
        put(database, "q2", {"not": object()}, at)

    put(database, "q3", {}, at)

    assert changes(database) == [(1, "put", "q1"), (2, "put", "q3")]


def test_feeds_count_apart(database: Database, at: datetime) -> None:
    put(database, "q1", {}, at)
    with database.write() as session:
        outbox.put(session, outbox.feed_named(session, "nps"), "nps", {}, at)

    assert changes(database, "quotes") == [(1, "put", "q1")]
    assert changes(database, "nps") == [(1, "put", "nps")]


def test_history_beyond_what_is_kept_is_forgotten_once_announced(
    database: Database, at: datetime
) -> None:
    with database.write() as session:
        feed = outbox.feed_named(session, "quotes")
        feed.rev = HISTORY + 5
        session.add_all(
            FeedChange(feed_id=feed.id, rev=rev, op="drop", item=f"q{rev}", made_at=at)
            for rev in range(1, HISTORY + 6)
        )

    outbox.forget_history(database)
    assert len(changes(database)) == HISTORY + 5

    with database.write() as session:
        session.execute(update(FeedChange).where(FeedChange.rev != 2).values(announced_at=at))
    outbox.forget_history(database)
    outbox.forget_history(database)

    assert [rev for rev, _, _ in changes(database)] == [2, *range(6, HISTORY + 6)]


def test_setting_up_again_changes_nothing(database: Database) -> None:
    before = everything(database)

    set_up(database)

    assert everything(database) == before
    with database.read() as session:
        feeds = session.scalars(select(Feed).order_by(Feed.id)).all()
    assert [(feed.name, feed.kind, feed.rev) for feed in feeds] == [
        ("quotes", "quotes", 0),
        ("improvements", "improvements", 0),
        ("notices", "notices", 0),
        ("nps", "metric", 0),
        ("csat", "metric", 0),
        ("ces", "metric", 0),
        ("touchpoints", "metric", 0),
        ("mix", "metric", 0),
    ]
    assert len({feed.epoch for feed in feeds}) == 8
