"""What is not moved, and that nothing is half moved."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from alembic import command
from sqlalchemy import Connection, event, func, inspect, select, text

from signage.actions.epochs import heads_of
from signage.actions.witness import keep, kept, seen_now, tells
from signage.cli import at_work, open_database
from signage.errors import BadSetting, Conflict, Invalid, NotFound, Refused
from signage.keeping import copying
from signage.keeping.backup import back_up
from signage.keeping.copying import Progress
from signage.keeping.doctor import examine
from signage.keeping.lock import serving
from signage.keeping.move import Moved, move, move_back
from signage.keeping.restore import restore
from signage.migrate import alembic_config
from signage.models import AuditEntry, Database, Screen
from signage.settings import Settings
from signage.sqlite_file import mark_moved, mark_of
from tests.answers import everything, hung
from tests.keeping.conftest import opened
from tests.services import fresh_postgres

NOWHERE = "postgresql+psycopg://nobody:secret@localhost:1/nothing"


@pytest.fixture
def ready(database: Database, settings: Settings, lead: int, at: datetime) -> Settings:
    """An installation in which a quote hangs, closed, and a place to move to where nothing is."""
    hung(database, lead=lead, at=at)
    keep(seen_now(database, running=False), settings.data)
    database.engine.dispose()
    return replace(settings, move_to=NOWHERE)


@pytest.fixture
def empty() -> Iterator[str]:
    """An empty PostgreSQL database."""
    with fresh_postgres(empty=True) as url:
        yield url


def moved(settings: Settings, at: datetime) -> Moved:
    return move(settings, at=at, on_progress=lambda _: None)


def said(error: Invalid) -> str:
    return " ".join(problem.message() for problem in error.problems)


@contextmanager
def looking_at(settings: Settings) -> Iterator[Database]:
    """The database of a folder; closed again, so that it is nobody's."""
    database = opened(settings)
    yield database
    database.engine.dispose()


def is_empty(url: str) -> bool:
    database = Database(url)
    try:
        return inspect(database.engine).get_table_names() == []
    finally:
        database.engine.dispose()


def file_of(settings: Settings) -> Path:
    return settings.data / "signage.db"


def test_where_to_must_be_said(ready: Settings, at: datetime) -> None:
    with pytest.raises(BadSetting, match="SIGNAGE_MOVE_TO must name"):
        moved(replace(ready, move_to=""), at)


def test_from_sqlite_alone(postgres: Settings, at: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        moved(replace(postgres, move_to=NOWHERE), at)
    assert "DATABASE_URL" in said(refused.value)


def test_there_must_be_something(elsewhere: Settings, at: datetime) -> None:
    with pytest.raises(NotFound, match="no database yet"):
        moved(replace(elsewhere, move_to=NOWHERE), at)


def test_not_under_a_running_server(ready: Settings, at: datetime) -> None:
    with serving(ready), pytest.raises(Refused, match="Stop it first"):
        moved(ready, at)


def test_not_under_a_command(ready: Settings, at: datetime) -> None:
    with at_work(ready) as database, pytest.raises(Refused, match="another command"):
        moved(ready, at)
    database.engine.dispose()


def test_not_while_something_else_has_it_open(ready: Settings, at: datetime) -> None:
    database = opened(ready)
    with database.read() as session:
        heads_of(session)
        with pytest.raises(Conflict, match="has the database open"):
            moved(ready, at)
    database.engine.dispose()


def test_not_what_is_damaged(ready: Settings, at: datetime) -> None:
    file_of(ready).write_text("no database at all " * 1000)
    with pytest.raises(Invalid) as refused:
        moved(ready, at)
    assert "latest backup" in said(refused.value)


@pytest.mark.parametrize(
    ("revision", "what"), [("0001", "earlier version"), ("x", "later version"), ("", "nothing of")]
)
def test_only_tables_of_this_version(
    elsewhere: Settings, at: datetime, revision: str, what: str
) -> None:
    database = opened(elsewhere)
    with database.engine.connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        if revision != "0001":
            connection.execute(text("DELETE FROM alembic_version"))
        if revision == "x":
            connection.execute(text("INSERT INTO alembic_version VALUES ('x')"))
    database.engine.dispose()
    with pytest.raises(Invalid) as refused:
        moved(replace(elsewhere, move_to=NOWHERE), at)
    assert what in said(refused.value)


def test_one_that_does_not_answer(ready: Settings, at: datetime) -> None:
    with pytest.raises(Conflict, match="does not answer") as refused:
        moved(ready, at)
    assert "secret" not in str(refused.value)
    assert not mark_of(file_of(ready)).exists()


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        ("CREATE TABLE theirs (id int)", "theirs"),
        ("CREATE SCHEMA other; CREATE VIEW other.look AS SELECT 1", "look"),
        ("CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'", "one"),
    ],
)
def test_one_that_is_not_empty(
    ready: Settings, empty: str, at: datetime, thing: str, name: str
) -> None:
    run(empty, thing)
    with pytest.raises(Invalid) as refused:
        moved(replace(ready, move_to=empty), at)
    assert f"{name} is in it" in said(refused.value)


