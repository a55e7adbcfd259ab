"""What a restore brings back to the walls."""

import sqlite3
from contextlib import closing
from pathlib import Path


def hanging_again(path: Path, kept: Path | None) -> tuple[int, ...]:
    """Quotes on walls now that the replaced database had taken down; none where it cannot tell."""
    had = None if kept is None else _published(kept)
    return () if had is None else tuple(sorted((_published(path) or set()) - had))


def _published(path: Path) -> set[int] | None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute("SELECT id FROM quotes WHERE state = 'published'").fetchall()
            return {int(id_) for (id_,) in rows}
    except sqlite3.DatabaseError:
        return None
