"""Where the SQLite database lies, who holds it, and whether its data went on to PostgreSQL.

`signage move` leaves a mark beside the database that it copied. A server that went on with that one
by mistake would take in answers and decisions that PostgreSQL never sees, so none opens it then.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from signage.errors import Refused
from signage.settings import Settings
from signage.words import N_, translate


def database_file(settings: Settings) -> Path | None:
    """Where the SQLite file lies; None for PostgreSQL, for a database in memory, and for an address
    that is none: whoever opens it says so."""
    try:
        address = make_url(settings.database_url)
    except ArgumentError:
        return None
    if address.get_backend_name() != "sqlite" or address.database in {None, "", ":memory:"}:
        return None
    return Path(str(address.database))


@contextmanager
def held(settings: Settings, *, shared: bool, refusal: str) -> Iterator[None]:
    """Hold the file's lock, alone or with others; raises Refused where that cannot be. The lock is
    the kernel's: it ends with the process, however that ends."""
    if (path := database_file(settings)) is None:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.with_name(f"{path.name}.serving").open("a") as stream:
        try:
            fcntl.flock(stream, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(translate(refusal)) from error
        yield


def mark_of(file: Path) -> Path:
    """The mark of a database that was moved; that it is there says so."""
    return file.with_name(f"{file.name}.moved")


def mark_moved(file: Path, *, at: datetime) -> None:
    """Leave the mark, on the disk when this is back: a power cut must not open the database."""
    mark = mark_of(file)
    mark.touch(mode=0o600)
    mark.write_text(f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n", "ascii")
    for path in (mark, mark.parent):
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def is_moved(settings: Settings) -> bool:
    """Whether the database that the settings name is one that was moved away from."""
    file = database_file(settings)
    return file is not None and mark_of(file).exists()


def refuse_moved(settings: Settings) -> None:
    """Raises Refused where the data have moved away."""
    if is_moved(settings):
        text = N_(
            "The data of {file} were moved to PostgreSQL: name that database in DATABASE_URL. To "
            "go on with {file} all the same, run signage move --back."
        )
        raise Refused(translate(text).format(file=database_file(settings)))
