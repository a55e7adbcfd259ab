"""Devices that a screen had before: what they may still show is not counted as gone."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions import decide
from signage.actions.devices import Heard, note_arrivals, note_others, settle
from signage.actions.epochs import renew_epochs
from signage.actions.pairings import begin, pair_again, pair_new
from signage.actions.prefer import prefer
from signage.actions.receipts import KEPT, forget_receipts
from signage.actions.screens import ScreenDraft, renew_link, revoke_screen
from signage.core.copies import Copy
from signage.core.pairing import Looks
from signage.models import Database, Device, Edition, FormerCopy, Preferences, Recall
from signage.models.deliveries import (
    Delivery,
    edition_deliveries,
    recall_deliveries,
    recall_lines,
)
from tests.answers import hung
from tests.screening import SECRET, heads, is_there, says, screen

LEASE = 72
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LOOKS = Looks(1920, 1080, network="10.0.0.x")


def told(database: Database, at: datetime) -> tuple[Delivery, Copy]:
    """What the desk says at `at` of the latest recall, of one screen."""
    with database.read() as session:
        recall = session.scalars(select(Recall).order_by(Recall.id.desc()).limit(1)).one()
        found = recall_deliveries(session, [recall], at=at, lease_hours=LEASE)
        (line,) = recall_lines(session, recall, at=at, lease_hours=LEASE, skip=0, size=9)
        return found[recall.id], line.copy


def copies(database: Database) -> list[tuple[datetime, datetime]]:
    with database.read() as session:
        found = session.scalars(select(FormerCopy).order_by(FormerCopy.id))
        return [(copy.seen_at, copy.ended_at) for copy in found]


def withdrawn(database: Database, quote: int, lead: int, at: datetime) -> None:
    decide.withdraw(database, quote, reason="private", user_id=lead, at=at)


@pytest.mark.both
def test_a_device_that_was_off_when_another_link_was_made_counts_until_its_copy_dies(
    database: Database, lead: int, at: datetime
) -> None:
    wall, quote = screen(database, at=at), hung(database, lead=lead, at=at)
    is_there(database, wall, at=at + HOUR)
    renew_link(database, SECRET, wall, at=at + 2 * HOUR)
    is_there(database, wall, at=at + 3 * HOUR)
    withdrawn(database, quote, lead, at + 3 * HOUR)
    assert told(database, at + 3 * HOUR)[1].state == "waiting"

    says(database, wall, at=at + 3 * HOUR + MINUTE)

    dies = at + (LEASE + 1) * HOUR
    delivery, copy = told(database, dies - MINUTE)
    assert delivery == Delivery(owed=1, offline=1, since=at + HOUR, dies=dies)
    assert copy == Copy("offline", at + HOUR, dies, former=True)
    delivery, copy = told(database, dies)
    assert (delivery.confirmed, delivery.complete, copy.state) == (1, True, "confirmed")


def test_while_the_new_device_has_not_confirmed_it_is_told_by_that_one(
    database: Database, lead: int, at: datetime
) -> None:
    wall, quote = screen(database, at=at), hung(database, lead=lead, at=at)
    is_there(database, wall, at=at + HOUR)
    renew_link(database, SECRET, wall, at=at + HOUR)
    is_there(database, wall, at=at + 2 * HOUR)
    withdrawn(database, quote, lead, at + 2 * HOUR)

    delivery, copy = told(database, at + 4 * HOUR)
    dies = at + (LEASE + 2) * HOUR
    assert delivery == Delivery(owed=1, offline=1, since=at + 2 * HOUR, dies=dies)
    assert not copy.former
    assert told(database, dies)[0] == Delivery(owed=1, died=1)


def test_what_the_former_device_confirmed_itself_is_gone(
    database: Database, lead: int, at: datetime
) -> None:
    wall, quote = screen(database, at=at), hung(database, lead=lead, at=at)
    withdrawn(database, quote, lead, at + MINUTE)
    says(database, wall, at=at + 2 * MINUTE)
    renew_link(database, SECRET, wall, at=at + HOUR)

    assert told(database, at + HOUR)[1].state == "confirmed"


def test_words_that_hung_only_after_it_are_not_on_it(
    database: Database, lead: int, at: datetime
) -> None:
    wall = screen(database, at=at)
    is_there(database, wall, at=at)
    renew_link(database, SECRET, wall, at=at + HOUR)
    quote = hung(database, lead=lead, at=at + 2 * HOUR)
    withdrawn(database, quote, lead, at + 3 * HOUR)
    says(database, wall, at=at + 3 * HOUR)

    assert told(database, at + 3 * HOUR)[1].state == "confirmed"


@pytest.mark.both
def test_of_two_former_devices_each_answers_for_itself(
    database: Database, lead: int, at: datetime
) -> None:
    """The second confirmed what the first may show; the third says nothing of either."""
    wall, quote = screen(database, at=at), hung(database, lead=lead, at=at)
    is_there(database, wall, at=at + HOUR)
    renew_link(database, SECRET, wall, at=at + 2 * HOUR)
    withdrawn(database, quote, lead, at + 3 * HOUR)
    says(database, wall, at=at + 4 * HOUR)
    renew_link(database, SECRET, wall, at=at + 5 * HOUR)

    _, copy = told(database, at + 6 * HOUR)
    assert copy == Copy("offline", at + HOUR, at + (LEASE + 1) * HOUR, former=True)


def test_a_clock_that_was_set_back_meanwhile_makes_no_receipt_of_the_former_device(
    database: Database, lead: int, at: datetime
) -> None:
    wall, quote = screen(database, at=at), hung(database, lead=lead, at=at)
    is_there(database, wall, at=at + 2 * HOUR)
    renew_link(database, SECRET, wall, at=at + 2 * HOUR)
    withdrawn(database, quote, lead, at + HOUR)
    says(database, wall, at=at + HOUR)

    assert told(database, at + HOUR)[1].former


@pytest.mark.both
def test_words_that_had_left_the_feed_before_may_be_on_it_too(
    database: Database, lead: int, at: datetime
) -> None:
    """They made room for others, and are withdrawn later: nothing more is announced of them."""
    wall, quote = screen(database, at=at), hung(database, "old", lead=lead, at=at)
    is_there(database, wall, at=at + MINUTE)
    renew_link(database, SECRET, wall, at=at + HOUR)
    before = heads(database)["quotes"][1]
    for place in range(60):
        hung(database, f"{place}", lead=lead, at=at + HOUR + place * MINUTE)
    assert heads(database)["quotes"][1] > before + 60, "the oldest made room"
    says(database, wall, at=at + 3 * HOUR)
    withdrawn(database, quote, lead, at + 4 * HOUR)

    assert told(database, at + 4 * HOUR)[1].former


@pytest.mark.both
def test_screens_are_counted_as_they_are_told(database: Database, lead: int, at: datetime) -> None:
    """Each in another state; after a restore nobody knows what one of them shows."""
    walls = [screen(database, f"Wall {place}", at=at) for place in range(5)]
    quote = hung(database, lead=lead, at=at)
    is_there(database, *walls, at=at + HOUR)
    for wall in walls[:2]:
        renew_link(database, SECRET, wall, at=at + 2 * HOUR)
    withdrawn(database, quote, lead, at + 3 * HOUR)
    says(database, *walls[:3], at=at + 3 * HOUR)
    revoke_screen(database, walls[2], at=at + 4 * HOUR)

    def states(when: datetime) -> Counter[str]:
        with database.read() as session:
            (recall,) = session.scalars(select(Recall))
            lines = recall_lines(session, recall, at=when, lease_hours=LEASE, skip=0, size=9)
            told = recall_deliveries(session, [recall], at=when, lease_hours=LEASE)[recall.id]
        counted: Counter[str] = Counter(line.copy.state for line in lines)
        assert {name: getattr(told, name) for name in counted} == dict(counted)
        away = [line.copy for line in lines if line.copy.state == "offline"]
        assert told.since == min((copy.when for copy in away), default=None)
        assert told.dies == max((copy.dies for copy in away if copy.dies), default=None)
        return counted

    assert states(at + 4 * HOUR) == {"confirmed": 1, "offline": 4}
    is_there(database, walls[3], at=at + 80 * HOUR)
    assert states(at + 80 * HOUR) == {"confirmed": 3, "waiting": 1, "died": 1}
    renew_epochs(database, at=at + 80 * HOUR, why="restored")
    assert states(at + 81 * HOUR) == {"offline": 5}


@pytest.mark.both
def test_of_a_programme_a_former_device_is_not_asked(database: Database, at: datetime) -> None:
    wall = screen(database, at=at)
    is_there(database, wall, at=at)
    prefer(database, Preferences(title="x"), at=at + MINUTE)
    renew_link(database, SECRET, wall, at=at + HOUR)
    says(database, wall, at=at + HOUR, edition=1)

    with database.read() as session:
        edition = session.get_one(Edition, 1)
        told = edition_deliveries(session, [edition], at=at + HOUR)[1]
    assert told == Delivery(owed=1, confirmed=1)


def test_a_screen_that_was_never_there_had_no_device(database: Database, at: datetime) -> None:
    renew_link(database, SECRET, screen(database, at=at), at=at)

    assert copies(database) == []


def test_who_is_there_just_now_may_be_shown_something_until_it_ends(
    database: Database, at: datetime
) -> None:
    wall = screen(database, at=at)
    is_there(database, wall, at=at)
    renew_link(database, SECRET, wall, at=at + MINUTE)

    assert copies(database) == [(at + MINUTE, at + MINUTE)]


def paired_anew(database: Database, wall: int, lead: int, at: datetime) -> None:
    begun = begin(database, LOOKS, at=at)
    pair_again(database, begun.code, wall, user_id=lead, at=at)


def test_another_device_makes_the_one_before_a_former_one(
    database: Database, lead: int, at: datetime
) -> None:
    wall = screen(database, at=at)
    is_there(database, wall, at=at)
    paired_anew(database, wall, lead, at + HOUR)
    by_link = at, at + HOUR
    assert copies(database) == [by_link]
    with database.read() as session:
        era = session.get_one(Device, wall).era
    note_arrivals(database, {wall: Heard("one", LOOKS, era)}, at=at + HOUR)

    note_others(database, {wall: [Heard("two", LOOKS, era)]}, at=at + HOUR)
    settle(database, wall, "two", at=at + 2 * HOUR)
    paired_anew(database, wall, lead, at + 3 * HOUR)
    assert copies(database) == [by_link, (at, at + 2 * HOUR), (at, at + 3 * HOUR)]


def test_a_first_link_beside_a_device_ends_nothing(
    database: Database, lead: int, at: datetime
) -> None:
    """The next one ends the first."""
    begun = begin(database, LOOKS, at=at)
    wall = pair_new(database, begun.code, ScreenDraft("Lobby"), user_id=lead, at=at)
    is_there(database, wall, at=at)
    renew_link(database, SECRET, wall, at=at + HOUR)
    assert copies(database) == []

    renew_link(database, SECRET, wall, at=at + 2 * HOUR)
    assert copies(database) == [(at, at + 2 * HOUR)]


def test_so_does_whatever_lets_a_revoked_screen_in_again(
    database: Database, lead: int, at: datetime
) -> None:
    one, two = screen(database, at=at), screen(database, "Lobby", at=at)
    is_there(database, one, two, at=at)
    for wall in (one, two):
        revoke_screen(database, wall, at=at + HOUR)
    paired_anew(database, one, lead, at + 2 * HOUR)
    renew_link(database, SECRET, two, at=at + 3 * HOUR)

    assert copies(database) == [(at, at + 2 * HOUR), (at, at + 3 * HOUR)]


def test_former_copies_are_forgotten_with_receipts(database: Database, at: datetime) -> None:
    wall = screen(database, at=at)
    is_there(database, wall, at=at)
    renew_link(database, SECRET, wall, at=at)

    forget_receipts(database, at=at + KEPT)
    assert len(copies(database)) == 1
    forget_receipts(database, at=at + KEPT + MINUTE)
    assert copies(database) == []
