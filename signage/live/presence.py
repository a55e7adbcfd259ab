"""Which walls are connected, and what each was last told of its programme."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import gevent
from sqlalchemy import select

from signage import logs, meters
from signage.actions.editions import latest_edition
from signage.actions.planned import Plans, plans_now
from signage.actions.programme import Shown, version_of
from signage.live.showing import programme_of, shown_of
from signage.models import Database, Edition, Preferences, Screen, preferences

Emit = Callable[[str, dict[str, Any], str], None]
"""Event, message, room or sid."""

PAGE = 100
"""Walls that are told before others get a turn of the loop."""


@dataclass(slots=True)
class Connection:
    """One socket of one screen."""

    sid: str
    shown: Shown
    key_hash: str
    """Of the link that let it in."""
    told: str | None = None
    """The version of the programme that it was last told; None before its first hello."""
    joined: tuple[str, ...] = ()
    """The feeds whose rooms it is in."""


class Presence:
    """The walls of this process. What screens and company have chosen, and the plan that hangs, is
    kept in memory, and read again when an edition says that it changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connections: dict[str, Connection] = {}
        self._cut: Callable[[str], None] = self.remove
        self._house: tuple[Preferences, Plans] | None = None
        self.edition = 0
        """The latest edition that all walls here were told of; 0 while there is none."""
        self.moves = 0
        """How often following an edition began: a screen read before may be what it was."""

    def on_cut(self, cut: Callable[[str], None]) -> None:
        """Have `cut` called with the sid of a wall whose link was revoked."""
        self._cut = cut

    def add(self, sid: str, screen: Screen) -> None:
        """A wall came, let in by the screen's link of now."""
        self._connections[sid] = Connection(sid, shown_of(screen), screen.key_hash)

    def remove(self, sid: str) -> None:
        """A wall went."""
        self._connections.pop(sid, None)

    def screen_id(self, sid: str) -> int | None:
        """The screen behind a socket; None for one that was not let in, or cut off."""
        connection = self._connections.get(sid)
        return connection.shown.id if connection else None

    def connected(self) -> dict[int, int]:
        """Screen id → number of live sockets."""
        counts: dict[int, int] = {}
        for connection in self._connections.values():
            counts[connection.shown.id] = counts.get(connection.shown.id, 0) + 1
        return counts

    def sids(self) -> Sequence[str]:
        """Every socket of a wall."""
        return tuple(self._connections)

    def feeds(self, sid: str) -> tuple[str, ...]:
        """The names of the feeds that the screen behind a socket is told of."""
        shown = self._connections[sid].shown
        return self._of_house()[1].of(shown.group_id).feeds

    def join(self, sid: str) -> tuple[tuple[str, ...], set[str]]:
        """The feeds of the screen behind a socket, and those that it had before and has no more."""
        connection, names = self._connections[sid], self.feeds(sid)
        left = set(connection.joined) - set(names)
        connection.joined = names
        return names, left

    def tell(self, sid: str, version: object) -> dict[str, Any] | None:
        """The programme of the screen behind a socket, noting that it was told; None where it has
        that `version` already."""
        connection, (chosen, plans) = self._connections[sid], self._of_house()
        shown, planned = connection.shown, plans.of(connection.shown.group_id)
        connection.told = connection.told or version_of(shown, chosen, planned)
        return None if connection.told == version else programme_of(shown, chosen, planned)

    def keep_current(self, emit: Emit, found: Callable[[], None] = lambda: None) -> None:
        """Follow editions that were not followed yet: tell walls whose programme changed, cut off
        those whose link was revoked or renewed. `found` is called before that is begun."""
        with self._database.read() as session:
            if (latest := latest_edition(session)) == self.edition:
                return
            newer = select(Edition.screen_id).where(Edition.id > self.edition)
            # A lower number: the database was put back, and any screen may be another.
            concerned = set(session.scalars(newer)) if latest > self.edition else {None}
            house = preferences(session), plans_now(session)
        found()
        self.moves += 1
        self._house = house
        walls = [
            connection
            for connection in list(self._connections.values())
            if None in concerned or connection.shown.id in concerned
        ]
        for page in _pages(walls):
            self._follow(page, emit)
            gevent.sleep(0)
        # Only now: what failed half way is begun again.
        self.edition = latest

    def _follow(self, walls: Collection[Connection], emit: Emit) -> None:
        with self._database.read() as session:
            ids = {connection.shown.id for connection in walls}
            found = session.scalars(select(Screen).where(Screen.id.in_(ids))).all()
        screens = {screen.id: screen for screen in found}
        for connection in walls:
            if connection.sid not in self._connections:
                continue  # it went meanwhile
            screen = screens.get(connection.shown.id)
            if screen is None or not _lets_in(screen, connection):
                self._cut_off(connection, emit)
            else:
                self._show(connection, shown_of(screen), emit)

    def _cut_off(self, connection: Connection, emit: Emit) -> None:
        meters.CUT_OFF.labels("revoked").inc()
        logs.event("cut-off", reason="revoked", screen=connection.shown.id)
        self.remove(connection.sid)
        emit("bye", {"reason": "revoked"}, connection.sid)
        self._cut(connection.sid)

    def _show(self, connection: Connection, shown: Shown, emit: Emit) -> None:
        chosen, plans = self._of_house()
        connection.shown, planned = shown, plans.of(shown.group_id)
        version = version_of(shown, chosen, planned)
        if connection.told not in {None, version}:
            connection.told = version
            emit("programme", programme_of(shown, chosen, planned), connection.sid)

    def _of_house(self) -> tuple[Preferences, Plans]:
        if self._house is None:
            with self._database.read() as session:
                self._house = preferences(session), plans_now(session)
        return self._house


def _lets_in(screen: Screen, connection: Connection) -> bool:
    return screen.revoked_at is None and screen.key_hash == connection.key_hash


def _pages(walls: Collection[Connection]) -> Iterator[Collection[Connection]]:
    left = iter(walls)
    while page := list(islice(left, PAGE)):
        yield page
