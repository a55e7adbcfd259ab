"""Which walls are connected, and what each was last told of its programme."""

from collections.abc import Callable
from dataclasses import astuple, dataclass
from typing import Any

from sqlalchemy import select

from signage.actions.programme import programme
from signage.models import Database, Preferences, Screen, preferences


@dataclass(slots=True)
class Connection:
    """One socket of one screen."""

    sid: str
    screen_id: int
    key_hash: str
    """Of the link that let it in."""
    told: object = None
    """What its programme was made of when it was last told."""


class Presence:
    """The walls of this process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connections: dict[str, Connection] = {}
        self._cut: Callable[[str], None] = self.remove

    def on_cut(self, cut: Callable[[str], None]) -> None:
        """Have `cut` called with the sid of a wall whose link was revoked."""
        self._cut = cut

    def add(self, sid: str, screen: Screen) -> None:
        """A wall came, let in by the screen's link of now."""
        self._connections[sid] = Connection(sid, screen.id, screen.key_hash)

    def remove(self, sid: str) -> None:
        """A wall went."""
        self._connections.pop(sid, None)

    def screen_id(self, sid: str) -> int | None:
        """The screen behind a socket."""
        connection = self._connections.get(sid)
        return connection.screen_id if connection else None

    def let_in(self, sid: str, screen: Screen) -> bool:
        """Whether the link that let a socket in still does: it was neither revoked nor renewed."""
        connection = self._connections.get(sid)
        return connection is not None and _lets_in(screen, connection)

    def connected(self) -> dict[int, int]:
        """Screen id → number of live sockets."""
        counts: dict[int, int] = {}
        for connection in self._connections.values():
            counts[connection.screen_id] = counts.get(connection.screen_id, 0) + 1
        return counts

    def tell(self, sid: str, screen: Screen, chosen: Preferences) -> dict[str, Any]:
        """The programme of a screen, noting that this socket was told."""
        if connection := self._connections.get(sid):
            connection.told = _made_of(screen, chosen)
        return programme(screen, chosen)

    def keep_current(self, emit: Callable[[str, dict[str, Any], str], None]) -> None:
        """Tell walls whose programme changed; cut off those whose link was revoked."""
        if not self._connections:
            return
        with self._database.read() as session:
            chosen = preferences(session)
            ids = {connection.screen_id for connection in self._connections.values()}
            found = session.scalars(select(Screen).where(Screen.id.in_(ids))).all()
        screens = {screen.id: screen for screen in found}
        for connection in list(self._connections.values()):
            screen = screens.get(connection.screen_id)
            if screen is None or not _lets_in(screen, connection):
                emit("bye", {"reason": "revoked"}, connection.sid)
                self._cut(connection.sid)
            elif connection.told not in (None, _made_of(screen, chosen)):
                emit("programme", self.tell(connection.sid, screen, chosen), connection.sid)


def _lets_in(screen: Screen, connection: Connection) -> bool:
    return screen.revoked_at is None and screen.key_hash == connection.key_hash


def _made_of(screen: Screen, chosen: Preferences) -> object:
    shown = ("name", "site", "locale", "timezone", "theme", "motion", "diagonal_inch", "distance_m")
    return (astuple(chosen), *(getattr(screen, name) for name in shown))
