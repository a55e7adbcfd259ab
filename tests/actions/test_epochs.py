"""New epochs: what walls know ends, and they take everything anew."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions.epochs import (
    BETWEEN_PROOFS,
    MARK,
    heads_of,
    is_beyond,
    prove_restored,
    renew_epochs,
)
from signage.core.feeds import Change, FeedState, apply_all
from signage.models import Database, Feed, FeedChange
from tests.answers import changes, hung, items


def heads(database: Database) -> dict[str, tuple[str, int]]:
    with database.read() as session:
        return heads_of(session)


def test_each_feed_has_another_epoch_and_the_next_rev(
    database: Database, lead: int, at: datetime
) -> None:
    hung(database, lead=lead, at=at)
    before, hanging = heads(database), items(database)

    renew_epochs(database, at=at, why="asked")

    after = heads(database)
    assert set(after) == set(before)
    for name, (epoch, rev) in after.items():
        assert epoch != before[name][0]
        assert rev == before[name][1] + 1
    assert len({epoch for epoch, _ in after.values()}) == len(after)
    assert items(database) == hanging


def test_it_is_announced_as_a_change_that_no_wall_can_apply(
    database: Database, lead: int, at: datetime
) -> None:
    hung(database, lead=lead, at=at)
    epoch, rev = heads(database)["quotes"]
    wall = FeedState(epoch, rev, items(database))

    renew_epochs(database, at=at, why="asked")

    assert changes(database)[-1] == (rev + 1, "drop", MARK)
    with database.read() as session:
        row = session.scalars(
            select(FeedChange).join(Feed).where(Feed.name == "quotes", FeedChange.rev == rev + 1)
        ).one()
    assert (row.announced_at, row.made_at, row.cause) == (None, at, "asked")
    told = Change(row.rev, "drop", row.item)
    assert apply_all(wall, heads(database)["quotes"][0], [told]).gap


def test_a_rev_that_the_feed_has_not_reached_proves_a_restore(
    database: Database, at: datetime
) -> None:
    before = heads(database)
    epoch, rev = before["quotes"]

    assert prove_restored(database, {"quotes": (epoch, rev + 1)}, at=at)

    assert all(heads(database)[name][0] != before[name][0] for name in before)


@pytest.mark.parametrize(
    ("name", "other", "ahead"),
    [("quotes", "", 0), ("quotes", "x", 5), ("nothing", "", 5)],
    ids=["up to date", "another epoch", "no such feed"],
)
def test_what_proves_nothing_changes_nothing(
    database: Database, at: datetime, name: str, other: str, ahead: int
) -> None:
    before = heads(database)
    epoch, rev = before["quotes"]

    assert not prove_restored(database, {name: (other or epoch, rev + ahead)}, at=at)

    assert heads(database) == before


def test_the_same_proof_from_many_screens_renews_once(database: Database, at: datetime) -> None:
    epoch, rev = heads(database)["quotes"]
    proof = {"quotes": (epoch, rev + 3)}

    told = [prove_restored(database, proof, at=at + timedelta(minutes=n)) for n in range(30)]

    assert told == [True, *[False] * 29]


def test_a_screen_that_lies_costs_one_renewal_in_ten_minutes(
    database: Database, at: datetime
) -> None:
    def lie(moment: datetime) -> bool:
        epoch, rev = heads(database)["quotes"]
        return prove_restored(database, {"quotes": (epoch, rev + 10**6)}, at=moment)

    assert lie(at)
    assert not lie(at)
    assert not lie(at + BETWEEN_PROOFS - timedelta(seconds=1))
    assert lie(at + BETWEEN_PROOFS)
    assert lie(at - timedelta(days=1)), "a clock set back hinders no proof"


def test_being_beyond_is_by_feed_and_epoch() -> None:
    heads_now = {"quotes": ("e1", 5), "nps": ("e2", 9)}
    assert is_beyond({"nps": ("e2", 10)}, heads_now)
    assert not is_beyond({"nps": ("e1", 10), "quotes": ("e1", 5)}, heads_now)
    assert not is_beyond({"other": ("e1", 99)}, heads_now)
    assert not is_beyond({}, heads_now)


def test_the_same_proof_at_the_same_time_renews_once(database: Database, at: datetime) -> None:
    epoch, rev = heads(database)["quotes"]
    proof = {"quotes": (epoch, rev + 3)}
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: prove_restored(database, proof, at=at), range(24)))
    assert sorted(told) == [False] * 23 + [True]
    assert heads(database)["quotes"][1] == rev + 1


def test_renewals_among_writers_leave_no_hole(database: Database, lead: int, at: datetime) -> None:
    def work(n: int) -> None:
        if n % 4:
            hung(database, str(n), lead=lead, at=at)
        else:
            renew_epochs(database, at=at, why="asked")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(16)))

    for feed in heads(database):
        revs = [rev for rev, _, _ in changes(database, feed)]
        assert revs == list(range(1, heads(database)[feed][1] + 1))
