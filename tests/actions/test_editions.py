"""Programmes by number: who changed what walls are told, and which walls follow."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions.editions import latest_edition, note_edition
from signage.actions.prefer import prefer
from signage.actions.screens import ScreenDraft, change_screen, renew_link, revoke_screen
from signage.errors import Invalid, NotFound
from signage.models import Database, Edition, EditionReceipt, Preferences
from tests.screening import SECRET, says, screen

DRAFT = ScreenDraft("Canteen", site="Solna")


def editions(database: Database) -> list[tuple[str, int | None, int | None]]:
    """what, screen and person of each, the oldest first."""
    with database.read() as session:
        rows = session.execute(
            select(Edition.what, Edition.screen_id, Edition.user_id).order_by(Edition.id)
        )
        return [(what, screen_id, user_id) for what, screen_id, user_id in rows]


def seen(database: Database) -> set[tuple[int, int]]:
    """(edition, screen) of each receipt."""
    with database.read() as session:
        rows = session.execute(select(EditionReceipt.edition_id, EditionReceipt.screen_id))
        return {(edition, screen_id) for edition, screen_id in rows}


def test_each_change_of_what_walls_are_told_has_a_number(
    database: Database, lead: int, at: datetime
) -> None:
    wall = screen(database, at=at)

    prefer(database, Preferences(title="Voices"), at=at, user_id=lead)
    change_screen(database, wall, replace(DRAFT, theme="ink"), at=at, user_id=lead)
    renew_link(database, SECRET, wall, at=at)
    revoke_screen(database, wall, at=at, user_id=lead)

    assert editions(database) == [
        ("company", None, lead), ("screen", wall, lead), ("link", wall, None),
        ("revoked", wall, lead),
    ]  # fmt: skip
    with database.read() as session:
        assert latest_edition(session) == 4


def test_what_changes_nothing_has_none(database: Database, at: datetime) -> None:
    wall = screen(database, at=at)
    prefer(database, Preferences(), at=at)
    change_screen(database, wall, DRAFT, at=at)
    revoke_screen(database, wall, at=at)
    revoke_screen(database, wall, at=at)
    revoke_screen(database, 77, at=at)

    assert editions(database) == [("revoked", wall, None)]


def test_what_is_refused_has_none(database: Database, at: datetime) -> None:
    wall = screen(database, at=at)
    with pytest.raises(Invalid):
        prefer(database, Preferences(title=""), at=at)
    with pytest.raises(Invalid):
        change_screen(database, wall, replace(DRAFT, name=""), at=at)
    with pytest.raises(NotFound):
        renew_link(database, SECRET, 77, at=at)

    assert editions(database) == []
    with database.read() as session:
        assert latest_edition(session) == 0


def test_what_did_not_commit_has_no_number(database: Database, at: datetime) -> None:
    with suppress(RuntimeError), database.write() as session:
        note_edition(session, "company", at=at)
        raise RuntimeError

    assert editions(database) == []


def test_a_wall_that_has_applied_one_has_seen_all_before_it(
    database: Database, at: datetime
) -> None:
    wall, other = screen(database, at=at), screen(database, "Lobby", at=at)
    prefer(database, Preferences(title="One"), at=at)
    change_screen(database, other, replace(DRAFT, name="Hall"), at=at)
    prefer(database, Preferences(title="Two"), at=at)

    says(database, wall, at=at, edition=1)
    assert seen(database) == {(1, wall)}
    says(database, wall, other, at=at + timedelta(minutes=1), edition=3)
    says(database, wall, at=at + timedelta(minutes=2), edition=2)

    assert seen(database) == {(1, wall), (3, wall), (1, other), (2, other), (3, other)}


def test_a_wall_that_is_added_owes_nothing_for_what_was_before(
    database: Database, at: datetime
) -> None:
    prefer(database, Preferences(title="One"), at=at)
    wall = screen(database, at=at)

    says(database, wall, at=at, edition=1)

    assert seen(database) == set()
