import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from alembic import command as alembic
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import delete, event, insert, inspect, select, text
from sqlalchemy.exc import OperationalError

from signage.actions.outbox import FEEDS
from signage.migrate import alembic_config, migrate
from signage.models import Base, Database, Feed, Screen, ScreenVitals, engine
from signage.models.search import WORDS, WORDS_INDEX
from tests.answers import everything
from tests.patience import PATIENCE, eventually
from tests.services import fresh_postgres


@pytest.fixture
def nothing(backend: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if backend == "postgresql":
        with fresh_postgres(empty=True) as url:
            yield url
    else:
        yield f"sqlite:///{tmp_path / 'new.db'}"


@pytest.mark.both
def test_from_nothing_the_migrations_make_exactly_the_models_tables(nothing: str) -> None:
    database = Database(nothing)
    migrate(database)

    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_object": lambda _, name, *__: not is_words_index(name),
            },
        )
        assert compare_metadata(context, Base.metadata) == []
        tables = inspect(connection).get_table_names()
        made = {name for name in tables if not is_words_index(name)}
    database.engine.dispose()
    assert made == {*Base.metadata.tables, "alembic_version"}


def is_words_index(name: str | None) -> bool:
    """What no model stands for: the index of comments' words, which each database keeps itself."""
    return name is not None and name.startswith((WORDS, WORDS_INDEX))


def test_from_nothing_the_tables_are_those_that_the_models_would_make(tmp_path: Path) -> None:
    """Also what Alembic does not compare: constraints' names, AUTOINCREMENT, ON DELETE."""
    migrated = Database(f"sqlite:///{tmp_path / 'migrated.db'}")
    migrate(migrated)
    created = Database(f"sqlite:///{tmp_path / 'created.db'}")
    Base.metadata.create_all(created.engine)

    assert shape(migrated) == shape(created)
    migrated.engine.dispose()
    created.engine.dispose()


@pytest.mark.both
def test_of_several_who_start_at_once_one_migrates(nothing: str) -> None:
    start = (
        "import sys; from signage.cli import open_database; from signage.settings import *;"
        "open_database(read_settings({'DATABASE_URL': sys.argv[1], 'SIGNAGE_DATA': sys.argv[2]}))"
    )
    with TemporaryDirectory() as data:
        command = [sys.executable, "-c", start, nothing, data]
        starting = [subprocess.Popen(command) for _ in range(4)]
        assert [each.wait(timeout=PATIENCE) for each in starting] == [0] * 4

    database = Database(nothing)
    with database.read() as session:
        assert session.scalars(select(Feed.name).order_by(Feed.id)).all() == [
            name for name, _, _ in FEEDS
        ]
    database.engine.dispose()


def test_who_starts_while_another_migrates_waits_for_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.01)
    later = Database(database.url)
    faults: list[Exception] = []

    def start() -> None:
        try:
            migrate(later)
        except OperationalError as fault:
            faults.append(fault)

    tried: list[str] = []
    event.listen(later.engine, "before_cursor_execute", lambda *told: tried.append(told[2]))
    starting = threading.Thread(target=start, daemon=True)
    with database.write():
        starting.start()
        eventually(lambda: tried.count("BEGIN IMMEDIATE") > 1 or faults)
    starting.join(timeout=PATIENCE)

    assert (starting.is_alive(), faults) == (False, [])
    later.engine.dispose()


@pytest.mark.both
def test_nothing_to_do_is_the_usual_case(database: Database) -> None:
    before = everything(database)

    migrate(database)

    assert everything(database) == before


def test_a_table_that_is_made_anew_keeps_what_refers_to_its_rows(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    config, anew = alembic_config(), "0021"
    before = ScriptDirectory.from_config(config).get_revision(anew).down_revision
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        alembic.upgrade(config, str(before))
    with database.write() as session:
        session.execute(text(INTO.format("screens", ", ".join(SCREEN), ", :".join(SCREEN))), SCREEN)
        session.execute(text("INSERT INTO screen_vitals VALUES (7, '2026-04-14', '{}')"))

    migrate(database)

    with database.write() as session:
        assert session.scalars(select(ScreenVitals.screen_id)).all() == [7]
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        session.execute(delete(Screen))
        assert session.scalars(select(ScreenVitals.screen_id)).all() == []
        new = {**SCREEN, "id": None, "created_at": datetime(2026, 4, 14, tzinfo=UTC)}
        assert session.scalar(insert(Screen).returning(Screen.id), new) == 8
    database.engine.dispose()


def test_going_back_from_it_is_refused_where_it_would_drop_what_refers_to_its_rows(
    tmp_path: Path,
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    migrate(database)
    config = alembic_config()
    before = str(ScriptDirectory.from_config(config).get_revision("0021").down_revision)
    for pragma, refused in (("ON", pytest.raises(RuntimeError)), ("OFF", nullcontext())):
        with database.engine.connect() as connection, refused:
            connection.exec_driver_sql(f"PRAGMA foreign_keys={pragma}")
            config.attributes["connection"] = connection
            alembic.downgrade(config, before)
    with database.engine.connect() as connection:
        kept = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'screens'"))
    assert "AUTOINCREMENT" not in kept
    database.engine.dispose()


def test_there_is_one_head_and_each_can_be_gone_back_from() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())

    assert len(scripts.get_heads()) == 1
    for script in scripts.walk_revisions():
        assert callable(script.module.downgrade)


INTO = "INSERT INTO {} ({}) VALUES (:{})"
SCREEN = {
    "id": 7, "name": "Lobby", "site": "Solna", "locale": "sv", "timezone": "Europe/Stockholm",
    "theme": "auto", "motion": True, "diagonal_inch": 55, "distance_m": 5, "key_hash": "7" * 64,
    "created_at": "2026-04-14 08:00:00",
}  # fmt: skip


def shape(database: Database) -> dict[str, object]:
    """Per table what SQLite knows of it, whatever the order in which it was written down."""
    found = inspect(database.engine)
    shapes: dict[str, object] = {}
    with database.engine.connect() as connection:
        for table in Base.metadata.tables:
            sql = connection.exec_driver_sql(
                "SELECT sql FROM sqlite_master WHERE name = ?", (table,)
            ).scalar_one()
            shapes[table] = (
                "AUTOINCREMENT" in sql,
                [
                    (each["name"], str(each["type"]), each["nullable"])
                    for each in found.get_columns(table)
                ],
                found.get_pk_constraint(table),
                sorted(map(repr, found.get_foreign_keys(table))),
                sorted(map(repr, found.get_unique_constraints(table))),
                sorted(map(index_as_text, found.get_indexes(table))),
            )
    return shapes


def index_as_text(index: Mapping[str, Any]) -> str:
    """With the words of what a partial one takes in, which is an object to SQLAlchemy."""
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return repr({**index, "dialect_options": options})
