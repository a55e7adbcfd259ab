"""Which words were recalled, and which screens owe a receipt for it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from signage.actions import decide
from signage.actions.epochs import renew_epochs
from signage.actions.receipts import KEPT, forget_receipts
from signage.actions.see import see
from signage.actions.sights import Known, Sight
from signage.models import (
    Database,
    Edition,
    Recall,
    RecallPart,
    Receipt,
    Screen,
    ScreenPosition,
)
from tests.actions.test_erase import improved
from tests.answers import hung
from tests.recalling import MINUTE, mark_all, withdraw
from tests.screening import heads, is_there, recalls, receipts, says, screen


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
