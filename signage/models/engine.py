"""Connecting to SQLite or PostgreSQL as the product needs it."""

from sqlite3 import Connection as SQLiteConnection
from typing import Any

from psycopg import Connection as PostgreSQLConnection
from psycopg import Error as PostgreSQLError
from psycopg.types.string import StrDumperUnknown
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from signage.errors import BadSetting
from signage.models.patient import FOR_EVER, PROMPT_SECONDS, give_up_in_time

BUSY_SECONDS = 5.0
"""How long SQLite waits for another process's write."""
POOL, OVERFLOW = 10, 10
"""PostgreSQL connections of one process: those kept, and those more in a rush."""
PATIENCE = 10
"""Seconds until a request that gets no connection is told to try again."""

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "secure_delete=ON",  # what is erased is overwritten in the file, not just unlisted
    "cache_size=-32000",
)

_CONNECTED = {
    "connect_timeout": int(PROMPT_SECONDS),
    "application_name": "signage",
    # A server that is gone without a word is noticed within half a minute.
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
_PER_SESSION = {
    "timezone": "UTC",
    "statement_timeout": 60_000,
    "lock_timeout": 15_000,
    # Whoever hangs in the middle of a transaction keeps every writer waiting: it is thrown out.
    "idle_in_transaction_session_timeout": 30_000,
}
"""PostgreSQL's own names; times in milliseconds."""
LONGEST = 60.0 + PROMPT_SECONDS
"""Seconds until a server is given up that does not keep `statement_timeout`."""


def open_engine(url: str) -> Engine:
    """The engine for an address; raises BadSetting for one that cannot be used."""
    try:
        address = make_url(url)
        if address.get_backend_name() == "sqlite":
            return _sqlite(address)
        if address.drivername in {"postgresql", "postgresql+psycopg"}:
            return _postgresql(address)
    except (ArgumentError, ImportError) as error:
        raise BadSetting(f"DATABASE_URL cannot be used: {error}") from error
    raise BadSetting("DATABASE_URL must name a SQLite or PostgreSQL database")


def _postgresql(address: URL) -> Engine:
    options = " ".join(f"-c {name}={value}" for name, value in _PER_SESSION.items())
    wanted = {**_CONNECTED, "options": options}
    engine = create_engine(
        # psycopg 3 alone waits without holding gevent's loop.
        address.set(drivername="postgresql+psycopg"),
        pool_size=POOL,
        max_overflow=OVERFLOW,
        pool_timeout=PATIENCE,
        pool_pre_ping=True,
        pool_use_lifo=True,
        hide_parameters=True,
        # What the address itself says goes before.
        connect_args={name: value for name, value in wanted.items() if name not in address.query},
    )
    # Whose address has options of its own may let statements take any time.
    give_up_in_time(engine, FOR_EVER if "options" in address.query else LONGEST)
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "handle_error", _without_values)
    return engine


class _WithoutNul(StrDumperUnknown):
    """PostgreSQL keeps no NUL in a text. None is ever stored, but a stranger may look for one: it
    finds nothing, as on SQLite, and breaks no statement."""

    def dump(self, obj: str) -> Any:  # noqa: ANN401 - bytes or a buffer, as psycopg has it
        return super().dump(obj.replace("\0", "\ufffd"))


def _prepare_postgresql(connection: PostgreSQLConnection[Any], _record: object) -> None:
    connection.adapters.register_dumper(str, _WithoutNul)


def _without_values(context: ExceptionContext) -> None:
    """PostgreSQL's details quote the row that it refused: customers' words, on their way into a
    log. The first line names what was broken and is enough."""
    error, told = context.original_exception, context.sqlalchemy_exception
    if isinstance(error, PostgreSQLError) and error.diag.message_primary:
        error.args = (error.diag.message_primary,)
        if told is not None:
            told.args = (f"({type(error).__name__}) {error.diag.message_primary}",)


def _sqlite(address: URL) -> Engine:
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
