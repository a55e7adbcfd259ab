"""What is recalled, with which cause, and what must be painted for it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions import decide
from signage.actions.erase import erase
from signage.actions.receipts import announced
from signage.errors import Conflict, NotFound
from signage.models import (
    Database,
    FeedChange,
)
from tests.actions.test_erase import improved
from tests.answers import changes, draft, hung, take, waiting
from tests.recalling import MINUTE, mark_all, parts, withdraw
from tests.screening import recalls, receipts, says, screen


def test_a_withdrawal_is_recalled_with_its_decision_as_the_cause(
    database: Database, lead: int, at: datetime
) -> None:
    quote = hung(database, lead=lead, at=at)

    cause = withdraw(database, quote, lead=lead, at=at + MINUTE)

    (made,) = recalls(database)
    assert (made.quote_id, made.cause, made.made_at) == (quote, cause, at + MINUTE)
    assert (made.hung_since, made.announced_at, made.undone_at) == (at, None, None)
    assert [rev for _, rev in parts(database)] == [2]
    with database.read() as session:
        drop = session.scalars(select(FeedChange).order_by(FeedChange.rev.desc())).first()
        assert drop is not None
        assert (drop.rev, drop.op, drop.cause) == (2, "drop", cause)


def test_a_publication_has_its_approval_as_the_cause(
    database: Database, lead: int, at: datetime
) -> None:
    quote = waiting(database, at=at)
    approval = decide.approve(database, quote, revision=0, user_id=lead, at=at)
    decide.publish_due(database, at=at + MINUTE)

    with database.read() as session:
        assert session.scalars(select(FeedChange.cause)).all() == [approval.cause]


@pytest.mark.parametrize("quote", [7, 1])
def test_what_cannot_be_withdrawn_is_not_recalled(
    database: Database, lead: int, at: datetime, quote: int
) -> None:
    waiting(database, at=at)

    with pytest.raises((Conflict, NotFound)):
        withdraw(database, quote, lead=lead, at=at)

    assert recalls(database) == []


def test_words_beside_an_improvement_must_leave_there_too(
    database: Database, lead: int, at: datetime
) -> None:
    quote = hung(database, "1", lead=lead, at=at)
    other = hung(database, "2", lead=lead, at=at, comment="Other words.")
    improvement = improved(database, lead, at, quote, other)

    withdraw(database, quote, lead=lead, at=at)

    put = next(
        rev for rev, op, item in reversed(changes(database, "improvements"))
        if (op, item) == ("put", f"i{improvement}")
    )  # fmt: skip
    drop = changes(database)[-1][0]
    assert [rev for _, rev in parts(database)] == [drop, put]


def test_words_that_are_not_beside_the_improvement_behind_which_they_stand_are_not_waited_for(
    database: Database, lead: int, at: datetime
) -> None:
    first = hung(database, "1", lead=lead, at=at)
    second = hung(database, "2", lead=lead, at=at)
    improved(database, lead, at, first, second)

    withdraw(database, second, lead=lead, at=at)

    assert len(parts(database)) == 1


def test_an_erasure_is_recalled_and_outlives_its_quote(
    database: Database, lead: int, at: datetime
) -> None:
    hung(database, lead=lead, at=at)

    erase(database, "shop", "1", at=at + MINUTE)

    (made,) = recalls(database)
    assert (made.quote_id, made.cause[0]) == (None, "r")


def test_an_erasure_of_words_that_hung_nowhere_is_not_recalled(
    database: Database, lead: int, at: datetime
) -> None:
    waiting(database, "1", at=at)
    withdrawn = hung(database, "2", lead=lead, at=at)
    withdraw(database, withdrawn, lead=lead, at=at)

    erase(database, "shop", "1", at=at)
    erase(database, "shop", "2", at=at)

    assert [made.cause[0] for made in recalls(database)] == ["d"]


def test_a_correction_that_takes_the_name_away_is_recalled(
    database: Database, lead: int, at: datetime
) -> None:
    hung(database, lead=lead, at=at, name="Ida Ek", consent="first_name")

    take(database, draft(at=at, score=9, consent="anonymous"), at=at + MINUTE)

    (made,) = recalls(database)
    assert (made.cause[0], made.hung_since) == ("c", at)
    assert [rev for _, rev in parts(database)] == [2]


@pytest.mark.parametrize(
    "said", [{"score": 3}, {"score": 9, "name": "Ida", "consent": "first_name"}]
)
def test_a_correction_that_takes_no_word_away_is_not_recalled(
    database: Database, lead: int, at: datetime, said: dict[str, object]
) -> None:
    hung(database, lead=lead, at=at)

    assert take(database, draft(at=at, **said), at=at) == ["changed"]

    assert len(changes(database)) == 2
    assert recalls(database) == []


def give_way(database: Database, lead: int, at: datetime) -> int:
    """A quote that made room for sixty newer ones."""
    oldest = hung(database, "oldest", lead=lead, at=at)
    for place in range(60):
        hung(database, f"newer{place}", lead=lead, at=at + MINUTE)
    return oldest


def test_words_that_made_room_earlier_are_recalled_from_who_was_offline_then(
    database: Database, lead: int, at: datetime
) -> None:
    absent, present = screen(database, "Absent", at=at), screen(database, "Present", at=at)
    oldest = give_way(database, lead, at)
    says(database, present, at=at + 2 * MINUTE)

    cause = withdraw(database, oldest, lead=lead, at=at + 3 * MINUTE)

    assert receipts(database) == {(cause, present): at + 3 * MINUTE}
    assert recalls(database)[0].announced_at == at + 3 * MINUTE
    says(database, absent, at=at + 4 * MINUTE)
    assert set(receipts(database)) == {(cause, present), (cause, absent)}


def test_words_that_made_room_more_than_a_lease_ago_hang_nowhere(
    database: Database, lead: int, at: datetime
) -> None:
    oldest = give_way(database, lead, at)

    withdraw(database, oldest, lead=lead, at=at + timedelta(hours=73))

    assert recalls(database) == []


def test_a_recall_is_announced_with_the_last_of_its_parts(
    database: Database, lead: int, at: datetime
) -> None:
    quote = hung(database, lead=lead, at=at)
    improved(database, lead, at, quote)
    mark_all(database, at)
    withdraw(database, quote, lead=lead, at=at)
    (first, _), (second, _) = parts(database)

    mark_all(database, at + MINUTE, first)
    assert recalls(database)[0].announced_at is None
    mark_all(database, at + 2 * MINUTE, second)
    assert recalls(database)[0].announced_at == at + 2 * MINUTE
    mark_all(database, at + 3 * MINUTE)
    assert recalls(database)[0].announced_at == at + 2 * MINUTE


def test_announcing_nothing_of_a_recall_leaves_it(
    database: Database, lead: int, at: datetime
) -> None:
    withdraw(database, hung(database, lead=lead, at=at), lead=lead, at=at)

    with database.write() as session:
        announced(session, [], at)
        announced(session, [FeedChange(feed_id=1, rev=1)], at)

    assert recalls(database)[0].announced_at is None
