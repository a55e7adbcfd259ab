"""A PostgreSQL database in which nothing is yet: filled whole, or left as it was."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from signage.errors import Conflict, Invalid, Problem
from signage.migrate import make_tables, wait_for_turn
from signage.models import Database
from signage.models.trouble import trouble
from signage.words import N_, translate

_ANYTHING = text(
    "SELECT name FROM ("
    " SELECT oid, 'pg_class'::regclass AS kind, relname AS name, relnamespace AS place"
    " FROM pg_class"
    " UNION ALL SELECT oid, 'pg_proc'::regclass, proname, pronamespace FROM pg_proc"
    ") AS things JOIN pg_namespace ON pg_namespace.oid = place "
    "WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' AND NOT EXISTS ("
    " SELECT FROM pg_depend WHERE classid = kind AND objid = things.oid AND deptype = 'e'"
    ") ORDER BY kind DESC, name LIMIT 1"
)
"""One table, index, view or function that is there, but for what belongs to an extension."""

_PLACE = re.compile(r"COPY \w+, line \d+(, column \w+)?")
"""The part of where an error arose that quotes no row."""


@contextmanager
def empty_target(url: str) -> Iterator[Connection]:
    """A connection to an empty database in which the migrations have made all tables. It is one
    transaction, committed at the end: any error before leaves the database empty, and a server that
    is started on it meanwhile waits for the end.

    Raises Conflict for a database that does not answer or refuses, or that went away before it said
    whether it has committed; Invalid for one that is not empty or cannot hold every letter.
    """
    database = Database(url)
    committing = False
    try:
        with database.engine.begin() as connection:
            _wait(connection)
            _check(connection)
            make_tables(connection)
            yield connection
            connection.exec_driver_sql("ANALYZE")  # or it would plan the first hour by guesses
            committing = True
    except (DBAPIError, psycopg.Error) as error:
        if (said := _said_by(error, committing)) is None:
            raise
        raise Conflict(said) from error
    finally:
        database.engine.dispose()


def _wait(connection: Connection) -> None:
    # A source that is slow to read is no reason to be thrown out.
    connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
    wait_for_turn(connection)


def _check(connection: Connection) -> None:
    if (name := connection.scalar(_ANYTHING)) is not None:
        said = N_(
            "The database that SIGNAGE_MOVE_TO names is not empty: {name} is in it. Make another "
            "with createdb, and name that. Nothing was moved."
        )
        raise Invalid([Problem("not-empty", said, None, {"name": str(name)})])
    if (encoding := connection.exec_driver_sql("SHOW server_encoding").scalar()) != "UTF8":
        said = N_(
            "The database that SIGNAGE_MOVE_TO names keeps text as {encoding}, which has no room "
            "for every letter. Make it with createdb --encoding=UTF8 --template=template0. Nothing "
            "was moved."
        )
        raise Invalid([Problem("not-utf8", said, None, {"encoding": str(encoding)})])


def _said_by(error: DBAPIError | psycopg.Error, committing: bool) -> str | None:
    """What PostgreSQL says, without the values of any row; None for errors that are not its own."""
    own = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(own, psycopg.Error):
        return None
    reason = (own.diag.message_primary or str(own).partition("\n")[0]).rstrip(".")
    if place := _PLACE.match(own.diag.context or ""):
        reason = f"{reason} ({place[0]})"
    if committing and trouble(error) == "away":
        said = N_(
            "The database that SIGNAGE_MOVE_TO names went away before it said whether all is "
            "there: {reason}. Before you start any server, name it in DATABASE_URL and see with "
            "signage doctor what it holds. If it is empty, move again."
        )
    elif trouble(error) == "away":
        said = N_(
            "The database that SIGNAGE_MOVE_TO names does not answer: {reason}. See that it runs, "
            "and that the address is right. Nothing was moved."
        )
    else:
        said = N_("PostgreSQL refuses: {reason}. Nothing was moved.")
    return translate(said).format(reason=reason)
