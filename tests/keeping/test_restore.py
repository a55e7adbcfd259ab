"""Putting a backup back: all or nothing, and so that every wall notices."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select

from signage.actions import decide
from signage.actions.epochs import heads_of
from signage.actions.witness import kept, tells
from signage.errors import Conflict, Invalid, Refused
from signage.keeping.lock import serving
from signage.keeping.restore import restore
from signage.keeping.shape import Shape, shape_of
from signage.migrate import alembic_config
from signage.models import AuditEntry, Database, Upload
from signage.settings import Settings
from tests.answers import hung, items
from tests.keeping.backups import content_of, made_of
from tests.keeping.conftest import KEY, opened


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
