"""Dying at a statement, a commit or a message: wherever a process may be when it is killed."""

from sqlite3 import Connection as SQLiteConnection
from typing import Any

import gevent
from sqlalchemy import Engine, event


class Crashed(BaseException):
    """The process is gone. No error: nothing in the product may catch it."""


class Fuse:
    """Burns down by one with each tick; at its end the process dies."""

    def __init__(self) -> None:
        self.left: int | None = None
        """Ticks; None: it does not burn."""
        self.most_pages = 2**30
        """Of the database, as if the disk were full then."""
        self._main = gevent.getcurrent()
        self._raw: list[SQLiteConnection] = []

    def tick(self) -> None:
        """Perhaps die, here and now; what stands on other greenlets stands still for ever."""
        if self.left is None:
            return
        self.left -= 1
        if self.left <= 0:
            self.left = None
            if gevent.getcurrent() is self._main:
                raise Crashed
            self._main.throw(Crashed)

    def watch(self, engine: Engine) -> None:
        """Tick with what an engine does."""
        engine.dispose()
        event.listen(engine, "connect", self._opened)
        event.listen(engine, "checkout", self._bound)
        event.listen(engine, "before_cursor_execute", lambda *_: self.tick())
        event.listen(engine, "commit", lambda *_: self.tick())

    def cut(self, engine: Engine) -> None:
        """Close every connection, whatever it is in the midst of."""
        self.left = None
        for connection in self._raw:
            connection.close()
        engine.dispose(close=False)

    def _opened(self, connection: SQLiteConnection, _record: object) -> None:
        self._raw.append(connection)
        connection.execute("PRAGMA synchronous=OFF")

    def _bound(self, connection: Any, *_: object) -> None:  # noqa: ANN401 - a DBAPI connection
        connection.execute(f"PRAGMA max_page_count={self.most_pages}")
