"""That a screen came back is in the database before it is told a word."""

from datetime import datetime, timedelta

import gevent
import pytest
from sqlalchemy.exc import OperationalError

from signage.live import contacts
from signage.live.contacts import AWAY, BATCH, Contacts
from signage.models import Database, Screen
from tests.live.conftest import Wall
from tests.live.test_sightings import many, seen_at
from tests.screening import is_there, screen
from tests.serving import Server
from tests.web.conftest import statements

SECOND = timedelta(seconds=1)


def row(database: Database, screen_id: int) -> Screen:
    with database.read() as session:
        return session.get_one(Screen, screen_id)


@pytest.mark.both
def test_who_was_never_heard_or_was_away_is_written_at_once(
    database: Database, at: datetime
) -> None:
    wall, kept = screen(database, at=at), Contacts(database)

    kept.keep(row(database, wall), at=at)
    assert seen_at(database, wall) == at

    later = at + AWAY + SECOND
    kept.keep(row(database, wall), at=later)
    assert seen_at(database, wall) == later


def test_who_was_here_just_now_costs_nothing(database: Database, at: datetime) -> None:
    wall = screen(database, at=at)
    is_there(database, wall, at=at)
    known = row(database, wall)

    with statements(database) as seen:
        Contacts(database).keep(known, at=at + AWAY)

    assert seen == []
    assert seen_at(database, wall) == at


def test_all_who_come_in_one_moment_are_written_together(database: Database, at: datetime) -> None:
    ids, kept = many(database, BATCH + 2, at), Contacts(database)
    rows = [row(database, id_) for id_ in ids]

    with statements(database) as seen:
        gevent.joinall([gevent.spawn(kept.keep, each, at=at) for each in rows], raise_error=True)

    assert {seen_at(database, id_) for id_ in ids} == {at}
    assert len([one for one in seen if one.startswith("UPDATE screens")]) == 2


def test_what_cannot_be_written_is_not_kept_quiet(
    database: Database, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall, kept = screen(database, at=at), Contacts(database)

    def full(*_: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("database or disk is full"))

    with monkeypatch.context() as patch:
        patch.setattr(contacts, "see", full)
        with pytest.raises(OperationalError):
            kept.keep(row(database, wall), at=at)

    kept.keep(row(database, wall), at=at)
    assert seen_at(database, wall) == at


def test_a_wall_that_was_let_in_is_written_already(
    server: Server, screen: tuple[int, str], wall: Wall
) -> None:
    wall.connect({"token": screen[1], "protocol": 1})

    assert seen_at(server.database, screen[0]) is not None
