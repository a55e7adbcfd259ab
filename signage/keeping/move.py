"""An installation's data from SQLite to PostgreSQL, and the way back."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from signage.actions.audit import note
from signage.actions.epochs import renew_in
from signage.actions.setup import set_up
from signage.actions.witness import keep, kept, seen_now, tells
from signage.errors import BadSetting, Invalid, NotFound, Problem
from signage.keeping.backup import is_whole
from signage.keeping.closing import close, refuse_open
from signage.keeping.copying import OnProgress, copy_rows
from signage.keeping.lock import alone
from signage.keeping.shape import Shape, shape_of
from signage.keeping.target import empty_target
from signage.migrate import migrate
from signage.models import Database
from signage.settings import Settings
from signage.sqlite_file import database_file, mark_moved, mark_of, refuse_moved
from signage.words import N_, translate


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did."""

    file: Path
    """The database that was copied. It is as it was."""
    rows: int
    renewed: bool
    """Whether walls take everything anew, because the database had lost what they know."""
    marked: bool
    """Whether a server on the old database would be stopped."""


def move(settings: Settings, *, at: datetime, on_progress: OnProgress) -> Moved:
    """Copy everything into the empty database that `move_to` names, in one transaction of its own,
    and mark the old one. Feeds keep epoch and rev: to walls nothing has happened.

    Nobody works on the old one meanwhile, and nothing in it is changed. Raises Refused while a
    server runs or where the data were moved before; BadSetting, NotFound, Conflict or Invalid for
    what else is not as it must be. After any of these all is as before.
    """
    file = _file_of(settings)
    if not settings.move_to:
        raise BadSetting(
            "SIGNAGE_MOVE_TO must name an empty PostgreSQL database, as "
            "postgresql+psycopg://user:password@host/name"
        )
    with alone(settings):
        refuse_moved(settings)
        _check(file)
        with _opened(settings) as source:
            _check_shape(source)
            why = tells(kept(settings.data), source)
            with source.write() as session, empty_target(settings.move_to) as target:
                rows = copy_rows(session.connection(), target, on_progress)
                _go_on(target, why, at)
        return Moved(file, rows, why is not None, _mark(file, at))


def file_to_go_back_to(settings: Settings) -> Path:
    """The SQLite database that was moved. Raises Invalid where the settings name another kind, and
    NotFound where nothing was moved."""
    if (file := database_file(settings)) is None:
        text = N_(
            "DATABASE_URL names no SQLite database. Set it as it was before the move, or leave it "
            "out if it was not set."
        )
        raise Invalid([Problem("not-sqlite", text)])
    if not mark_of(file).exists():
        told = N_("The data of {file} were not moved: there is nothing to go back from.")
        raise NotFound(translate(told).format(file=file))
    return file


def move_back(settings: Settings, *, at: datetime) -> None:
    """Go on with a SQLite database that was moved. Walls may know other things from PostgreSQL by
    the same numbers, so every feed gets a new epoch. Raises what `file_to_go_back_to` raises, and
    Refused while a server runs."""
    with alone(settings):
        file = file_to_go_back_to(settings)
        with _opened(settings) as database:
            migrate(database)
            set_up(database)
            with database.write() as session:
                renew_in(session, "asked", at)
                note(session, "moved-back", user_id=None, at=at)
            keep(seen_now(database, running=False), settings.data)
        mark_of(file).unlink()


def _file_of(settings: Settings) -> Path:
    if (file := database_file(settings)) is None:
        text = N_(
            "DATABASE_URL names no SQLite database, and what moves is SQLite’s. Leave it as it "
            "was, and name the PostgreSQL database in SIGNAGE_MOVE_TO."
        )
        raise Invalid([Problem("not-sqlite", text)])
    if not file.exists():
        raise NotFound(translate(N_("There is no database yet.")))
    return file


def _check(file: Path) -> None:
    if not os.access(file, os.R_OK | os.W_OK):  # SQLite would tell of something else
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
    whole = close(file)
    if whole:
        refuse_open(file)
    if not whole or not is_whole(file):
        text = N_("The database is damaged: restore the latest backup. Nothing was moved.")
        raise Invalid([Problem("damaged", text)])


def _check_shape(source: Database) -> None:
    """To bring its tables up to date would change it; a start does that."""
    texts = {
        Shape.OLDER: N_(
            "The database is of an earlier version: start the server of this one, see that all is "
            "well, and stop it. Nothing was moved."
        ),
        Shape.NEWER: N_("The database is of a later version. Install that one, then move."),
        Shape.NONE: N_("There is nothing of this product in the database. Nothing was moved."),
    }
    if (shape := shape_of(source)) is not Shape.CURRENT:
        raise Invalid([Problem(f"shape-{shape.value}", texts[shape])])


def _go_on(target: Connection, why: str | None, at: datetime) -> None:
    """What the new database knows that the old one does not."""
    with Session(target) as session:
        if why is not None:  # SQLite lost its last moments, or was put back: its next start is this
            renew_in(session, why, at)
        note(session, "moved", user_id=None, at=at)
        session.flush()


def _mark(file: Path, at: datetime) -> bool:
    """After the commit: a mark that said more than is true would be worse than none."""
    try:
        mark_moved(file, at=at)
    except OSError:
        return mark_of(file).exists()
    return True


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        database.engine.dispose()
