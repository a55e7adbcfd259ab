"""Putting a backup back, so that every wall notices."""

import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import update

from signage.actions.audit import note
from signage.actions.epochs import renew_epochs
from signage.actions.setup import set_up
from signage.actions.witness import keep, seen_now
from signage.errors import Invalid, NotFound, Problem
from signage.keeping.archive import beside, not_a_backup, unpack
from signage.keeping.backup import is_whole, room_for, sqlite_file
from signage.keeping.closing import LOGS, close, logs_of, refuse_open
from signage.keeping.hanging import hanging_again
from signage.keeping.lock import alone
from signage.keeping.shape import Shape, shape_of
from signage.migrate import migrate
from signage.models import Database, Upload
from signage.settings import Settings
from signage.sqlite_file import database_file, mark_of
from signage.words import N_, translate


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    kept: Path | None
    """Where the replaced database lies; None if there was none."""
    other_key: bool
    """SIGNAGE_SECRET_KEY is given and is not the backup's: links and sign-ins have ended."""
    hanging_again: tuple[int, ...]
    """Quotes that were on no wall any more and now are: they were taken down after the backup."""


def restore(settings: Settings, file: Path, *, at: datetime) -> Restored:
    """Put a backup in the place of the database, with new epochs for all feeds.

    All is prepared beside it and checked; then one step changes the two. Raises Refused while a
    server runs, Invalid for what is no whole backup or of a later version, Conflict while
    something else has the database open or the disk is full. After any of these all is as before.
    """
    if not file.is_file():
        raise NotFound(translate(N_("There is no file {file}.")).format(file=file))
    path = database_file(settings) or sqlite_file(settings)
    with alone(settings):
        room_for(file.stat().st_size * 2, path.parent)
        with beside(path) as made:
            try:
                key = unpack(file, made)
                _prepare(made, file, at)
                kept = _put_aside(path, at)
                made.replace(path)
                mark_of(path).unlink(missing_ok=True)  # what is there now was not moved
            finally:
                for log in LOGS:
                    made.with_name(made.name + log).unlink(missing_ok=True)
        other_key = not _keep_key(settings, key, at)
        _tell_the_witness(settings)
        return Restored(kept, other_key, hanging_again(path, kept))


def _prepare(made: Path, file: Path, at: datetime) -> None:
    """Check the copy, bring it up to date, and end the history that walls know."""
    if not is_whole(made):
        raise not_a_backup(file)
    database = Database(f"sqlite:///{made}")
    try:
        shape = shape_of(database)
        if shape is Shape.NONE:
            raise not_a_backup(file)
        if shape is Shape.NEWER:
            text = N_("This backup is of a later version. Install that one, then restore.")
            raise Invalid([Problem("later-version", text)])
        migrate(database)
        set_up(database)
        with database.write() as session:  # a backup leaves out the files that wait
            waiting = update(Upload).where(Upload.state.in_(("previewed", "running")))
            session.execute(waiting.values(state="forgotten"))
            note(session, "restored", user_id=None, at=at)
        renew_epochs(database, at=at, why="restored")
    finally:
        database.engine.dispose()
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _put_aside(path: Path, at: datetime) -> Path | None:
    """Keep what is replaced under another name as well. Whoever has it open keeps its log there:
    then it must stay."""
    if not path.exists():
        return None
    healthy = close(path)
    if healthy:
        refuse_open(path)
    kept = path.with_name(f"{path.name}.{at:%Y%m%dT%H%M%S}.before-restore")
    if kept.exists():
        kept = kept.with_name(f"{path.name}.{secrets.token_hex(4)}.before-restore")
    for log in logs_of(path):  # of a database too damaged to be closed
        path.with_name(path.name + log).replace(kept.with_name(kept.name + log))
    kept.hardlink_to(path)
    return kept


def _keep_key(settings: Settings, key: str, at: datetime) -> bool:
    """Use the backup's secret key from now on; False where a setting says another."""
    if key == settings.secret_key:
        return True
    path = settings.data / "secret-key"
    if not path.exists() or path.read_text("ascii").strip() != settings.secret_key:
        return False
    with beside(path) as made:
        made.touch(mode=0o600)
        made.write_text(key, "ascii")
        path.with_name(f"{path.name}.{at:%Y%m%dT%H%M%S}.before-restore").hardlink_to(path)
        made.replace(path)
    return True


def _tell_the_witness(settings: Settings) -> None:
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database_url)
    keep(seen_now(database, running=False), settings.data)
    database.engine.dispose()
