import errno
import sqlite3
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from signage.models import Database, Touchpoint
from signage.models.trouble import TITLES, trouble
from tests.services import fresh_postgres


@pytest.fixture
def postgres() -> Iterator[Database]:
    with fresh_postgres() as url:
        opened = Database(url)
        yield opened
        opened.engine.dispose()


def wrapped(original: Exception) -> DBAPIError:
    return OperationalError("SELECT 1", {}, original)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (wrapped(errors.DiskFull()), "full"),
        (wrapped(errors.ReadOnlySqlTransaction()), "read-only"),
        (wrapped(errors.AdminShutdown()), "away"),
        (wrapped(errors.CannotConnectNow()), "away"),
        (wrapped(errors.TooManyConnections()), "away"),
        (wrapped(errors.InvalidPassword()), "away"),
        (wrapped(errors.DeadlockDetected()), "busy"),
        (wrapped(errors.LockNotAvailable()), "busy"),
        (wrapped(errors.QueryCanceled()), "busy"),
        (wrapped(errors.DataCorrupted()), "broken"),
        (wrapped(psycopg.OperationalError("connection refused")), "away"),
        (errors.DiskFull(), "full"),
        (NoConnection("pool"), "busy"),
        (OSError(errno.ENOSPC, "No space left on device"), "full"),
        (OSError(errno.ENOENT, "No such file"), None),
        (wrapped(errors.UndefinedTable()), None),
        (wrapped(errors.NotNullViolation()), None),
        (wrapped(sqlite3.OperationalError("no such table")), None),
        (ValueError("ours"), None),
    ],
)
def test_what_keeps_the_database_from_its_work(error: Exception, kind: str | None) -> None:
    assert trouble(error) == kind
    assert kind is None or kind in TITLES


def test_a_row_that_is_refused_is_no_trouble_of_the_databases(database: Database) -> None:
    with pytest.raises(IntegrityError) as caught, database.write() as session:
        session.add_all([Touchpoint(name="Shop", position=place) for place in (1, 2)])
    assert trouble(caught.value) is None


@pytest.mark.parametrize(
    ("setting", "statement", "kind"),
    [
        ("statement_timeout = 10", "SELECT pg_sleep(5)", "busy"),
        ("transaction_read_only = on", "DELETE FROM touchpoints", "read-only"),
        ("idle_in_transaction_session_timeout = 1", "SELECT pg_terminate_backend(pg_backend_pid())",
         "away"),
    ],
)  # fmt: skip
def test_what_postgresql_itself_says(
    postgres: Database, setting: str, statement: str, kind: str
) -> None:
    def act() -> None:
        with postgres.write() as session:
            session.execute(text(f"SET LOCAL {setting}"))
            session.execute(text(statement))

    with pytest.raises(DBAPIError) as caught:
        act()
    assert trouble(caught.value) == kind

    with postgres.write() as session:  # and the next one finds a connection that works
        session.add(Touchpoint(name="Shop", position=1))
