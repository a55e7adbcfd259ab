"""Whether anything else has a SQLite database open."""

import sqlite3
from contextlib import closing
from pathlib import Path

from signage.errors import Conflict
from signage.words import N_, translate

LOGS = ("-wal", "-shm")


def close(path: Path) -> bool:
    """Fold a database's log into it, as its last user does; False where it is too damaged."""
    try:
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError:
        return True  # in use: its log tells
    except sqlite3.DatabaseError:
        return False
    return True


def logs_of(path: Path) -> list[str]:
    """The logs beside a database: after `close`, whoever has it open keeps them there."""
    return [log for log in LOGS if path.with_name(path.name + log).exists()]


def refuse_open(path: Path) -> None:
    """Raises Conflict where logs are left, after `close`."""
    if logs_of(path):
        text = N_("Something else has the database open, e.g. an import. Let it end first.")
        raise Conflict(translate(text))
