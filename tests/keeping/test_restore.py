"""Putting a backup back: all or nothing, and so that every wall notices."""

import io
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select

from signage.actions import decide
from signage.actions.epochs import heads_of
from signage.actions.uploads import keep_upload
from signage.actions.witness import kept, tells
from signage.errors import Conflict, Invalid, NotFound, Refused
from signage.keeping.backup import back_up
from signage.keeping.lock import serving
from signage.keeping.restore import restore
from signage.keeping.shape import Shape, shape_of
from signage.migrate import alembic_config
from signage.models import AuditEntry, Database, Upload
from signage.settings import Settings
from tests.answers import hung, items
from tests.keeping.conftest import KEY, opened
from tests.keeping.test_backup import damage

NAMES = ("backup.json", "secret-key", "signage.db")


@pytest.fixture
def backup(
    database: Database,
    settings: Settings,
    lead: int,
    at: datetime,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A backup with one quote that hangs; its database was closed after it."""
    file = tmp_path_factory.mktemp("backups") / "wall.tar"
    hung(database, lead=lead, at=at)
    keep_upload(database, file_name="a.csv", size=1, user_id=lead, at=at)
    back_up(settings, file, force=False, at=at)
    database.engine.dispose()
    return file


def made_of(backup: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Another .tar, with something else in it."""
    with tarfile.open(backup) as tar:
        found = {name: tar.extractfile(name).read() for name in NAMES}  # type: ignore[union-attr]
    change(found)
    other = backup.with_name("other.tar")
    with tarfile.open(other, "w") as tar:
        for name, content in found.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return other


def content_of(folder: Path) -> dict[str, bytes]:
    names = ("signage.db", "secret-key")
    return {name: (folder / name).read_bytes() for name in names if (folder / name).exists()}


def test_the_audit_log_says_that_a_backup_was_put_back(
    backup: Path, settings: Settings, at: datetime
) -> None:
    restore(settings, backup, at=at)

    with opened(settings).read() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.act, entry.user_id, entry.made_at) == ("restored", None, at)


def test_the_database_is_as_it_was_and_its_feeds_have_new_epochs(
    backup: Path, settings: Settings, lead: int, at: datetime
) -> None:
    database = opened(settings)
    hanging = items(database)
    with database.read() as session:
        before = heads_of(session)
    hung(database, "2", lead=lead, at=at)
    database.engine.dispose()

    done = restore(settings, backup, at=at)

    database = opened(settings)
    assert items(database) == hanging
    with database.read() as session:
        after = heads_of(session)
        assert session.query(Upload).one().state == "forgotten"
    assert all(after[name][0] != before[name][0] for name in before)
    assert tells(kept(settings.data), database) is None, "the start need not renew once more"
    database.engine.dispose()
    assert not done.other_key
    assert done.hanging_again == ()


def test_what_was_there_is_kept_beside(
    backup: Path, settings: Settings, lead: int, at: datetime
) -> None:
    database = opened(settings)
    hung(database, "2", lead=lead, at=at)
    hanging = items(database)
    database.engine.dispose()

    done = restore(settings, backup, at=at)
    again = restore(settings, backup, at=at)

    assert done.kept is not None
    assert again.kept not in {None, done.kept}
    assert done.kept.name == "signage.db.20260414T074200.before-restore"
    before = Database(f"sqlite:///{done.kept}")
    assert items(before) == hanging
    before.engine.dispose()


def test_on_a_new_machine_one_command_brings_all(
    backup: Path, elsewhere: Settings, at: datetime
) -> None:
    done = restore(elsewhere, backup, at=at)

    assert done.kept is None
    assert not done.other_key
    assert (elsewhere.data / "secret-key").read_text() == KEY
    assert (elsewhere.data / "secret-key").stat().st_mode & 0o077 == 0
    assert (elsewhere.data / "signage.db").stat().st_mode & 0o077 == 0
    database = opened(elsewhere)
    assert len(items(database)) == 1
    database.engine.dispose()


def test_a_key_that_a_setting_gives_stays_and_is_told(
    backup: Path, elsewhere: Settings, at: datetime
) -> None:
    (elsewhere.data / "secret-key").unlink()
    done = restore(replace(elsewhere, secret_key="another key, also long enough."), backup, at=at)
    assert done.other_key
    assert not (elsewhere.data / "secret-key").exists()


def test_quotes_taken_down_since_are_told(
    backup: Path, settings: Settings, lead: int, at: datetime
) -> None:
    database = opened(settings)
    decide.withdraw(database, 1, reason="other", user_id=lead, at=at)
    database.engine.dispose()

    assert restore(settings, backup, at=at).hanging_again == (1,)


def test_no_restore_under_a_running_server(backup: Path, settings: Settings, at: datetime) -> None:
    before = content_of(settings.data)
    with serving(settings), pytest.raises(Refused, match="Stop it first"):
        restore(settings, backup, at=at)
    assert content_of(settings.data) == before

    restore(settings, backup, at=at)


def test_no_restore_while_something_else_has_it_open(
    backup: Path, settings: Settings, at: datetime
) -> None:
    database = opened(settings)
    with database.read() as session:
        heads_of(session)
        with pytest.raises(Conflict, match="has the database open"):
            restore(settings, backup, at=at)
        heads_of(session)
    database.engine.dispose()

    restore(settings, backup, at=at)


def test_a_damaged_database_can_be_replaced_and_is_kept(
    backup: Path, settings: Settings, at: datetime
) -> None:
    path = settings.data / "signage.db"
    path.write_text("no database at all " * 1000)

    done = restore(settings, backup, at=at)

    assert done.kept is not None
    assert done.kept.read_text().startswith("no database at all")
    assert done.hanging_again == ()
    database = opened(settings)
    assert len(items(database)) == 1
    database.engine.dispose()


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


def test_postgresql_has_tools_of_its_own(backup: Path, postgres: Settings, at: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        restore(postgres, backup, at=at)
    assert "pg_restore" in refused.value.problems[0].message()


def test_an_earlier_version_is_brought_up_to_date(
    backup: Path, settings: Settings, at: datetime
) -> None:
    """It is migrated before it takes the database's place."""
    path = backup.with_name("first.db")
    first = Database(f"sqlite:///{path}")
    with first.engine.connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    assert shape_of(first) is Shape.OLDER
    first.engine.dispose()
    older = made_of(backup, lambda found: found.update({"signage.db": path.read_bytes()}))

    restore(settings, older, at=at)

    database = opened(settings)
    assert shape_of(database) is Shape.CURRENT
    assert items(database) == {}
    database.engine.dispose()


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
