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
from signage.actions.screens import by_device, by_link
from signage.live.showing import programme_of, shown_of
from signage.models import Database, Device, Edition, Preferences, Screen, preferences
from signage.models.pairing import with_devices

Emit = Callable[[str, dict[str, Any], str], None]
"""Event, message, room or sid."""

PAGE = 100
"""Walls that are told before others get a turn of the loop."""


@dataclass(slots=True)
class Connection:
    """One socket of one screen."""

    sid: str
    shown: Shown
    by: str
    """The link or the device that let it in, as in signage.actions.screens."""
    page: str = ""
    """The word that a player's page made up for itself."""
    told: str | None = None
    """The version of the programme that it was last told; None before its first hello."""
    joined: tuple[str, ...] = ()
    """The feeds whose rooms it is in."""
    has: frozenset[str] | None = None
    """The feeds of which it may show something, by what it said last and was answered."""


class Presence:
    """The walls of this process. What screens and company have chosen, and the plan that hangs, is
    kept in memory, and read again when an edition says that it changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connections: dict[str, Connection] = {}
        self._cut: Callable[[str], None] = self.remove
        self._chose: Callable[[str, int], None] = lambda _, __: None
        self._house: tuple[Preferences, Plans] | None = None
        self.edition = 0
        """The latest edition that all walls here were told of; 0 while there is none."""
        self.moves = 0
        """How often following an edition began: a screen read before may be what it was."""

    def on_cut(self, cut: Callable[[str], None]) -> None:
        """Have `cut` called with the sid of a wall whose link was revoked."""
        self._cut = cut

    def on_chosen(self, chose: Callable[[str, int], None]) -> None:
        """Have `chose` called with the sid of the one player that stays out of two, and the era of
        its device from now on."""
        self._chose = chose

    def add(self, sid: str, screen: Screen, by: str = "", page: str = "") -> None:
        """A wall came, let in `by` a device, or by the screen's link of now."""
        self._connections[sid] = Connection(sid, shown_of(screen), by or by_link(screen), page)

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

    def sids(self, feeds: Collection[str]) -> Sequence[str]:
        """The sockets of walls that are told of one of these feeds, or did not say hello yet."""
        wanted = set(feeds)
        return tuple(
            sid
            for sid, each in self._connections.items()
            if not each.joined or not wanted.isdisjoint(each.joined)
        )

    def sids_of(self, screen_ids: Collection[int]) -> dict[int, list[str]]:
        """Screen id → its sockets, of those that have one here."""
        found: dict[int, list[str]] = {}
        for connection in self._connections.values():
            if connection.shown.id in screen_ids:
                found.setdefault(connection.shown.id, []).append(connection.sid)
        return found

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

    def note(self, sid: str, has: frozenset[str]) -> None:
        """A wall may show something of these feeds, and of no others, until its next hello."""
        self._connections[sid].has = has

    def has(self, sid: str) -> frozenset[str] | None:
        """The same, as noted; None before its first hello."""
        return self._connections[sid].has

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
            found = with_devices(session, ids)
        for connection in walls:
            if connection.sid not in self._connections:
                continue  # it went meanwhile
            screen, device = found.get(connection.shown.id, (None, None))
            if screen is None or not self._lets_in(screen, device, connection):
                self._cut_off(connection, emit)
            else:
                self._show(connection, shown_of(screen), emit)

    def _lets_in(self, screen: Screen, device: Device | None, connection: Connection) -> bool:
        """Whether a wall may stay. Of two players the one that was chosen is given a new token."""
        if screen.revoked_at is not None:
            return False
        now = by_device(device) if device else None
        if device and connection.page and connection.page == device.only_page:
            if connection.by not in {now, by_link(screen)}:
                self._chose(connection.sid, device.era)
            connection.by = by_device(device)
        return connection.by in {by_link(screen), now}

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


def _pages(walls: Collection[Connection]) -> Iterator[Collection[Connection]]:
    left = iter(walls)
    while page := list(islice(left, PAGE)):
        yield page
