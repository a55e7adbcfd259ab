"""The states of many screens, asked of the database, are those of the rule for one."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import select

from signage.actions.groups import add_group
from signage.actions.screens import ScreenDraft, add_screen, revoke_screen
from signage.core.hours import hours_of
from signage.core.watching import state_of
from signage.models import Database, Screen
from signage.models.screens import (
    STATES,
    Asked,
    States,
    by_group,
    by_site,
    count_states,
    found,
)

SECRET = "k" * 32
NOON = datetime(2026, 3, 30, 12, tzinfo=UTC)
SILENCES = (None, 0, 59, 61, 179, 181, 3600, 9 * 3600, 40 * 3600)
"""Seconds since a screen was heard."""
NIGHTS = (
    ("Europe/Stockholm", "", "", 20),
    ("Europe/Stockholm", "18:00", "07:00", 20),
    ("Europe/Stockholm", "18:00", "07:00", 0),
    ("America/New_York", "06:00", "08:30", 0),
    ("Asia/Tokyo", "22:00", "21:58", 0),
)


def filled(database: Database, at: datetime) -> None:
    for silence, (zone, start, end, percent) in product(SILENCES, NIGHTS):
        draft = ScreenDraft(
            f"{silence} {zone} {percent}", timezone=zone, night_from=start, night_to=end,
            night_percent=percent,
        )  # fmt: skip
        screen, _ = add_screen(database, SECRET, draft, at=at)
        with database.write() as session:
            seen = None if silence is None else at - timedelta(seconds=silence)
            session.get_one(Screen, screen).last_seen_at = seen


@pytest.mark.both
@pytest.mark.parametrize("hours", [0, 2, 5, 9, 17])
def test_each_state_holds_the_screens_of_the_rule(database: Database, hours: int) -> None:
    at = NOON + timedelta(hours=hours)
    filled(database, at)
    with database.read() as session:
        states = States(session, at)
        screens = session.scalars(select(Screen)).all()
        ruled = {
            screen.id: str(state_of(hours_of(screen), screen.last_seen_at, at=at).state)
            for screen in screens
        }
        asked = {
            screen.id: state
            for state in STATES
            for screen in found(session, Asked(state=state), states, skip=0, size=500)
        }
        counted = count_states(session, states)

    assert asked == ruled
    assert counted == {state: [*ruled.values()].count(state) for state in STATES}


@pytest.mark.both
def test_screens_are_found_by_each_of_their_marks(database: Database, at: datetime) -> None:
    group = add_group(database, "Lobbies", at=at)
    drafts = (
        ScreenDraft("Ömsint", site="Solna", group_id=group, tags=("big", "Öl")),
        ScreenDraft("Plain", site="Oslo", tags=("bigger",)),
        ScreenDraft("Gone", site="Oslo"),
    )
    ids = [add_screen(database, SECRET, draft, at=at)[0] for draft in drafts]
    revoke_screen(database, ids[2], at=at)

    def names(**asked: object) -> list[str]:
        with database.read() as session:
            states = States(session, at)
            rows = found(session, Asked(**asked), states, skip=0, size=9)  # type: ignore[arg-type]
            return [screen.name for screen in rows]

    assert names() == ["Plain", "Ömsint"]
    assert names(site="Oslo") == ["Plain"]
    assert names(site="") == []
    assert names(group=group) == ["Ömsint"]
    assert names(group=0) == ["Plain"]
    assert names(tag="BIG") == names(tag="öl") == ["Ömsint"]
    assert names(words="ömS") == names(words="soln") == ["Ömsint"]
    assert names(words="%") == names(tag='"') == []
    assert names(state="revoked") == ["Gone"]
    with database.read() as session:
        states = States(session, at)
        assert [(each.name, each.screens, each.never) for each in by_site(session, states)] == [
            ("Oslo", 1, 1), ("Solna", 1, 1),
        ]  # fmt: skip
        told = by_group(session, states, {group: "Lobbies"})
    assert [(each.name, each.screens) for each in told] == [("Lobbies", 1), ("", 1)]
