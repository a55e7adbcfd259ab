"""Which words were recalled, and which screens owe a receipt for it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from signage.actions import decide
from signage.actions.epochs import renew_epochs
from signage.actions.erase import erase
from signage.actions.receipts import KEPT, announced, forget_receipts
from signage.actions.see import see
from signage.actions.sights import Known, Sight
from signage.errors import Conflict, NotFound
from signage.models import (
    Database,
    Edition,
    FeedChange,
    Recall,
    RecallPart,
    Receipt,
    Screen,
    ScreenPosition,
)
from tests.actions.test_erase import improved
from tests.answers import changes, draft, hung, take, waiting
from tests.screening import heads, is_there, recalls, receipts, says, screen

MINUTE = timedelta(minutes=1)


def withdraw(database: Database, quote: int, *, lead: int, at: datetime) -> str:
    return decide.withdraw(database, quote, reason="private", user_id=lead, at=at).cause


def parts(database: Database) -> list[tuple[int, int]]:
    """(feed, rev) of the latest recall."""
    with database.read() as session:
        latest = session.scalar(select(func.max(Recall.id)))
        rows = session.execute(
            select(RecallPart.feed_id, RecallPart.rev)
            .where(RecallPart.recall_id == latest)
            .order_by(RecallPart.feed_id)
        )
        return [(feed, rev) for feed, rev in rows]


def mark_all(database: Database, at: datetime, feed_id: int | None = None) -> None:
    """Announce what is not announced, as the relay does."""
    with database.write() as session:
        query = select(FeedChange).where(FeedChange.announced_at.is_(None))
        if feed_id is not None:
            query = query.where(FeedChange.feed_id == feed_id)
        pending = session.scalars(query).all()
        for change in pending:
            change.announced_at = at
        announced(session, pending, at)


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


def test_a_screen_that_has_painted_it_away_has_confirmed(
    database: Database, lead: int, at: datetime
) -> None:
    quote, wall = hung(database, lead=lead, at=at), screen(database, at=at)
    says(database, wall, at=at)
    cause = withdraw(database, quote, lead=lead, at=at + MINUTE)
    mark_all(database, at + MINUTE)

    (confirmed,) = says(database, wall, at=at + MINUTE + timedelta(seconds=2))

    assert (confirmed.cause, confirmed.screen_id, confirmed.seconds) == (cause, wall, 2.0)
    assert receipts(database) == {(cause, wall): at + MINUTE + timedelta(seconds=2)}
    assert says(database, wall, at=at + 2 * MINUTE) == [], "once"


def test_a_screen_that_shows_less_has_not(database: Database, lead: int, at: datetime) -> None:
    quote, wall = hung(database, lead=lead, at=at), screen(database, at=at)
    before = heads(database)
    withdraw(database, quote, lead=lead, at=at)
    epoch, _ = heads(database)["quotes"]

    quotes = [("other", 2), (epoch, 2**70), (epoch, -1), ("e" * 99, 2)]
    shown = [before, {}, {"nps": before["nps"]}, {"moon": (epoch, 2)}]
    shown += [{"quotes": place} for place in quotes]
    for painted in shown:
        says(database, wall, at=at, painted=painted)

    assert receipts(database) == {}


def test_all_parts_must_be_painted(database: Database, lead: int, at: datetime) -> None:
    quote, wall = hung(database, lead=lead, at=at), screen(database, at=at)
    improved(database, lead, at, quote)
    before = heads(database)
    withdraw(database, quote, lead=lead, at=at)
    after = heads(database)

    says(database, wall, at=at, painted={**before, "quotes": after["quotes"]})
    assert receipts(database) == {}
    says(database, wall, at=at, painted={"improvements": after["improvements"]})
    assert len(receipts(database)) == 1


def test_a_recall_that_cannot_be_confirmed_yet_does_not_hold_up_the_next(
    database: Database, lead: int, at: datetime
) -> None:
    wall = screen(database, at=at)
    first, second = (hung(database, name, lead=lead, at=at) for name in "12")
    improved(database, lead, at, first)
    behind = heads(database)
    withdraw(database, first, lead=lead, at=at)
    later = withdraw(database, second, lead=lead, at=at)

    says(database, wall, at=at, painted={**heads(database), "improvements": behind["improvements"]})
    assert set(receipts(database)) == {(later, wall)}
    says(database, wall, at=at)
    assert len(receipts(database)) == 2


def test_another_history_of_the_feed_counts_as_painted_away(
    database: Database, lead: int, at: datetime
) -> None:
    """A feed that began anew was taken whole, without what was recalled before."""
    quote, wall = hung(database, lead=lead, at=at), screen(database, at=at)
    withdraw(database, quote, lead=lead, at=at)
    renew_epochs(database, at=at, why="asked")

    says(database, wall, at=at)

    assert len(receipts(database)) == 1


def unheard(database: Database, *walls: int) -> list[bool]:
    """Of each wall whether it is not known what it shows."""
    with database.read() as session:
        rows = dict(session.execute(select(Screen.id, Screen.unheard_since)).all())
        return [rows[wall] is not None for wall in walls]


def test_a_screen_is_heard_when_it_says_all_that_it_shows_of_the_new_history(
    database: Database, at: datetime
) -> None:
    wall, other = screen(database, at=at), screen(database, at=at)
    before = heads(database)
    renew_epochs(database, at=at, why="restored")
    after = heads(database)

    not_all = {**after, "improvements": before["improvements"]}
    for painted, whole in ((after, False), (before, True), (not_all, True), ({}, True)):
        says(database, wall, at=at + MINUTE, painted=painted, whole=whole)
        assert unheard(database, wall, other) == [True, True]
    says(database, wall, at=at + MINUTE, whole=True)
    assert unheard(database, wall, other) == [False, True]


@pytest.mark.both
def test_a_history_that_ends_is_followed_by_who_knew_the_one_before(
    database: Database, at: datetime
) -> None:
    """What a server has in memory of a screen is of the history before."""
    wall = screen(database, at=at)

    def said(known: dict[int, Known]) -> dict[int, Known]:
        sight = Sight(at + MINUTE, heads(database), whole=True)
        return see(database, {wall: sight}, known)[0]

    known = said({})
    for _ in range(2):
        renew_epochs(database, at=at, why="asked")
        known = said(known)
        assert unheard(database, wall) == [False]


def test_who_comes_after_the_recall_owes_nothing(
    database: Database, lead: int, at: datetime
) -> None:
    quote = hung(database, lead=lead, at=at)
    withdraw(database, quote, lead=lead, at=at)

    assert says(database, screen(database, at=at + MINUTE), at=at + MINUTE) == []


def test_an_undone_withdrawal_is_waited_for_no_more(
    database: Database, lead: int, at: datetime
) -> None:
    quote, wall = hung(database, lead=lead, at=at), screen(database, at=at)
    cause = withdraw(database, quote, lead=lead, at=at)
    decide.undo(database, int(cause[1:]), user_id=lead, at=at + MINUTE)

    assert recalls(database)[0].undone_at == at + MINUTE
    assert says(database, wall, at=at + MINUTE) == []

    again = withdraw(database, quote, lead=lead, at=at + 2 * MINUTE)
    assert [confirmed.cause for confirmed in says(database, wall, at=at + 2 * MINUTE)] == [again]


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


def test_last_contact_and_positions_are_kept_and_never_go_back(
    database: Database, lead: int, at: datetime
) -> None:
    wall = screen(database, at=at)
    hung(database, lead=lead, at=at)
    says(database, wall, at=at + MINUTE)
    is_there(database, wall, at=at)
    is_there(database, 77, at=at)

    with database.read() as session:
        places = session.scalars(select(ScreenPosition).where(ScreenPosition.screen_id == wall))
        found = {place.feed_id: (place.epoch, place.rev, place.painted_at) for place in places}
    epoch, rev = heads(database)["quotes"]
    assert (epoch, rev, at + MINUTE) in found.values()
    assert seen_at(database, wall) == at + MINUTE


def seen_at(database: Database, wall: int) -> datetime | None:
    with database.read() as session:
        return session.get_one(Screen, wall).last_seen_at


def test_old_recalls_go_with_their_receipts_and_the_latest_programme_stays(
    database: Database, lead: int, at: datetime
) -> None:
    wall = screen(database, at=at)
    for name, moment in (("1", at), ("2", at + KEPT)):
        withdraw(database, hung(database, name, lead=lead, at=moment), lead=lead, at=moment)
    says(database, wall, at=at + KEPT)
    with database.write() as session:
        session.add_all(Edition(what="company", made_at=at) for _ in range(2))

    forget_receipts(database, at=at + KEPT + MINUTE)
    forget_receipts(database, at=at + KEPT + MINUTE)

    with database.read() as session:
        count = {kind: session.scalar(select(func.count()).select_from(kind))
                 for kind in (Recall, RecallPart, Receipt, Edition)}  # fmt: skip
    assert count == {Recall: 1, RecallPart: 1, Receipt: 1, Edition: 1}
