"""What no restore takes, and what it leaves as it was."""

import io
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from signage.errors import Invalid, NotFound
from signage.keeping.restore import restore
from signage.settings import Settings
from tests.keeping.backups import NAMES, content_of, made_of
from tests.keeping.test_backup import damage


def newer(found: dict[str, bytes]) -> None:
    found["signage.db"] = edited(found, "UPDATE alembic_version SET version_num = '9999'")


def no_tables(found: dict[str, bytes]) -> None:
    found["signage.db"] = edited(found, "DROP TABLE alembic_version")


def edited(found: dict[str, bytes], sql: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(found["signage.db"])
        connection.execute(sql)
        connection.commit()
        return connection.serialize()


REFUSED: dict[str, Callable[[dict[str, bytes]], object]] = {
    "another format": lambda found: found.update({"backup.json": b'{"format": 2}'}),
    "no object": lambda found: found.update({"backup.json": b"[]"}),
    "no JSON": lambda found: found.update({"backup.json": b"{"}),
    "a huge note": lambda found: found.update({"backup.json": b" " * 100_000}),
    "no key": lambda found: found.pop("secret-key"),
    "a short key": lambda found: found.update({"secret-key": b"short"}),
    "a key that is no text": lambda found: found.update({"secret-key": b"\xff" * 64}),
    "no database": lambda found: found.pop("signage.db"),
    "an empty database": lambda found: found.update({"signage.db": b""}),
    "another file": lambda found: found.update({"signage.db": b"text " * 9999}),
    "half a database": lambda found: found.update({"signage.db": found["signage.db"][:9000]}),
    "another program's": no_tables,
    "a later version's": newer,
}  # fmt: skip


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_what_is_no_whole_backup_changes_nothing(
    backup: Path,
    settings: Settings,
    at: datetime,
    change: Callable[[dict[str, bytes]], object],
) -> None:
    before, names = content_of(settings.data), {path.name for path in settings.data.iterdir()}
    with pytest.raises(Invalid):
        restore(settings, made_of(backup, change), at=at)
    assert content_of(settings.data) == before
    assert {path.name for path in settings.data.iterdir()} - names <= {"signage.db.serving"}


def test_a_cut_off_or_foreign_file_changes_nothing(
    backup: Path, settings: Settings, at: datetime
) -> None:
    before = content_of(settings.data)
    whole = backup.read_bytes()
    for content in (b"", b"text", whole[: len(whole) // 2], whole[:700]):
        backup.write_bytes(content)
        with pytest.raises(Invalid):
            restore(settings, backup, at=at)
    with pytest.raises(NotFound):
        restore(settings, backup.with_name("none.tar"), at=at)
    assert content_of(settings.data) == before


def test_links_and_paths_in_a_tar_lead_nowhere(
    backup: Path, settings: Settings, at: datetime
) -> None:
    before = content_of(settings.data)
    with tarfile.open(backup, "w") as tar:
        about = tarfile.TarInfo("backup.json")
        about.size = len(content := b'{"format": 1}')
        tar.addfile(about, io.BytesIO(content))
        for name in NAMES[1:]:
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, str(settings.data / name)
            tar.addfile(link)
    with pytest.raises(Invalid):
        restore(settings, backup, at=at)
    assert content_of(settings.data) == before


def test_damage_within_is_noticed(backup: Path, settings: Settings, at: datetime) -> None:
    def damaged(found: dict[str, bytes]) -> None:
        path = backup.with_name("damaged.db")
        path.write_bytes(found["signage.db"])
        damage(path)
        found["signage.db"] = path.read_bytes()

    before = content_of(settings.data)
    with pytest.raises(Invalid):
        restore(settings, made_of(backup, damaged), at=at)
    assert content_of(settings.data) == before
