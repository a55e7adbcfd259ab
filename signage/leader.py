"""Which of several processes runs the jobs: the one that holds a PostgreSQL lock.

The lock belongs to a connection of its own, so it is free as soon as that connection or its
process ends, and another process takes it within a few seconds. Between losing the connection and
noticing it, two may lead for a moment: every job can run twice. On SQLite there is one process, and
it leads.
"""

import logging
from typing import cast

import gevent
from psycopg import Connection, Error
from sqlalchemy.exc import SQLAlchemyError

from signage import logs, meters
from signage.models import Database
from signage.models.database import TURNS, Turn

_log = logging.getLogger(__name__)

STEP_SECONDS = 2.0
"""From one look at the lock to the next."""
PATIENCE = 5.0
"""Seconds that the database gets to answer before this process leads no more."""
SILENCE = 15
"""Seconds after which the database takes the lock from a process that hangs."""


class Leader:
    """This process's standing; looks after it in a greenlet of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection[tuple[object, ...]] | None = None
        self._leads = database.is_sqlite
        self._running: gevent.Greenlet | None = None

    @property
    def leads(self) -> bool:
        """Whether the jobs are this process's."""
        return self._leads

    def start(self) -> None:
        """Begin; again is harmless."""
        meters.LEADER.set(self._leads)
        if self._running is None and not self._database.is_sqlite:
            self._running = gevent.spawn(self._run)

    def stop(self) -> None:
        """Leave the lock to another process; again is harmless."""
        if self._running is not None:
            self._running.kill(block=False)  # gevent's waiting kill has no bound
            self._running.join(timeout=PATIENCE)
            self._running = None
            self._let_go()
        meters.LEADER.set(0)

    def look(self) -> bool:
        """Take the lock if it is free, or see whether it is still held; gives `leads`."""
        led = self._leads
        try:
            with gevent.Timeout(PATIENCE):
                self._leads = self._holds()
        except (Error, SQLAlchemyError, gevent.Timeout):
            # Whoever asks for the database just now says what is wrong with it.
            self._let_go()
        meters.LEADER.set(self._leads)
        if self._leads and not led:
            logs.event("leading")
        elif led and not self._leads:
            logs.event("leading-ended", level=logging.WARNING)
        return self._leads

    def _run(self) -> None:
        while True:
            try:
                self.look()
            except Exception:  # whatever it was, the next look must come
                _log.exception("cannot see who leads")
            gevent.sleep(STEP_SECONDS)

    def _holds(self) -> bool:
        if self._connection is None:
            self._connection = self._connect()
        if self._leads:
            # The lock lives as long as its connection does: an answer says that both do.
            self._connection.execute("SELECT 1")
            return True
        taking = "SELECT pg_try_advisory_lock(%s, %s)"
        taken = self._connection.execute(taking, (TURNS, int(Turn.LEAD))).fetchone()
        return taken == (True,)

    def _connect(self) -> Connection[tuple[object, ...]]:
        """A connection outside of the pool, closed by the server when nothing is heard on it."""
        pooled = self._database.engine.raw_connection()
        if pooled.driver_connection is None:
            raise Error("the connection broke while it was handed out")
        connection = cast("Connection[tuple[object, ...]]", pooled.driver_connection)
        pooled.detach()
        connection.autocommit = True
        for name, value in (("idle_session_timeout", SILENCE * 1000), ("tcp_keepalives_idle", 5)):
            # The first of them came with PostgreSQL 14.
            asked = "SELECT set_config(name, %s, false) FROM pg_settings WHERE name = %s"
            connection.execute(asked, (str(value), name))
        return connection

    def _let_go(self) -> None:
        self._leads = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None
