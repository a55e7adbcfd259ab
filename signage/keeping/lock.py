"""Who works on a SQLite file: servers share its lock, a restore and a move take it alone."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from signage.errors import Refused
from signage.settings import Settings
from signage.sqlite_file import database_file, refuse_moved
from signage.words import N_, translate


@contextmanager
def serving(settings: Settings) -> Iterator[None]:
    """Hold the file as a server does; raises Refused while it is being restored or moved, and once
    it was moved."""
    text = N_("The database is being restored or moved just now. Start the server after that.")
    with _held(settings, fcntl.LOCK_SH, text):
        refuse_moved(settings)
        yield


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Hold the file with no server on it; raises Refused where one runs."""
    text = N_("A server is running on this data folder. Stop it first.")
    with _held(settings, fcntl.LOCK_EX, text):
        yield


@contextmanager
def _held(settings: Settings, how: int, refusal: str) -> Iterator[None]:
    """The lock is the kernel's: it ends with the process, however that ends."""
    if (path := database_file(settings)) is None:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.with_name(f"{path.name}.serving").open("a") as stream:
        try:
            fcntl.flock(stream, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(translate(refusal)) from error
        yield
