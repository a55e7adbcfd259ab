"""Telling a file that a living process works on from one that was left behind.

A lock on an open file is handed on to a child that inherits it, and ends with the last process that
has it, however that ends. Several machines must see one folder for this, as for the files at all.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def holding(path: Path) -> Iterator[tuple[int, ...]]:
    """Hold a file; gives what a child must inherit to go on holding it (`pass_fds`): nothing where
    the file is gone."""
    try:
        number = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        yield ()
        return
    try:
        fcntl.flock(number, fcntl.LOCK_SH)
        yield (number,)
    finally:
        os.close(number)


def is_held(path: Path) -> bool:
    """Whether a living process holds the file."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
