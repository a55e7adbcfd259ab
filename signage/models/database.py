"""The database: one engine, read sessions, and write transactions that never meet."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum

from sqlalchemy import Connection, Insert, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from signage.models.engine import open_engine


class Turn(IntEnum):
    """PostgreSQL's advisory locks of this product, each held by one process at a time."""

    WRITE = 1
    """Around each write transaction."""
    LEAD = 2
    """By the process that runs the jobs, for as long as it does."""
    MIGRATE = 3
    """While tables are brought up to date."""


TURNS = 0x5167
"""The first of the two numbers of each lock, so that they are nobody else's."""


class Database:
    """Opens sessions.

    One write transaction runs at a time, on PostgreSQL among all processes: what an action has
    looked at stays true until it commits (docs/decisions/0011). Readers never wait.

    The turn is taken within the process first. On SQLite a second writer of the same process would
    wait for the first inside C, where no greenlet can go on: the whole server would stand still
    until the busy timeout. On PostgreSQL, those who wait would use up the connections.
    """

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
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

    @property
    def url(self) -> str:
        """Its address, with the password: for another process, never for a log."""
        return self.engine.url.render_as_string(hide_password=False)

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
        with self._writer, self._sessions.begin() as session:
            if self.is_sqlite:
                session.connection().exec_driver_sql("BEGIN IMMEDIATE")
            else:
                take_turn(session.connection(), Turn.WRITE)
            yield session
        for call in self._after_commit:
            call()

    def empty_log(self) -> None:
        """Fold SQLite's write-ahead log into the file, so that nothing erased is left in it. Where
        somebody is reading just now, the next checkpoint does it."""
        if self.is_sqlite:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def take_turn(connection: Connection, turn: Turn) -> None:
    """Wait for a PostgreSQL lock, and keep it until the transaction ends. What is read from then
    on holds all that its last holder committed."""
    taking = text("SELECT pg_advisory_xact_lock(:turns, :turn)")
    connection.execute(taking, {"turns": TURNS, "turn": int(turn)})


def insert_many(
    session: Session, statement: Insert, columns: Mapping[str, Sequence[object]]
) -> None:
    """Run one INSERT for many rows, given as columns of one length; a default is filled in where it
    is a plain value.

    Handed straight to the driver: SQLAlchemy would take longer to bind a row than SQLite takes to
    store it, and an import has a million.
    """
    dialect = session.get_bind().dialect
    sql = statement.compile(dialect=dialect, column_keys=list(columns))
    names = sql.positiontup or list(sql.params)
    filled = {**{name: _default(statement, name, columns) for name in names}, **columns}
    rows = zip(*(_stored(statement, name, filled[name], dialect) for name in names), strict=True)
    given = list(rows) if sql.positiontup else [dict(zip(names, row, strict=True)) for row in rows]
    if given:
        session.connection().exec_driver_sql(str(sql), given)


def _default(
    statement: Insert, name: str, columns: Mapping[str, Sequence[object]]
) -> Sequence[object]:
    """The values of a column that was not given."""
    default = statement.table.c[name].default
    value = default.arg if isinstance(default, ScalarElementColumnDefault) else None
    return [value] * len(next(iter(columns.values())))


def _stored(
    statement: Insert, name: str, values: Sequence[object], dialect: Dialect
) -> Sequence[object]:
    """The values of a column as the driver takes them."""
    kind = statement.table.c[name].type.dialect_impl(dialect)
    process = kind.bind_processor(dialect)
    if process is None:
        return values
    stored = {value: process(value) for value in set(values)}
    return [stored[value] for value in values]
