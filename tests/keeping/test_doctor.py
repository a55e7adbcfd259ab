"""What the doctor finds, each beside what it says when all is well."""

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import text, update

from signage.actions.audit import note
from signage.actions.setup import set_up
from signage.actions.witness import hear
from signage.keeping import doctor
from signage.keeping.doctor import examine
from signage.keeping.finding import Finding
from signage.models import Database, Feed
from signage.settings import Settings
from tests.answers import hung
from tests.keeping.test_backup import damage
from tests.services import fresh_postgres, redis_url


def found(settings: Settings, at: datetime) -> dict[str, Finding]:
    return {finding.what: finding for finding in examine(settings, at=at)}


def wrong(settings: Settings, at: datetime) -> list[str]:
    return [finding.what for finding in examine(settings, at=at) if finding.wrong]


def test_all_is_well(database: Database, settings: Settings, lead: int, at: datetime) -> None:
    hung(database, lead=lead, at=at)
    lines = [finding.line() for finding in examine(settings, at=at)]
    assert [line.split(": ")[:2] for line in lines] == [
        ["ok", what]
        for what in (
            "Settings",
            "Data folder",
            "Disk",
            "Database",
            "History",
            "Clock",
            "Audit log",
        )
    ]


def test_an_audit_log_that_was_tampered_with(
    database: Database, settings: Settings, at: datetime
) -> None:
    for number in range(3):
        with database.write() as session:
            note(session, "erased", user_id=None, about=f"answer {number}", at=at)
    assert wrong(settings, at) == []
    with database.write() as session:
        session.execute(text("DROP TRIGGER audit_entries_remain"))
        session.execute(text("DELETE FROM audit_entries WHERE id = 2"))

    assert wrong(settings, at) == ["Audit log"]
    lines = [finding.line() for finding in examine(settings, at=at)]
    assert any("Entry 2 does not follow" in line for line in lines)


def test_before_the_first_start_nothing_is_made(settings: Settings, at: datetime) -> None:
    assert wrong(settings, at) == []
    assert not (settings.data / "signage.db").exists()


def test_https_without_a_proxy_that_is_trusted(settings: Settings, at: datetime) -> None:
    secure = replace(settings, url="https://wall.example.com")
    assert wrong(secure, at) == ["Settings"]
    assert wrong(replace(secure, trusted_proxies=1), at) == []


@pytest.mark.usefixtures("database")
def test_a_folder_that_others_can_read(settings: Settings, at: datetime) -> None:
    settings.data.chmod(0o755)
    assert wrong(settings, at) == ["Data folder"]
    assert "chmod 700" in found(settings, at)["Data folder"].line()


def test_a_folder_that_is_not_there(settings: Settings, at: datetime) -> None:
    gone = replace(settings, data=Path("/nowhere"), database_url="sqlite:////nowhere/signage.db")
    assert wrong(gone, at) == ["Data folder", "Disk"]


@pytest.mark.usefixtures("database")
def test_a_disk_that_is_nearly_full(
    settings: Settings, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = shutil.disk_usage(settings.data).free
    monkeypatch.setattr(doctor, "LEAST_FREE", free * 2)
    assert wrong(settings, at) == ["Disk"]


def test_a_damaged_database(
    database: Database, settings: Settings, lead: int, at: datetime
) -> None:
    hung(database, lead=lead, at=at)
    database.engine.dispose()
    damage(settings.data / "signage.db")
    assert wrong(settings, at) == ["Database"]
    assert "signage restore" in found(settings, at)["Database"].line()


class Tables(NamedTuple):
    sql: str
    is_wrong: bool
    says: str


@pytest.mark.parametrize(
    "tables",
    [
        Tables("UPDATE alembic_version SET version_num = '0001'", False, "earlier version"),
        Tables("UPDATE alembic_version SET version_num = '9999'", True, "later version"),
        Tables("DELETE FROM alembic_version", False, "no tables"),
    ],
    ids=["older", "newer", "none"],
)
def test_the_tables_of_another_version(
    database: Database, settings: Settings, at: datetime, tables: Tables
) -> None:
    with database.write() as session:
        session.connection().exec_driver_sql(tables.sql)
    finding = found(settings, at)["Database"]
    assert finding.wrong is tables.is_wrong
    assert tables.says in finding.line()


def test_a_database_that_was_put_back(
    database: Database, settings: Settings, lead: int, at: datetime
) -> None:
    hung(database, lead=lead, at=at)
    hear(database, settings.data, at=at)
    with database.write() as session:
        session.connection().exec_driver_sql("UPDATE feeds SET rev = 0")
    assert wrong(settings, at) == ["History"]
    assert "--renew-epochs" in found(settings, at)["History"].line()


def test_a_clock_behind_what_is_recorded(
    database: Database, settings: Settings, lead: int, at: datetime
) -> None:
    hung(database, lead=lead, at=at)
    assert wrong(settings, at - timedelta(minutes=4)) == []
    assert wrong(settings, at - timedelta(minutes=6)) == ["Clock"]


def test_postgresql_and_redis_that_do_not_answer(postgres: Settings, at: datetime) -> None:
    both = replace(postgres, redis_url="redis://localhost:1/0")
    assert wrong(both, at) == ["Database", "Redis"]
    assert "nobody" not in found(both, at)["Database"].line()


def test_postgresql_and_redis_that_answer(settings: Settings, at: datetime) -> None:
    with fresh_postgres() as url:
        both = replace(settings, database_url=url, redis_url=redis_url())
        assert "ok: Redis" in found(both, at)["Redis"].line()
        database = Database(url)
        set_up(database)
        hear(database, settings.data, at=at)
        assert wrong(both, at) == []
        with database.write() as session:
            session.execute(update(Feed).values(epoch="another"))
        assert wrong(both, at) == ["History"]
        database.engine.dispose()
