"""What is in a database stays in it, whichever way its shape is brought."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, MetaData, Table, func, select, types

from signage.migrate import alembic_config, migrate, newest, without_references
from signage.models import Database
from tests.services import fresh_postgres

pytestmark = pytest.mark.both

RELEASED = ("0001", "0002")
ROWS = 3
VALUES: Mapping[type[Any], Callable[[int], object]] = {
    types.Boolean: lambda _: False,
    types.Integer: lambda n: n,
    types.DateTime: lambda n: datetime(2026, 3, n, tzinfo=UTC),
    types.Date: lambda n: date(2026, 3, n),
    types.JSON: lambda n: {"n": n},
    types.LargeBinary: lambda n: b"\0" * n,
}
Kept = dict[str, list[dict[str, Any]]]


@pytest.fixture
def database(backend: str, tmp_path: Path) -> Iterator[Database]:
    """A database with nothing in it, not even tables."""
    if backend == "postgresql":
        with fresh_postgres(empty=True) as url:
            yield from opened(url)
    else:
        yield from opened(f"sqlite:///{tmp_path / 'old.db'}")


def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.engine.dispose()


@pytest.mark.parametrize("revision", RELEASED)
def test_an_upgrade_keeps_every_row(database: Database, revision: str) -> None:
    bring(database, command.upgrade, revision)
    before = fill(database)

    migrate(database)

    assert {table for table, rows in before.items() if len(rows) != ROWS} == set()
    assert lost(before, content(database)) == []


def test_an_upgrade_leaves_people_able_and_quotes_to_persons(database: Database) -> None:
    bring(database, command.upgrade, RELEASED[-1])
    fill(database)

    migrate(database)

    now = content(database)
    assert {row["role"] for row in now["users"]} == {"admin"}
    assert {row["ruled"] for row in now["quotes"]} == {0}
    assert {(row["expires_at"], row["pinned_at"], row["feeds"]) for row in now["quotes"]} == {
        (None, None, None)
    }
    assert {row["consent_scope"] for row in now["survey_responses"]} == {None}
    assert {(row["rule_id"], row["withdrawal_id"]) for row in now["decisions"]} == {(None, None)}


def test_a_downgrade_keeps_every_row_that_had_a_place_before(database: Database) -> None:
    migrate(database)
    before = fill(database)

    for revision in older():
        bring(database, command.downgrade, revision)
        assert lost(before, content(database)) == []
    migrate(database)
    assert newest() is not None


def test_numbers_of_quotes_are_not_used_again_after_a_downgrade(database: Database) -> None:
    """A screen would take a new quote for one that it was told to forget."""
    migrate(database)
    fill(database)
    with database.engine.begin() as connection:
        last = tables(connection).tables["quotes"]
        connection.execute(last.delete().where(last.c.id == ROWS))
    bring(database, command.downgrade, RELEASED[-1])

    with database.engine.begin() as connection:
        quotes = tables(connection).tables["quotes"]
        row = dict(connection.execute(select(quotes).limit(1)).mappings().one())
        answers = tables(connection).tables["survey_responses"]
        asked = dict(connection.execute(select(answers).limit(1)).mappings().one())
        del row["id"], asked["id"]
        connection.execute(answers.insert().values({**asked, "external_id": "new"}))
        new = connection.scalar(select(func.max(answers.c.id)))
        connection.execute(quotes.insert().values({**row, "response_id": new}))
        assert connection.scalar(select(func.max(quotes.c.id))) == ROWS + 1


def older() -> list[str]:
    """Revisions to go back to, one after the other, to the first."""
    scripts = ScriptDirectory.from_config(alembic_config())
    revisions = [script.revision for script in scripts.walk_revisions()]
    return revisions[1 : revisions.index(RELEASED[0]) + 1]


def bring(database: Database, move: Callable[..., None], revision: str) -> None:
    """To this revision, as migrate() does it to the newest."""
    config = alembic_config()
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        if database.is_sqlite:
            with without_references(connection):
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                move(config, revision)
        else:
            move(config, revision)


def tables(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    for name in [name for name in found.tables if name.startswith("comment_words")]:
        found.remove(found.tables[name])
    found.remove(found.tables["alembic_version"])
    return found


def fill(database: Database) -> Kept:
    """A few rows in every table that there is."""
    with database.engine.begin() as connection:
        for table in tables(connection).sorted_tables:
            rows = [{each.name: value(each, n) for each in table.c} for n in range(1, ROWS + 1)]
            connection.execute(table.insert(), rows)
            number_on(connection, table)
    return content(database)


def number_on(connection: Connection, table: Table) -> None:
    """PostgreSQL counts by itself only what it numbered itself."""
    if connection.dialect.name == "postgresql" and "id" in table.c and not table.c.id.foreign_keys:
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {ROWS})"
        )


def value(column: Column[Any], n: int) -> object:
    """Something that the column takes, another for each row."""
    for kind, made in VALUES.items():
        if isinstance(column.type, kind):
            return made(n)
    return f"{column.name} {n}"


def content(database: Database) -> Kept:
    with database.engine.connect() as connection:
        return {
            table.name: [
                dict(row)
                for row in connection.execute(
                    select(table).order_by(*table.primary_key.columns)
                ).mappings()
            ]
            for table in tables(connection).sorted_tables
        }


def lost(before: Kept, now: Kept) -> list[str]:
    """Tables whose rows, as far as their columns are still there, are not the same."""
    return [
        name
        for name, rows in now.items()
        if name in before and rows != [alike(old, new) for old, new in pairs(before[name], rows)]
    ]


def pairs(
    before: list[dict[str, Any]], now: list[dict[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    return ((old, now[n] if n < len(now) else {}) for n, old in enumerate(before))


def alike(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The row as it is now, with what it said before."""
    return {**new, **{name: told for name, told in old.items() if name in new or not new}}
