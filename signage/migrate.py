"""Bringing the database to the shape that this version needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from time import monotonic

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from signage.models import Database
from signage.models.database import Turn, take_turn
from signage.models.patient import wait_for_ever
from signage.models.trouble import trouble
from signage.places import PACKAGE

PATIENCE = 600
"""Seconds: how long who starts waits at most for another who migrates the same SQLite file."""


def migrate(database: Database) -> None:
    """Run the migrations that are missing; nothing to do is the usual case. Several processes may
    start at once: one does the work, the others wait for it and find it done."""
    config = alembic_config()
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        if database.is_sqlite:
            with without_references(connection):
                _begin(connection)
                command.upgrade(config, "head")
        else:
            wait_for_turn(connection)
            command.upgrade(config, "head")


def make_tables(connection: Connection) -> None:
    """Run all migrations on an empty PostgreSQL database in the transaction that the connection is
    in: whoever began it commits it."""
    config = alembic_config()
    config.attributes.update(connection=connection, commit=False)
    command.upgrade(config, "head")


def wait_for_turn(connection: Connection) -> None:
    """Take PostgreSQL's turn to migrate, until the transaction ends. A migration may take longer
    than any request would wait; the limits end with the transaction, too."""
    for limit in ("statement_timeout", "lock_timeout"):
        connection.exec_driver_sql(f"SET LOCAL {limit} = 0")
    wait_for_ever(connection)
    take_turn(connection, Turn.MIGRATE)


def alembic_config() -> Config:
    """Alembic, told where the migrations lie."""
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "migrations"))
    return config


@cache
def newest() -> str | None:
    """The revision that this version needs the database to be at."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


@contextmanager
def without_references(connection: Connection) -> Iterator[None]:
    """Where SQLite makes a table anew it drops the old one, and with it what refers to its rows
    (sqlite.org/lang_altertable.html, 7)."""
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()  # what was not committed; in a transaction the next would do nothing
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    """Wait for another process that migrates, which takes longer than any request. SQLite is asked
    again and again: in one long wait of its own nobody could stop the command."""
    patient_until = monotonic() + PATIENCE
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if trouble(error) != "busy" or monotonic() > patient_until:
                raise
        else:
            return
