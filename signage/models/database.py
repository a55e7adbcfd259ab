"""The database: one engine, read sessions, and write transactions that never meet on SQLite."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from sqlite3 import Connection as SQLiteConnection
from typing import Any

from sqlalchemy import Engine, Insert, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

BUSY_SECONDS = 5.0
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "secure_delete=ON",  # what is erased is overwritten in the file, not just unlisted
    "cache_size=-32000",
)


class Database:
    """Opens sessions.

    On SQLite a second writer in the same process would wait for the first inside C, where no
    greenlet can go on: the whole server would stand still until the busy timeout. So one lock of
    this process stands around every write transaction there; gevent makes it yield.
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        # Feeds answer with a rev and its items: both must be of one moment.
        self._reader = (
            self.engine
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._writer = threading.RLock()
        self._after_commit: list[Callable[[], None]] = []

    def on_commit(self, call: Callable[[], None]) -> None:
        """Have `call` called after each committed write transaction; it must not raise or wait."""
        self._after_commit.append(call)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one committed state; what it changes is thrown away."""
        with self._sessions(bind=self._reader) as session:
            if self.is_sqlite:
                session.connection().exec_driver_sql("BEGIN")
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back by any error."""
        with self._turn(), self._sessions.begin() as session:
            if self.is_sqlite:
                session.connection().exec_driver_sql("BEGIN IMMEDIATE")
            yield session
        for call in self._after_commit:
            call()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        with self._writer:
            yield


def insert_many(session: Session, statement: Insert, rows: list[dict[str, Any]]) -> None:
    """Run one INSERT for many rows, at least one, all with the same columns; defaults of columns
    are not filled in.

    Handed straight to the driver: SQLAlchemy would take longer to bind each row than SQLite takes
    to store it, and imports have millions.
    """
    dialect = session.get_bind().dialect
    sql = statement.compile(dialect=dialect, column_keys=list(rows[0]))
    for name in rows[0]:
        kind = statement.table.c[name].type.dialect_impl(dialect)
        if process := kind.bind_processor(dialect):
            stored = {value: process(value) for value in {row[name] for row in rows}}
            for row in rows:
                row[name] = stored[row[name]]
    given = [*map(itemgetter(*sql.positiontup), rows)] if sql.positiontup else rows
    session.connection().exec_driver_sql(str(sql), given)


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True)
    engine = create_engine(
        address,
        poolclass=QueuePool,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: SQLiteConnection, _record: object) -> None:
    # No implicit BEGIN: `write` says BEGIN IMMEDIATE itself, so that a transaction that reads
    # before it writes cannot be refused half way; reads see one committed state each.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
