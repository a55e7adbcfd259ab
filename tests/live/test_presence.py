"""Which walls are told of a change of screens, links and preferences."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import delete, event

from signage.actions.groups import add_group
from signage.actions.prefer import prefer
from signage.actions.programme import programme
from signage.actions.screens import (
    ScreenDraft,
    add_screen,
    change_screen,
    renew_link,
    revoke_screen,
    screen_of,
)
from signage.live.encoding import dumps, loads
from signage.live.presence import PAGE, Presence
from signage.models import Database, Edition, Preferences, Screen, preferences
from tests.planning import planned_lunch, publish

KEY = "k" * 32

pytestmark = pytest.mark.both


class Walls:
    """Walls of one process, and what each was told."""

    def __init__(self, database: Database, n: int, at: datetime) -> None:
        self.database = database
        self.presence = Presence(database)
        self.presence.on_cut(self._cut)
        self.told: list[tuple[str, Any, str]] = []
        self.cut: list[str] = []
        self.follow()
        for number in range(1, n + 1):
            _, key = add_screen(database, KEY, ScreenDraft(f"Wall {number}"), at=at)
            self.presence.add(f"sid-{number}", screen_of(database, KEY, key))
            self.presence.tell(f"sid-{number}", None)

    def follow(self) -> None:
        self.presence.keep_current(self._emit)

    def _emit(self, name: str, message: dict[str, Any], sid: str) -> None:
        self.told.append((name, loads(dumps(message)), sid))

    def _cut(self, sid: str) -> None:
        self.cut.append(sid)


@pytest.fixture
def walls(database: Database, at: datetime) -> Walls:
    """Three walls; the first screen has the number 1."""
    return Walls(database, 3, at)


def screen_numbered(database: Database, screen_id: int) -> Screen:
    with database.read() as session:
        return session.get_one(Screen, screen_id)


def test_while_nothing_changed_one_query_is_all(walls: Walls) -> None:
    seen: list[str] = []
    event.listen(walls.database.engine, "before_cursor_execute", lambda *told: seen.append(told[2]))

    walls.follow()

    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 1
    assert walls.told == []


def test_a_choice_of_the_company_is_told_to_all(walls: Walls, at: datetime) -> None:
    chosen = Preferences(title="Kundröster")
    prefer(walls.database, chosen, at=at)

    walls.follow()

    assert [(name, sid) for name, _, sid in walls.told] == [
        ("programme", f"sid-{number}") for number in (1, 2, 3)
    ]
    assert walls.told[0][1] == programme(screen_numbered(walls.database, 1), chosen)


def test_a_choice_that_no_wall_shows_is_told_to_none(walls: Walls, at: datetime) -> None:
    prefer(walls.database, Preferences(grace_seconds=77), at=at)

    walls.follow()

    assert walls.told == []


def test_a_screen_that_is_set_up_differently_is_told_alone(walls: Walls, at: datetime) -> None:
    change_screen(walls.database, 2, ScreenDraft("Lobby", theme="paper"), at=at)

    walls.follow()
    walls.follow()

    assert [(name, said["theme"], sid) for name, said, sid in walls.told] == [
        ("programme", "paper", "sid-2")
    ]


def test_who_did_not_say_hello_is_told_by_its_hello(walls: Walls, at: datetime) -> None:
    walls.presence.add("sid-new", screen_numbered(walls.database, 3))
    change_screen(walls.database, 3, ScreenDraft("Lobby"), at=at)

    walls.follow()

    assert [sid for _, _, sid in walls.told] == ["sid-3"]
    told = walls.presence.tell("sid-new", None)
    assert told is not None
    assert told["screen"]["name"] == "Lobby"
    assert walls.presence.tell("sid-new", told["version"]) is None


@pytest.mark.parametrize("by", ["revoking", "renewing"])
def test_a_link_that_ended_cuts_off_who_came_by_it(walls: Walls, at: datetime, by: str) -> None:
    if by == "revoking":
        revoke_screen(walls.database, 2, at=at)
    else:
        renew_link(walls.database, KEY, 2, at=at)

    walls.follow()

    assert walls.told == [("bye", {"reason": "revoked"}, "sid-2")]
    assert walls.cut == ["sid-2"]
    assert set(walls.presence.connected()) == {1, 3}
    assert walls.presence.screen_id("sid-2") is None


def test_what_failed_half_way_is_done_again(database: Database, at: datetime) -> None:
    walls = Walls(database, PAGE + 1, at)
    prefer(database, Preferences(title="Other"), at=at)
    emitted = 0

    def emit(*_: object) -> None:
        nonlocal emitted
        emitted += 1
        if emitted == PAGE:
            raise RuntimeError("a fault")

    with pytest.raises(RuntimeError):
        walls.presence.keep_current(emit)
    change_screen(database, 1, ScreenDraft("Renamed meanwhile"), at=at)
    walls.follow()

    assert [sid for _, _, sid in walls.told] == ["sid-1", f"sid-{PAGE + 1}"]


def test_a_database_that_was_put_back_is_followed(walls: Walls, at: datetime) -> None:
    prefer(walls.database, Preferences(title="Later"), at=at)
    walls.follow()
    walls.told.clear()
    with walls.database.write() as session:
        session.execute(delete(Edition))
    prefer(walls.database, Preferences(), at=at)
    with walls.database.write() as session:
        session.execute(delete(Edition))

    walls.follow()

    with walls.database.read() as session:
        assert preferences(session) == Preferences()
    assert {sid for _, _, sid in walls.told} == {"sid-1", "sid-2", "sid-3"}


def test_who_reads_a_screen_while_an_edition_is_followed_must_read_it_again(
    walls: Walls, at: datetime
) -> None:
    """A wall that is not known yet is not told: what was read of it may be what was."""
    moves = walls.presence.moves
    prefer(walls.database, Preferences(title="Other"), at=at)
    walls.follow()
    assert walls.presence.moves > moves

    moves = walls.presence.moves
    walls.follow()
    assert walls.presence.moves == moves


def test_a_published_plan_is_told_to_the_walls_of_its_group(walls: Walls, at: datetime) -> None:
    group = add_group(walls.database, "Receptions", at=at)
    change_screen(walls.database, 2, ScreenDraft("Wall 2", group_id=group), at=at)
    walls.follow()
    walls.told.clear()
    planned_lunch(walls.database, group=str(group), at=at)
    walls.follow()
    assert walls.told == []

    publish(walls.database, at=at)
    walls.follow()

    assert [(name, sid) for name, _, sid in walls.told] == [("programme", "sid-2")]
    assert walls.told[0][1]["slots"][0]["from"] == "11:00"
    version = walls.told[0][1]["version"]
    assert walls.presence.tell("sid-2", version) is None


def test_a_wall_that_was_moved_while_it_was_away_has_its_new_programme_at_its_hello(
    walls: Walls, at: datetime
) -> None:
    group = add_group(walls.database, "Receptions", at=at)
    planned_lunch(walls.database, group=str(group), at=at)
    publish(walls.database, at=at)
    walls.follow()
    told = walls.presence.tell("sid-1", None)
    assert told
    walls.presence.remove("sid-1")
    change_screen(walls.database, 1, ScreenDraft("Wall 1", group_id=group), at=at)
    walls.follow()

    walls.presence.add("sid-9", screen_numbered(walls.database, 1))

    moved = walls.presence.tell("sid-9", told["version"])
    assert moved
    assert moved["slots"]
    assert "slots" not in told


def test_a_wall_leaves_the_rooms_of_feeds_that_it_has_no_more(walls: Walls) -> None:
    names, left = walls.presence.join("sid-1")
    assert left == set()
    walls.presence._connections["sid-1"].joined = (*names, "f7")

    assert walls.presence.join("sid-1") == (names, {"f7"})


def test_an_old_socket_that_closes_late_leaves_the_new_one_there(walls: Walls) -> None:
    screen = screen_numbered(walls.database, 1)
    walls.presence.add("sid-new", screen)
    walls.presence.remove("sid-1")
    walls.presence.remove("sid-1")

    assert walls.presence.connected()[1] == 1
    assert walls.presence.screen_id("sid-new") == 1
