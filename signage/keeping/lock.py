"""Who works on a SQLite file: servers and commands share its lock, a restore and a move take it
alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from signage.settings import Settings
from signage.sqlite_file import held, refuse_moved
from signage.words import N_


@contextmanager
def serving(settings: Settings) -> Iterator[None]:
    """Hold the file as a server does; raises Refused while it is being restored or moved, and once
    it was moved."""
    text = N_("The database is being restored or moved just now. Start the server after that.")
    with held(settings, shared=True, refusal=text):
        refuse_moved(settings)
        yield


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Hold the file with nobody else on it; raises Refused where somebody is."""
    text = N_("A server or another command is running on this data folder. Stop it first.")
    with held(settings, shared=False, refusal=text):
        yield
