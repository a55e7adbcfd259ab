"""Copying the database while it is in use."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.keeping.archive import beside, pack
from signage.settings import Settings
from signage.sqlite_file import database_file
from signage.words import N_, translate

BUSY_SECONDS = 30.0


def back_up(settings: Settings, file: Path, *, force: bool, at: datetime) -> None:
    """Write a backup of the database and the secret key to `file`, of one moment between two
    transactions; whoever works on the database goes on meanwhile.

    Files that wait for their import are left out. Raises Invalid for a database that is damaged or
    is not SQLite's, Conflict where there is a file already, NotFound where there is no database.
    """
    source = sqlite_file(settings)
    if file.exists() and not force:
        text = translate(N_("{file} is there already. Name another file, or add --force."))
        raise Conflict(text.format(file=file.name))
    if not file.parent.is_dir():
        raise NotFound(translate(N_("There is no folder {folder}.")).format(folder=file.parent))
    room_for(source.stat().st_size * 2, file.parent)
    with beside(file.with_suffix(".db")) as made:
        made.touch(mode=0o600)
        copy(source, made)
        if not is_whole(made):
            text = N_("The database is damaged: restore the latest backup. Nothing was written.")
            raise Invalid([Problem("damaged", text)])
        without_pictures(made)
        pack(made, settings.secret_key, file, at=at)


def sqlite_file(settings: Settings) -> Path:
    """The database's file. Raises Invalid for PostgreSQL, saying what to use there."""
    path = database_file(settings)
    if path is None:
        text = N_(
            "This is for SQLite. With PostgreSQL use its own tools: pg_dump --format=custom "
            "--exclude-table-data=screenshots to back up, pg_restore --clean to restore, "
            "then signage doctor --renew-epochs. Keep the secret key with it."
        )
        raise Invalid([Problem("not-sqlite", text)])
    if not path.exists():
        raise NotFound(translate(N_("There is no database yet.")))
    return path


def copy(source: Path, target: Path) -> None:
    """Copy a database to a file, all in one step: a writer meanwhile neither waits nor shows."""
    try:
        with (
            closing(sqlite3.connect(source, timeout=BUSY_SECONDS)) as found,
            closing(sqlite3.connect(target)) as made,
        ):
            found.backup(made)
            # One file, with no log beside it.
            made.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        text = N_("The database cannot be copied: {reason}.")
        raise Invalid([Problem("not-copied", text, None, {"reason": str(error)})]) from error


def without_pictures(path: Path) -> None:
    """Take pictures of screens out of a copy: they are kept for an hour, a backup for longer. A
    database from before there were any has no table for them."""
    with closing(sqlite3.connect(path, isolation_level=None)) as made:
        made.execute("PRAGMA secure_delete=ON")
        named = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'screenshots'"
        if made.execute(named).fetchone():
            made.execute("DELETE FROM screenshots")


def is_whole(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with a file."""
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as found:
            rows = found.execute("PRAGMA integrity_check").fetchall()
            return rows == [("ok",)] and not found.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        return False


def room_for(size: int, folder: Path) -> None:
    """Raises Conflict where the disk has no room for `size` bytes."""
    if shutil.disk_usage(folder).free < size:
        text = translate(N_("There is not enough room on the disk: {size} MB are needed."))
        raise Conflict(text.format(size=size // 2**20 + 1))
