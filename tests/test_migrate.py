from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from signage.migrate import alembic_config, migrate
from signage.models import Base, Database
from tests.answers import everything


def test_from_nothing_the_migrations_make_exactly_the_models_tables(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    migrate(database)

    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []
        made = set(inspect(connection).get_table_names())
    database.engine.dispose()
    assert made == {*Base.metadata.tables, "alembic_version"}


def test_from_nothing_the_tables_are_those_that_the_models_would_make(tmp_path: Path) -> None:
    """Also what Alembic does not compare: constraints' names, AUTOINCREMENT, ON DELETE."""
    migrated = Database(f"sqlite:///{tmp_path / 'migrated.db'}")
    migrate(migrated)
    created = Database(f"sqlite:///{tmp_path / 'created.db'}")
    Base.metadata.create_all(created.engine)

    assert shape(migrated) == shape(created)
    migrated.engine.dispose()
    created.engine.dispose()


def test_nothing_to_do_is_the_usual_case(database: Database) -> None:
    before = everything(database)

    migrate(database)

    assert everything(database) == before


def test_there_is_one_head_and_each_can_be_gone_back_from() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())

    assert len(scripts.get_heads()) == 1
    for script in scripts.walk_revisions():
        assert callable(script.module.downgrade)


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
                sorted(map(repr, found.get_indexes(table))),
            )
    return shapes
