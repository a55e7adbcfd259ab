"""Commands on their way to screens, and what screens say of them.

Commands are rows. Each process reads those that are to be done, at once after a commit here and
each second anyway, and tells the screens that are connected to it; who connects later is told with
the answer to its hello. A screen does each id once, so being told twice is harmless.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from signage import clock
from signage.actions.commands import Open, by_screen, note_told, open_commands, settle
from signage.core.commands import Said, read_said
from signage.live.presence import Emit, Presence
from signage.live.sweep import Sweep
from signage.models import Database


class Commanding:
    """Those of the screens of this process. `wake_others` wakes other processes; it must not
    wait."""

    def __init__(
        self,
        database: Database,
        presence: Presence,
        emit: Emit,
        wake_others: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._presence = presence
        self._emit = emit
        self._wake_others = wake_others
        self._open: Mapping[int, list[Open]] = {}
        self._told: set[int] = set()
        self._said: dict[int, tuple[int, Said]] = {}
        self._sweep = Sweep("commanding", lambda: self.carry(at=clock.now()))
        self._listens = False

    def start(self) -> None:
        """Begin; again is harmless."""
        if not self._listens:
            self._listens = True
            self._database.on_commit(self.look)
        self._sweep.start()

    def stop(self) -> None:
        """End."""
        self._sweep.stop()

    def look(self) -> None:
        """Something committed somewhere."""
        self._sweep.wake()

    def waiting(self, screen_id: int, *, at: datetime) -> list[dict[str, Any]]:
        """What a screen that says hello is to do."""
        mine = [each for each in self._open.get(screen_id, ()) if at < each.expires_at]
        self._told.update(each.id for each in mine)
        return [each.as_told() for each in mine if each.id not in self._said]

    def heard(self, screen_id: int, told: Mapping[str, Any]) -> None:
        """What a screen says of a command; made-up ones are dropped here."""
        said = read_said(told)
        if said and any(each.id == said.id for each in self._open.get(screen_id, ())):
            self._said[said.id] = screen_id, said
            self._sweep.wake()

    def carry(self, *, at: datetime) -> None:
        """Keep what was said, and tell what is new."""
        said, self._said = self._said, {}
        try:
            if said:
                settle(self._database, said.values(), at=at)
        except BaseException:
            self._said = {**said, **self._said}
            raise
        with self._database.read() as session:
            now = by_screen(open_commands(session, at=at))
        before = {each.id for mine in self._open.values() for each in mine}
        new = [each for mine in now.values() for each in mine if each.id not in before]
        self._open = now
        if new:
            self._wake_others()
            self._tell(new)
        told, self._told = self._told, set()
        note_told(self._database, told, at=at)

    def _tell(self, new: list[Open]) -> None:
        meant = {each.screen_id for each in new}
        sids = self._presence.sids_of(meant)
        for each in new:
            for sid in sids.get(each.screen_id, ()):
                self._emit("command", each.as_told(), sid)
                self._told.add(each.id)
