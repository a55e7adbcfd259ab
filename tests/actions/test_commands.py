"""Commands to screens are done once, in time, or not at all."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions import screens
from signage.actions.commands import (
    KEPT,
    MOST_OPEN,
    command,
    commands_of,
    expire_commands,
    note_told,
    open_commands,
    settle,
)
from signage.actions.screens import ScreenDraft
from signage.core.commands import LIMIT, Said, read_said
from signage.errors import Invalid, NotFound
from signage.models import AuditEntry, Command, Database

DONE = Said(1, "done", "")


@pytest.fixture
def screen(database: Database, at: datetime) -> int:
    return screens.add_screen(database, "a key", ScreenDraft("Canteen"), at=at)[0]


def only(database: Database) -> Command:
    with database.read() as session:
        return session.scalars(select(Command)).one()


def test_the_first_outcome_of_its_own_screen_counts(
    database: Database, lead: int, at: datetime, screen: int
) -> None:
    id_ = command(database, screen, "identify", user_id=lead, at=at)
    with database.read() as session:
        [told] = open_commands(session, at=at)
    assert told.as_told() == {
        "id": id_, "what": "identify", "until": (at + LIMIT).timestamp() * 1000,
    }  # fmt: skip
    note_told(database, [id_], at=at)
    note_told(database, [id_], at=at + LIMIT / 4)

    assert settle(database, [(screen + 1, DONE)], at=at) == 0
    assert settle(database, [(screen, DONE)], at=at) == 1
    assert settle(database, [(screen, Said(1, "failed", "unknown"))], at=at) == 0
    kept = only(database)
    assert (kept.outcome, kept.told_at, kept.settled_at) == ("done", at, at)
    with database.read() as session:
        assert open_commands(session, at=at) == []
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.act, entry.about, entry.detail) == (
        "screen-commanded", f"screen {screen}", "identify",
    )  # fmt: skip


def test_what_is_not_done_in_time_is_given_up(
    database: Database, lead: int, at: datetime, screen: int
) -> None:
    command(database, screen, "reload", user_id=lead, at=at)
    assert expire_commands(database, at=at + LIMIT - timedelta(seconds=1)) == 0
    with database.read() as session:
        assert open_commands(session, at=at + LIMIT) == []
    assert settle(database, [(screen, DONE)], at=at + LIMIT) == 0
    assert expire_commands(database, at=at + LIMIT) == 1
    assert expire_commands(database, at=at + LIMIT) == 0
    assert only(database).outcome == "expired"


def test_they_are_forgotten_in_the_end(
    database: Database, lead: int, at: datetime, screen: int
) -> None:
    command(database, screen, "reload", user_id=lead, at=at)
    settle(database, [(screen, DONE)], at=at)
    later = at + KEPT + LIMIT
    command(database, screen, "reload", user_id=lead, at=later - LIMIT)
    expire_commands(database, at=later)
    with database.read() as session:
        assert [each.id for each in commands_of(session, screen)] == [2]


def test_what_cannot_be_asked_says_why(
    database: Database, lead: int, at: datetime, screen: int
) -> None:
    with pytest.raises(Invalid):
        command(database, screen, "explode", user_id=lead, at=at)
    with pytest.raises(NotFound):
        command(database, 99, "identify", user_id=lead, at=at)
    for _ in range(MOST_OPEN):
        command(database, screen, "identify", user_id=lead, at=at)
    with pytest.raises(Invalid):
        command(database, screen, "identify", user_id=lead, at=at)
    screens.revoke_screen(database, screen, at=at)
    with pytest.raises(Invalid) as refused:
        command(database, screen, "identify", user_id=lead, at=at + LIMIT)
    assert [problem.code for problem in refused.value.problems] == ["revoked"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"id": 1, "outcome": "done"}, DONE),
        ({"id": 1, "outcome": "failed", "detail": "no-page"}, Said(1, "failed", "no-page")),
        ({"id": 1, "outcome": "done", "detail": "quote q12 1920 1080 ink"},
         Said(1, "done", "quote q12 1920 1080 ink")),
        ({"id": 1, "outcome": "done", "detail": "Anna's own words"}, DONE),
        ({"id": 1, "outcome": "done", "detail": ["x"]}, DONE),
        ({"id": True, "outcome": "done"}, None),
        ({"id": "1", "outcome": "done"}, None),
        ({"id": 1, "outcome": "expired"}, None),
        ({"id": 1, "outcome": ["done"]}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_what_a_page_says_is_held_to_bounds(told: dict[str, object], said: Said | None) -> None:
    assert read_said(told) == said
