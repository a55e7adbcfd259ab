"""What keeps the database from doing its work just now, told from its errors."""

import errno
from collections.abc import Mapping
from sqlite3 import Error as SQLiteError
from typing import Literal

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from signage.words import N_

Trouble = Literal["away", "busy", "full", "read-only", "broken"]
"""away: it cannot be reached. busy: another's work took too long. full: no room is left on its
disk. read-only: it takes no changes. broken: its disk or its file gives errors."""

TITLES: Mapping[Trouble, str] = {
    "away": N_("The database does not answer"),
    "busy": N_("Too much at once"),
    "full": N_("The disk is full"),
    "read-only": N_("The database takes no changes"),
    "broken": N_("The database’s disk fails"),
}
"""In a few words (English, marked for translation)."""

_SQLITE: dict[int, Trouble] = {
    5: "busy",  # SQLITE_BUSY
    6: "busy",  # SQLITE_LOCKED
    8: "read-only",  # SQLITE_READONLY
    10: "broken",  # SQLITE_IOERR
    11: "broken",  # SQLITE_CORRUPT
    13: "full",  # SQLITE_FULL
    14: "away",  # SQLITE_CANTOPEN
    26: "broken",  # SQLITE_NOTADB
}
_POSTGRESQL: dict[str, Trouble] = {
    "25006": "read-only",  # read_only_sql_transaction: a standby after a fail-over
    "25P03": "busy",  # idle_in_transaction_session_timeout
    "40001": "busy",  # serialization_failure
    "40P01": "busy",  # deadlock_detected
    "53100": "full",  # disk_full
    "55P03": "busy",  # lock_not_available
    "57014": "busy",  # query_canceled: the statement took too long
    "58030": "broken",  # io_error
    "XX001": "broken",  # data_corrupted
    "XX002": "broken",  # index_corrupted
}
_AWAY = ("08", "28", "3D", "53", "57")
"""Classes of errors about connections, sign-ins, missing databases, resources and shutdowns."""
_SYSTEM: dict[int | None, Trouble] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read-only",
    errno.EIO: "broken",
}


def trouble(error: BaseException) -> Trouble | None:
    """Why something could not be done though nothing is wrong with it: doing the very same again
    later can help. None for every other error."""
    if isinstance(error, NoConnection):
        return "busy"
    if isinstance(error, DBAPIError):
        found = _of_driver(error.orig)
        return "away" if error.connection_invalidated and found != "busy" else found
    if isinstance(error, OSError):
        return _SYSTEM.get(error.errno)
    return _of_driver(error)


def _of_driver(error: BaseException | None) -> Trouble | None:
    if isinstance(error, SQLiteError):
        # The low byte names the kind; the others say more about it.
        return _SQLITE.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF)
    if isinstance(error, psycopg.Error):
        state = error.sqlstate
        if state is None:  # it came from the driver itself
            return "away" if isinstance(error, psycopg.OperationalError) else None
        return _POSTGRESQL.get(state) or ("away" if state.startswith(_AWAY) else None)
    return None
