"""Looking up the screens of walls that knock: after a restart, all of them at once."""

from collections.abc import Mapping

from signage.live.together import Together
from signage.models import Database, Device, Screen
from signage.models.pairing import with_devices


class Knocks:
    """One query for all who knock in the same moment."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._asked: set[int] = set()
        self._found = Together(self._read)

    def screen(self, screen_id: int) -> tuple[Screen | None, Device | None]:
        """The screen and its device as they are now, or None."""
        self._asked.add(screen_id)
        return self._found.get().get(screen_id, (None, None))

    def _read(self) -> Mapping[int, tuple[Screen, Device | None]]:
        asked, self._asked = self._asked, set()
        with self._database.read() as session:
            return with_devices(session, asked)
