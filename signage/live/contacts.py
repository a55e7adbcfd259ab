"""That a screen came back is written before it is told anything.

Whoever was in contact while words hung may have them, and owes a receipt when they are withdrawn.
What is noted twice a second is forgotten by a crash in between: then nothing would say that a
screen which came back after a while has words again.
"""

from datetime import datetime
from itertools import islice

from signage.actions.see import see
from signage.actions.sights import Sight
from signage.core.copies import UNWRITTEN
from signage.live.together import Together
from signage.models import Database, Screen

AWAY = UNWRITTEN / 2
"""Who was in contact within this is counted without."""
BATCH = 200
"""Screens in one transaction."""


class Contacts:
    """One writing for all who come back in the same moment."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._came: dict[int, Sight] = {}
        self._kept = Together(self._keep)

    def keep(self, screen: Screen, *, at: datetime) -> None:
        """Return when it is written that a screen is in contact. Raises what the database raises;
        then it must not be let in."""
        if screen.last_seen_at is None or at - screen.last_seen_at > AWAY:
            self._came[screen.id] = Sight(at)
            self._kept.get()

    def _keep(self) -> None:
        came, self._came = self._came, {}
        left = iter(came.items())
        while some := dict(islice(left, BATCH)):
            see(self._database, some, {})
