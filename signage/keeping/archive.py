"""A backup: one .tar that holds all that a new machine needs, readable by its owner alone.

backup.json   what it is: {"format": 1, "version": "0.1.0", "made_at": "2026-04-14T07:42:00Z"}
secret-key    the key that signs the walls' links and the sign-ins
signage.db    the SQLite database
"""

import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from signage import __version__
from signage.errors import Invalid, Problem
from signage.settings import SHORTEST_KEY
from signage.words import N_

FORMAT = 1
ABOUT, KEY, DATABASE = "backup.json", "secret-key", "signage.db"
LARGEST_NOTE = 64 * 1024
"""Bytes of what is not the database."""


def pack(database: Path, secret_key: str, file: Path, *, at: datetime) -> None:
    """Write a backup: `file` is there whole, or as it was before."""
    made_at = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    about = {"format": FORMAT, "version": __version__, "made_at": made_at}
    with beside(file) as made:
        # Nobody else may read it, not even while it is being written.
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w") as tar:
                for name, text in ((ABOUT, json.dumps(about)), (KEY, secret_key)):
                    _add(tar, name, io.BytesIO(text.encode()), len(text.encode()), at)
                with database.open("rb") as content:
                    _add(tar, DATABASE, content, database.stat().st_size, at)
            stream.flush()
            os.fsync(stream.fileno())
        made.replace(file)


def unpack(file: Path, database: Path) -> str:
    """Write the database of a backup to the new file `database`; gives the secret key of it.

    Raises Invalid for anything but a backup. Only these three members are looked at, as content:
    whatever else a .tar may hold or wish for is left alone.
    """
    try:
        with tarfile.open(file, mode="r:") as tar:
            about = json.loads(_note(tar, ABOUT))
            if not isinstance(about, dict) or about.get("format") != FORMAT:
                raise not_a_backup(file)
            key = _note(tar, KEY).decode("ascii").strip()
            if len(key) < SHORTEST_KEY:
                raise not_a_backup(file)
            made = os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with _member(tar, DATABASE) as content, os.fdopen(made, "wb") as stream:
                shutil.copyfileobj(content, stream, 1 << 20)
                stream.flush()
                os.fsync(stream.fileno())
    except (tarfile.TarError, KeyError, ValueError) as error:
        raise not_a_backup(file) from error
    return key


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A name in the same folder for what is being made; whatever is left there goes."""
    made = path.with_name(f".{path.name}.{os.getpid()}")
    made.unlink(missing_ok=True)
    try:
        yield made
    finally:
        made.unlink(missing_ok=True)


def not_a_backup(file: Path) -> Invalid:
    """What is said of a file that cannot be restored."""
    text = N_("{file} is not a whole backup of this product. Nothing was changed.")
    return Invalid([Problem("not-a-backup", text, None, {"file": file.name})])


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes], size: int, at: datetime) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o600, int(at.timestamp())
    tar.addfile(member, content)


def _note(tar: tarfile.TarFile, name: str) -> bytes:
    if tar.getmember(name).size > LARGEST_NOTE:
        raise ValueError(name)
    with _member(tar, name) as content:
        return content.read()


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    content = tar.extractfile(name)
    if content is None or not tar.getmember(name).isreg():
        raise ValueError(name)
    return content
