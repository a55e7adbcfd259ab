"""Every row of a SQLite database into PostgreSQL tables with nothing in them.

PostgreSQL's COPY takes the rows as they are read, so that memory is bounded whatever their number.
What is kept as JSON passes as the text that it is: nothing of it is read and written anew, and a
null of JSON's does not turn into no value at all.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import psycopg
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import JSON, Column, ColumnElement, Connection, Table, Text, func, select
from sqlalchemy import type_coerce as as_type

from signage.errors import Invalid, Problem
from signage.models import Base, WordsLeft
from signage.models.base import WordList
from signage.words import N_

LEFT = frozenset({WordsLeft.__tablename__})
"""Notes about SQLite's index of words. PostgreSQL's own holds no words that were erased."""
AT_ONCE = 2000
"""Rows between two words of how far it has come."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come."""

    table: str
    """Which is being copied."""
    done: int
    """Rows that were, of all tables together."""
    total: int


OnProgress = Callable[[Progress], None]


def copied() -> Sequence[Table]:
    """The tables, each after those that it refers to."""
    return [table for table in Base.metadata.sorted_tables if table.name not in LEFT]


def rows_of(connection: Connection) -> dict[str, int]:
    """How many rows each of them holds."""
    count = func.count()
    return {
        table.name: connection.scalar(select(count).select_from(table)) or 0 for table in copied()
    }


def copy_rows(source: Connection, target: Connection, on_progress: OnProgress) -> int:
    """Copy all rows, and have the target number new ones after them; gives how many there are.
    Raises Invalid where it then does not hold as many of each table as the source."""
    wanted = rows_of(source)
    done, total = 0, sum(wanted.values())
    for table in copied():
        for rows in _copy(table, source, target):
            done += rows
            on_progress(Progress(table.name, done, total))
    _compare(wanted, rows_of(target))
    _number_on(source, target)
    return total


def _copy(table: Table, source: Connection, target: Connection) -> Iterator[int]:
    """Copy one table; gives how many rows, batch by batch."""
    wanted = select(*map(_as_kept, table.columns)).order_by(*table.primary_key.columns)
    found = source.execute(wanted, execution_options={"yield_per": AT_ONCE})
    with _driver(target).cursor() as cursor, cursor.copy(_into(table)) as copy:
        for rows in found.partitions():
            for row in rows:
                copy.write_row(row)
            yield len(rows)


def _as_kept(column: Column[object]) -> ColumnElement[object]:
    """A column as it is read: JSON in its own words."""
    return as_type(column, Text) if isinstance(column.type, JSON | WordList) else column


def _into(table: Table) -> Composed:
    names = SQL(", ").join(Identifier(column.name) for column in table.columns)
    return SQL("COPY {} ({}) FROM STDIN").format(Identifier(table.name), names)


def _driver(connection: Connection) -> "psycopg.Connection[tuple[object, ...]]":
    return cast("psycopg.Connection[tuple[object, ...]]", connection.connection.driver_connection)


def _compare(wanted: Mapping[str, int], found: Mapping[str, int]) -> None:
    text = N_("{table} has {found} rows in PostgreSQL and {wanted} here. Nothing was moved.")
    problems = [
        Problem(
            "not-the-same",
            text,
            None,
            {"table": name, "found": found[name], "wanted": wanted[name]},
        )
        for name in wanted
        if found[name] != wanted[name]
    ]
    if problems:
        raise Invalid(problems)


def _number_on(source: Connection, target: Connection) -> None:
    """Screens and pages know rows by their numbers: a new row gets one that none had, also none of
    those that were deleted, as far as SQLite remembers them."""
    rows = source.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")
    given: dict[str, int] = dict(rows.all())
    for table in copied():
        if (column := table.autoincrement_column) is None:
            continue
        last = max(target.scalar(select(func.max(column))) or 0, given.get(table.name, 0))
        if last:
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            target.execute(select(func.setval(sequence, last)))
