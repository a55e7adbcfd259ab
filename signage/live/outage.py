"""Faults that last: said once when they begin and once when they are over."""

import logging

from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from signage import logs

COUNTED = frozenset({"later", "database"})
"""Why sockets are refused and cut off meanwhile: every one is counted, none has a line."""

log = logging.getLogger(__name__)

_EXPECTED = (SQLAlchemyError, RedisError, OSError)
"""Another part that does not answer. Anything else is ours, and where it came from is wanted."""


class Outage:
    """Whether one thing works just now."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.lasts = False

    def failed(self, error: BaseException) -> None:
        """It did not work; only the first time in a row is worth a line."""
        if self.lasts:
            return
        self.lasts = True
        # The kind alone: what an error says may quote what it was about.
        logs.event("failing", level=logging.WARNING, what=self._name, error=type(error).__name__)
        if not isinstance(error, _EXPECTED):
            log.error("%s fails, and should not", self._name, exc_info=error)

    def healed(self) -> None:
        """It worked."""
        if self.lasts:
            self.lasts = False
            logs.event("healed", level=logging.WARNING, what=self._name)
