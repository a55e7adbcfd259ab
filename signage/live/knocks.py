"""Looking up the screens of walls that knock: after a restart, all of them at once."""

from collections.abc import Mapping

from sqlalchemy import select

from signage.live.together import Together
from signage.models import Database, Screen


class Knocks:
    """One query for all who knock in the same moment."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._asked: set[int] = set()
        self._found = Together(self._read)

    def screen(self, screen_id: int) -> Screen | None:
        """The screen as it is now, or None."""
        self._asked.add(screen_id)
        return self._found.get().get(screen_id)

    def _read(self) -> Mapping[int, Screen]:
        asked, self._asked = self._asked, set()
        with self._database.read() as session:
            found = session.scalars(select(Screen).where(Screen.id.in_(asked)))
            return {screen.id: screen for screen in found}
