"""From approval to the wall: the grace period, and what leaves no trace."""

from datetime import datetime, timedelta

import pytest

from signage.actions import decide
from signage.actions.prefer import prefer
from signage.errors import Conflict, Invalid
from signage.models import Database, Preferences, Quote
from tests.answers import (
    at_once,
    changes,
    everything,
    items,
    state_of,
    waiting,
)

GRACE = timedelta(seconds=8)


def test_before_the_end_nothing_is_in_the_feed(database: Database, lead: int, at: datetime) -> None:
    quote = waiting(database, at=at)
    decide.approve(database, quote, revision=0, user_id=lead, at=at)

    assert decide.publish_due(database, at=at + GRACE - timedelta(microseconds=1)) == 0

    assert state_of(database, quote) == "approved"
    assert changes(database) == []
    assert items(database) == {}


def test_at_the_end_the_quote_hangs_once(database: Database, lead: int, at: datetime) -> None:
    quote = waiting(database, at=at)
    decide.approve(database, quote, revision=0, user_id=lead, at=at)

    assert decide.publish_due(database, at=at + GRACE) == 1

    assert state_of(database, quote) == "published"
    assert changes(database) == [(1, "put", "q1")]
    shown_since = (at + GRACE).timestamp() * 1000
    assert items(database)["q1"]["published_at"] == shown_since
    before = everything(database)
    assert decide.publish_due(database, at=at + 2 * GRACE) == 0
    assert everything(database) == before


def test_undo_within_grace_leaves_no_trace_on_any_wall(
    database: Database, lead: int, at: datetime
) -> None:
    quote = waiting(database, at=at)
    approval = decide.approve(database, quote, revision=0, user_id=lead, at=at)

    decide.undo(database, approval.id, user_id=lead, at=at + GRACE / 2)

    assert decide.publish_due(database, at=at + 2 * GRACE) == 0
    assert state_of(database, quote) == "waiting"
    assert changes(database) == []
    assert items(database) == {}


def test_undo_after_publication_is_too_late(database: Database, lead: int, at: datetime) -> None:
    quote = waiting(database, at=at)
    approval = decide.approve(database, quote, revision=0, user_id=lead, at=at)
    decide.publish_due(database, at=at + GRACE)
    before = everything(database)

    with pytest.raises(Conflict):
        decide.undo(database, approval.id, user_id=lead, at=at + GRACE)

    assert everything(database) == before


def test_an_approval_for_later_waits_for_its_time(
    database: Database, lead: int, at: datetime
) -> None:
    quote, later = waiting(database, at=at), at + timedelta(hours=3)
    decide.approve(database, quote, revision=0, user_id=lead, at=at, publish_at=later)

    assert decide.publish_due(database, at=later - timedelta(seconds=1)) == 0
    assert decide.publish_due(database, at=later) == 1
    assert items(database)["q1"]["published_at"] == later.timestamp() * 1000


def test_a_time_within_the_grace_does_not_shorten_it(
    database: Database, lead: int, at: datetime
) -> None:
    quote = waiting(database, at=at)
    decide.approve(database, quote, revision=0, user_id=lead, at=at, publish_at=at)

    assert decide.publish_due(database, at=at + GRACE / 2) == 0
    assert decide.publish_due(database, at=at + GRACE) == 1


def test_without_grace_a_time_is_still_waited_for(
    database: Database, lead: int, at: datetime
) -> None:
    at_once(database)
    quote, later = waiting(database, at=at), at + timedelta(hours=3)
    decide.approve(database, quote, revision=0, user_id=lead, at=at, publish_at=later)

    assert state_of(database, quote) == "approved"


@pytest.mark.parametrize("off", [timedelta(seconds=-1), timedelta(days=400)])
def test_a_time_gone_by_or_too_far_ahead_is_refused(
    database: Database, lead: int, at: datetime, off: timedelta
) -> None:
    quote = waiting(database, at=at)

    with pytest.raises(Invalid):
        decide.approve(database, quote, revision=0, user_id=lead, at=at, publish_at=at + off)

    assert state_of(database, quote) == "waiting"


def test_a_second_approval_after_an_undo_has_a_grace_of_its_own(
    database: Database, lead: int, at: datetime
) -> None:
    quote = waiting(database, at=at)
    approval = decide.approve(database, quote, revision=0, user_id=lead, at=at)
    decide.undo(database, approval.id, user_id=lead, at=at)
    decide.approve(database, quote, revision=0, user_id=lead, at=at + GRACE)

    assert decide.publish_due(database, at=at + GRACE) == 0
    assert decide.publish_due(database, at=at + 2 * GRACE) == 1


def test_without_grace_an_approval_publishes_in_the_same_transaction(
    database: Database, lead: int, at: datetime
) -> None:
    at_once(database)
    quote = waiting(database, at=at)
    commits: list[list[tuple[int, str, str]]] = []
    database.on_commit(lambda: commits.append(changes(database)))

    approval = decide.approve(database, quote, revision=0, user_id=lead, at=at)

    assert commits == [[(1, "put", "q1")]]
    assert state_of(database, quote) == "published"
    with pytest.raises(Conflict):
        decide.undo(database, approval.id, user_id=lead, at=at)


def test_the_company_chooses_how_long_it_is(database: Database, lead: int, at: datetime) -> None:
    prefer(database, Preferences(grace_seconds=60), at=at)
    quote = waiting(database, at=at)
    decide.approve(database, quote, revision=0, user_id=lead, at=at)

    with database.read() as session:
        assert session.get_one(Quote, quote).publish_at == at + timedelta(seconds=60)


def test_quotes_hang_in_the_order_of_their_approval(
    database: Database, lead: int, at: datetime
) -> None:
    for place, name in enumerate("cab"):
        quote = waiting(database, name, at=at)
        moment = at + timedelta(seconds=3 - place)
        decide.approve(database, quote, revision=0, user_id=lead, at=moment)

    assert decide.publish_due(database, at=at + timedelta(minutes=1)) == 3

    assert [item for _, _, item in changes(database)] == ["q3", "q2", "q1"]
