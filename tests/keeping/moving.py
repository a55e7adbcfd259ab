"""An installation in which every table holds something, and what tables hold to the letter."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import JSON, Column, Connection, MetaData, Text, cast, event, func, select, update

from signage.actions.erase import erase
from signage.demo import seed as demo
from signage.demo.responses import DemoAnswer, responses
from signage.models import Base, Database, Payload, Quote
from signage.settings import Settings, read_settings
from tests.answers import waiting
from tests.conftest import write_without_waiting
from tests.test_upgrades import tables, value

KEY = "a key that only these tests know, and long enough"
HARD = "\\N\ttabs, \\. and \\\\ back\nslashes: “é” \U0001f642 'quoted' \"twice\""
"""What means something in the form that rows travel in."""

Stored = dict[str, list[tuple[Any, ...]]]


def settings_of(data: Path, target: str = "", **more: str) -> Settings:
    """Settings of a data folder with SQLite in it, and of where its data are to go."""
    environment = {"SIGNAGE_DATA": str(data), "SIGNAGE_SECRET_KEY": KEY, "SIGNAGE_MOVE_TO": target}
    return read_settings({**environment, **more})


def fill(data: Path, *, at: datetime) -> int:
    """Put the demo company into an empty product, made and decided by the product's own actions;
    where a table is empty then, rows of any kind. Gives the number of a quote that was erased: of
    all quotes the last one."""
    database = Database(settings_of(data).database_url)
    event.listen(database.engine, "connect", write_without_waiting)
    with patch.object(demo, "responses", _some_responses):
        demo.seed(database, KEY, kept=data / "wall-link", at=at)
    waiting(database, "hard", at=at, comment=HARD)
    erased = waiting(database, "erased", at=at, comment="It is taken back.")
    erase(database, "shop", "erased", at=at)
    with database.engine.begin() as connection:
        connection.execute(update(Payload).where(Payload.id == 1).values(body=HARD))
        _fill_the_rest(connection, tables(connection))
    database.engine.dispose()
    return erased


def stored(database: Database) -> Stored:
    """Every row of every table, with JSON in the words that it is kept in: two that are read as the
    same may be kept differently."""
    with database.read() as session:
        return {
            table.name: [
                tuple(row)
                for row in session.execute(
                    select(*map(_as_kept, table.columns)).order_by(*table.primary_key.columns)
                )
            ]
            for table in Base.metadata.sorted_tables
        }


def _some_responses(today: date, *, until: datetime) -> Iterator[DemoAnswer]:
    """All with a comment, and a few of the others: more of them would show nothing more."""
    return (
        answer
        for n, answer in enumerate(responses(today, until=until))
        if answer.comment or n % 20 == 0
    )


def _as_kept(column: Column[Any]) -> Any:  # noqa: ANN401 - a column or what is made of one
    return cast(column, Text) if isinstance(column.type, JSON) else column


def _fill_the_rest(connection: Connection, found: MetaData) -> None:
    for table in found.sorted_tables:
        if connection.scalar(select(func.count()).select_from(table)):
            continue
        owners = {
            key.parent.name: connection.scalars(select(key.column).order_by(key.column)).all()
            for key in table.foreign_keys
        }
        rows = min([3, *(len(ids) for name, ids in owners.items() if table.c[name].primary_key)])
        for n in range(1, rows + 1):
            connection.execute(table.insert(), [_row(table.c, owners, n)])


def _row(columns: Any, owners: Mapping[str, Any], n: int) -> dict[str, object]:  # noqa: ANN401 - SQLAlchemy's own
    """Row n of a table; it refers to rows that are there."""
    return {
        each.name: owners[each.name][(n - 1) % len(owners[each.name])]
        if each.name in owners
        else value(each, n)
        for each in columns
    }


def last_quote(database: Database) -> int:
    """The highest number of a quote."""
    with database.read() as session:
        return session.scalars(select(func.max(Quote.id))).one()
