"""The database: one engine, read sessions, and write transactions that never meet on SQLite."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from sqlite3 import Connection as SQLiteConnection

from sqlalchemy import Engine, Insert, create_engine, event
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from signage.errors import BadSetting

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

    def empty_log(self) -> None:
        """Fold SQLite's write-ahead log into the file, so that nothing erased is left in it. Where
        somebody is reading just now, the next checkpoint does it."""
        if self.is_sqlite:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        with self._writer:
            yield


def insert_many(
    session: Session, statement: Insert, columns: Mapping[str, Sequence[object]]
) -> None:
    """Run one INSERT for many rows, given as columns of one length; defaults are not filled in.

    Handed straight to the driver: SQLAlchemy would take longer to bind a row than SQLite takes to
    store it, and an import has a million.
    """
    dialect = session.get_bind().dialect
    sql = statement.compile(dialect=dialect, column_keys=list(columns))
    names = sql.positiontup or list(columns)
    rows = zip(*(_stored(statement, name, columns[name], dialect) for name in names), strict=True)
    given = list(rows) if sql.positiontup else [dict(zip(names, row, strict=True)) for row in rows]
    if given:
        session.connection().exec_driver_sql(str(sql), given)


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


def _engine(url: str) -> Engine:
    try:
        address = make_url(url)
        if address.get_backend_name() not in {"sqlite", "postgresql"}:
            raise BadSetting("DATABASE_URL must name a SQLite or PostgreSQL database")
        if address.get_backend_name() == "postgresql":
            return create_engine(address, pool_pre_ping=True, hide_parameters=True)
    except (ArgumentError, ImportError) as error:
        raise BadSetting(f"DATABASE_URL cannot be used: {error}") from error
    engine = create_engine(
        address,
        poolclass=QueuePool,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        hide_parameters=True,  # an error must not carry customers' words into a log
    )
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: SQLiteConnection, _record: object) -> None:
    # No implicit BEGIN: `write` says BEGIN IMMEDIATE itself, so that a transaction that reads
    # before it writes cannot be refused half way; reads see one committed state each.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("fold", 1, _fold, deterministic=True)


def _fold(text: str | None) -> str | None:
    """SQLite's own lower() knows the letters of ASCII only."""
    return None if text is None else text.casefold()
