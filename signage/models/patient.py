"""PostgreSQL's connections, which give up a server that says nothing.

The limits of a session (engine.py) are kept by the server: one that hangs, or that is behind a
network which swallows packets, keeps none, and would be waited for until it goes on
(docs/decisions/0060). Whoever gives up has a connection that is closed, as if the server had gone:
what became of the last statement is not known.
"""

from time import monotonic
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.errors import ConnectionTimeout
from psycopg.waiting import READY_R
from sqlalchemy import Connection, Engine, event

RV = TypeVar("RV")

PROMPT_SECONDS = 5.0
"""Within this a server that runs answers a ping, whatever else it has to do."""
MOMENT = 1.0
"""Seconds in which nobody else tries to connect where it was just tried in vain: those who wait for
one another would each take as long."""
FOR_EVER = float("inf")
_STEP = 0.1
"""psycopg's own, from one look at the socket to the next."""


class NoAnswer(psycopg.OperationalError):
    """The server says nothing."""


class Answering:
    """What the connections of one engine know of their server between them."""

    def __init__(self) -> None:
        self.heard = 0
        """How often it said something."""
        self.unanswered = 0
        """How often somebody connected in vain while nobody else heard anything either."""
        self._last_unanswered = -FOR_EVER

    def connect(self, *args: Any, **options: Any) -> "PatientConnection":  # noqa: ANN401 - psycopg's
        """A connection; its address or the product's settings bound how long that takes."""
        if monotonic() - self._last_unanswered < MOMENT:
            raise NoAnswer("the server did not answer a moment ago")
        heard = self.heard
        try:
            connection = PatientConnection.connect(*args, **options)
        except ConnectionTimeout:
            if self.heard == heard:
                self.unanswered += 1
                self._last_unanswered = monotonic()
            raise
        self.heard += 1
        connection.server = self
        return connection


class PatientConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that is closed when its server says nothing for too long."""

    server: Answering
    patience = PROMPT_SECONDS
    """Seconds; more is due to whoever has it, until it goes back to the pool."""

    def wait(
        self, gen: PQGen[RV], interval: float = _STEP, timeout: float | None = None
    ) -> RV:  # fmt: skip
        """Wait for what was asked; raises NoAnswer."""
        try:
            return super().wait(self._listening(gen, interval), interval, timeout)
        except NoAnswer:
            self.close()
            raise

    def _listening(self, gen: PQGen[RV], step: float) -> PQGen[RV]:
        """The same, until it is in vain. Looks are counted, not time: where this process stood
        still, what came meanwhile is found first."""
        unanswered, quiet = self.server.unanswered, 0.0
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    self.server.heard += bool(ready & READY_R)
                    unanswered, quiet = self.server.unanswered, 0.0
                else:
                    quiet += step
                    hangs = self.server.unanswered > unanswered and quiet >= PROMPT_SECONDS
                    if hangs or quiet >= self.patience:
                        raise NoAnswer(f"the server said nothing for {quiet:.0f} s")
                wanted = gen.send(ready)
        except StopIteration as done:
            answer: RV = done.value
            return answer


def give_up_in_time(engine: Engine, patience: float) -> None:
    """Have an engine's connections give up a server that hangs; patience: seconds that whatever is
    asked may take."""
    server = Answering()

    def connect(_dialect: object, _record: object, args: Any, options: Any) -> PatientConnection:  # noqa: ANN401 - psycopg's
        return server.connect(*args, **options)

    def lend(connection: PatientConnection, _record: object, _proxy: object) -> None:
        connection.patience = patience

    def take_back(connection: PatientConnection | None, _record: object) -> None:
        if connection is not None:  # the pool pings it before it lends it again
            connection.patience = PROMPT_SECONDS

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "checkout", lend)
    event.listen(engine, "checkin", take_back)


def wait_for_ever(connection: Connection) -> None:
    """Have a connection wait as long as it takes, until it goes back to its pool."""
    driven = connection.connection.driver_connection
    if isinstance(driven, PatientConnection):
        driven.patience = FOR_EVER