def test_one_that_could_not_keep_every_letter(ready: Settings, empty: str, at: datetime) -> None:
    name = f"{empty.rpartition('/')[2]}_latin"
    run(empty, f"CREATE DATABASE {name} ENCODING LATIN1 LOCALE 'C' TEMPLATE template0")
    with pytest.raises(Invalid) as refused:
        moved(replace(ready, move_to=f"{empty}_latin"), at)
    assert "LATIN1" in said(refused.value)
    run(empty, f"DROP DATABASE {name} WITH (FORCE)")


def test_what_does_not_fit_leaves_it_empty_and_names_no_words(
    ready: Settings, empty: str, at: datetime
) -> None:
    ready = replace(ready, move_to=empty)
    with closing(sqlite3.connect(file_of(ready), isolation_level=None)) as connection:
        connection.execute("UPDATE survey_responses SET name = ?", ("Ida Unmistakable " * 20,))
    with pytest.raises(
        Conflict, match=r"too long.*\(COPY .* column name\)\. Nothing was moved"
    ) as refused:
        moved(ready, at)
    assert "Unmistakable" not in str(refused.value)
    assert is_empty(empty)
    assert not mark_of(file_of(ready)).exists()


def test_where_it_is_not_known_whether_all_is_there_it_says_so(
    ready: Settings, empty: str, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(connection: Connection) -> None:
        connection.connection.commit()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    def target(url: str) -> Database:
        made = Database(url)
        event.listen(made.engine, "commit", lost)
        return made

    monkeypatch.setattr("signage.keeping.target.Database", target)
    with pytest.raises(Conflict, match="before it said whether all is there: server closed"):
        moved(replace(ready, move_to=empty), at)
    assert not is_empty(empty)


def test_not_with_a_file_that_it_may_not_read(
    ready: Settings, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError) as refused:
        moved(ready, at)
    assert refused.value.filename == str(file_of(ready))


def test_rows_that_are_missing_are_an_error(
    ready: Settings, empty_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_copy", lambda *_: iter(()))
    bare = Database(f"sqlite:///{empty_file}")
    with (
        looking_at(ready) as database, database.read() as source, bare.read() as target,
        pytest.raises(Invalid) as refused,
    ):  # fmt: skip
        copying.copy_rows(source.connection(), target.connection(), lambda _: None)
    bare.engine.dispose()
    assert "survey_responses has 0 rows in PostgreSQL and 1 here" in said(refused.value)


def test_whoever_stops_it_leaves_it_empty_and_nobody_writes_meanwhile(
    ready: Settings, empty: str, at: datetime
) -> None:
    def stop(progress: Progress) -> None:
        with (
            closing(sqlite3.connect(file_of(ready), timeout=0, isolation_level=None)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("DELETE FROM screens")
        for work in (serving, at_work):
            with pytest.raises(Refused, match="restored or moved"), work(ready):
                pass
        if progress.table == "screens" or progress.done > 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move(replace(ready, move_to=empty), at=at, on_progress=stop)
    assert is_empty(empty)
    with serving(ready):
        pass


def test_nobody_works_on_with_what_was_moved_but_from_postgresql(
    ready: Settings, empty: str, at: datetime
) -> None:
    with looking_at(ready) as database:
        before = everything(database)
    ready = replace(ready, move_to=empty)

    moved(ready, at)

    with pytest.raises(Refused, match="moved to PostgreSQL"), serving(ready):
        pass
    with pytest.raises(Refused, match=r"signage move --back"):
        open_database(ready)
    with pytest.raises(Refused, match="moved to PostgreSQL"):
        moved(ready, at)
    lines = [finding.line() for finding in examine(ready, at=at) if finding.wrong]
    assert any("signage move --back" in line for line in lines)
    with looking_at(ready) as database:
        assert everything(database) == before

    there = replace(ready, database_url=empty)
    with serving(there):
        database = open_database(there)
    assert tells(kept(there.data), database) is None, "a start there renews nothing"
    database.engine.dispose()


def test_back_again_with_new_epochs(ready: Settings, at: datetime) -> None:
    mark_moved(file_of(ready), at=at)
    with looking_at(ready) as database, database.read() as session:
        before = heads_of(session)

    move_back(ready, at=at)

    with looking_at(ready) as database, database.read() as session:
        after = heads_of(session)
        assert session.scalars(select(AuditEntry.act)).all() == ["moved-back"]
        assert session.scalar(select(func.count()).where(Screen.unheard_since.is_(None))) == 0
    assert all(after[name][0] != before[name][0] for name in before)
    with looking_at(ready) as database:
        assert tells(kept(ready.data), database) is None
    with serving(ready):
        pass
    with pytest.raises(NotFound, match="were not moved"):
        move_back(ready, at=at)


def test_no_way_back_under_a_running_server(ready: Settings, at: datetime) -> None:
    with serving(ready):
        mark_moved(file_of(ready), at=at)
        with pytest.raises(Refused, match="Stop it first"):
            move_back(ready, at=at)


def test_a_backup_that_is_put_back_was_not_moved(
    ready: Settings, tmp_path: Path, at: datetime
) -> None:
    back_up(ready, tmp_path / "wall.tar", force=False, at=at)
    mark_moved(file_of(ready), at=at)

    restore(ready, tmp_path / "wall.tar", at=at)

    with serving(ready):
        open_database(ready).engine.dispose()


def run(url: str, statement: str) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement)
