"""Copying the database while it is in use."""

import sqlite3
import tarfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from signage.errors import Conflict, Invalid, NotFound
from signage.keeping.archive import unpack
from signage.keeping.backup import back_up, is_whole, room_for
from signage.models import Database, Screenshot
from signage.settings import Settings
from tests.answers import everything, hung
from tests.keeping.conftest import KEY
from tests.screening import screen


@pytest.fixture
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backups") / "wall.tar"


def test_it_holds_the_whole_database_and_the_key(
    database: Database, settings: Settings, file: Path, lead: int, at: datetime
) -> None:
    hung(database, lead=lead, at=at)

    back_up(settings, file, force=False, at=at)

    with tarfile.open(file) as tar:
        assert tar.getnames() == ["backup.json", "secret-key", "signage.db"]
    copy = file.with_name("copy.db")
    assert unpack(file, copy) == KEY
    found = Database(f"sqlite:///{copy}")
    assert everything(found) == everything(database)
    found.engine.dispose()


def test_pictures_of_screens_are_in_none(
    database: Database, settings: Settings, file: Path, at: datetime
) -> None:
    dots = b"unmistakable dots" * 900
    wall = screen(database, at=at)
    with database.write() as session:
        session.add(Screenshot(screen_id=wall, taken_at=at, width=1280, height=720, data=dots))

    back_up(settings, file, force=False, at=at)

    copy = file.with_name("copy.db")
    unpack(file, copy)
    assert is_whole(copy)
    assert b"unmistakable dots" not in copy.read_bytes()
    with database.read() as session:
        assert session.get_one(Screenshot, wall).data == dots, "it stays where it is"


def test_a_database_from_before_there_were_pictures_is_backed_up(
    settings: Settings, database: Database, file: Path, at: datetime
) -> None:
    with database.write() as session:
        session.connection().exec_driver_sql("DROP TABLE screenshots")

    back_up(settings, file, force=False, at=at)

    assert tarfile.is_tarfile(file)


@pytest.mark.usefixtures("database")
def test_its_owner_alone_can_read_it_and_nothing_is_left_beside_it(
    settings: Settings, file: Path, at: datetime
) -> None:
    back_up(settings, file, force=False, at=at)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["wall.tar"]


def test_it_is_of_one_moment_while_somebody_writes(
    database: Database, settings: Settings, file: Path, lead: int, at: datetime
) -> None:
    hung(database, lead=lead, at=at)
    before = everything(database)
    with database.write() as session:  # begun, not committed
        session.connection().exec_driver_sql("UPDATE feeds SET rev = rev + 1")
        back_up(settings, file, force=False, at=at)
    copy = file.with_name("copy.db")
    unpack(file, copy)
    found = Database(f"sqlite:///{copy}")
    assert everything(found) == before
    found.engine.dispose()


@pytest.mark.usefixtures("database")
def test_a_file_that_is_there_stays_unless_forced(
    settings: Settings, file: Path, at: datetime
) -> None:
    file.write_text("precious")
    with pytest.raises(Conflict, match="--force"):
        back_up(settings, file, force=False, at=at)
    assert file.read_text() == "precious"

    back_up(settings, file, force=True, at=at)
    assert tarfile.is_tarfile(file)


def test_a_damaged_database_is_not_backed_up_over_a_good_one(
    database: Database, settings: Settings, file: Path, lead: int, at: datetime
) -> None:
    hung(database, lead=lead, at=at)
    back_up(settings, file, force=False, at=at)
    good = file.read_bytes()
    database.engine.dispose()
    damage(settings.data / "signage.db")

    with pytest.raises(Invalid):
        back_up(settings, file, force=True, at=at)

    assert file.read_bytes() == good
    assert [path.name for path in file.parent.iterdir()] == ["wall.tar"]


def test_what_is_no_database_is_refused(settings: Settings, file: Path, at: datetime) -> None:
    (settings.data / "signage.db").write_text("text " * 2000)
    with pytest.raises(Invalid, match="not-copied"):
        back_up(settings, file, force=False, at=at)
    assert not file.exists()


def test_nothing_to_back_up(settings: Settings, file: Path, at: datetime) -> None:
    with pytest.raises(NotFound, match="no database yet"):
        back_up(settings, file, force=False, at=at)
    assert not (settings.data / "signage.db").exists()


@pytest.mark.usefixtures("database")
def test_a_folder_that_is_not_there(settings: Settings, file: Path, at: datetime) -> None:
    with pytest.raises(NotFound, match="no folder"):
        back_up(settings, file.parent / "none" / "wall.tar", force=False, at=at)


def test_postgresql_has_tools_of_its_own(postgres: Settings, file: Path, at: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        back_up(postgres, file, force=False, at=at)
    assert "pg_dump" in refused.value.problems[0].message()


def test_a_full_disk_is_noticed_before(tmp_path: Path) -> None:
    with pytest.raises(Conflict, match="MB are needed"):
        room_for(2**60, tmp_path)


def test_a_row_that_points_nowhere_is_damage(database: Database, settings: Settings) -> None:
    path = settings.data / "signage.db"
    assert is_whole(path)
    database.engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("INSERT INTO feed_items VALUES (99, 'q1', 1, '{}')")
        connection.commit()
    assert not is_whole(path)


def damage(path: Path) -> None:
    """Overwrite the midst of a database's pages, but for the first."""
    content = bytearray(path.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 64] = b"\xa5" * 64
    path.write_bytes(content)
