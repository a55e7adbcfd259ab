from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from signage.actions.audit import ACTS, examine_chain, note
from signage.models import AuditEntry, Database

pytestmark = pytest.mark.both


def noted(database: Database, n: int, at: datetime) -> None:
    for number in range(n):
        with database.write() as session:
            note(session, "withdrawn", user_id=1, about=f"quote {number}", at=at)


def test_entries_are_numbered_and_seal_one_another(database: Database, at: datetime) -> None:
    noted(database, 3, at + timedelta(microseconds=7))

    chain = examine_chain(database)

    assert (chain.entries, chain.broken) == (3, None)
    with database.read() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.id for entry in entries] == [1, 2, 3]
    assert [entry.previous for entry in entries[1:]] == [entry.seal for entry in entries[:-1]]
    assert chain.head == entries[-1].seal


def test_what_is_rolled_back_leaves_neither_act_nor_entry(database: Database, at: datetime) -> None:
    noted(database, 1, at)

    def fail() -> None:
        with database.write() as session:
            note(session, "erased", user_id=1, at=at)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    noted(database, 1, at)

    assert examine_chain(database).entries == 2
    assert examine_chain(database).broken is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET user_id = 2 WHERE id = 2",
        "DELETE FROM audit_entries WHERE id = 3",
        "DELETE FROM audit_entries",
    ],
)
def test_the_database_refuses_to_change_an_entry(
    database: Database, at: datetime, statement: str
) -> None:
    noted(database, 3, at)

    with pytest.raises(SQLAlchemyError, match="audit log"), database.write() as session:
        session.execute(text(statement))

    assert (examine_chain(database).entries, examine_chain(database).broken) == (3, None)


def test_the_database_refuses_to_put_another_in_an_entrys_place(
    database: Database, at: datetime
) -> None:
    noted(database, 3, at)
    copied = (
        "INTO audit_entries SELECT id, 'erased', user_id, about, detail, made_at, previous, 'x'"
        " FROM audit_entries WHERE id = 2"
    )
    clause = " ON CONFLICT (id) DO UPDATE SET act = 'erased'"
    on_sqlite = f"INSERT OR REPLACE {copied}"
    statements = (
        [on_sqlite]
        if database.is_sqlite
        else [f"INSERT {copied}{clause}", "TRUNCATE audit_entries"]
    )
    for statement in statements:
        with pytest.raises(SQLAlchemyError, match="audit log"), database.write() as session:
            session.execute(text(statement))

    with database.read() as session:
        assert set(session.scalars(select(AuditEntry.act))) == {"withdrawn"}
    assert examine_chain(database).broken is None


def test_whoever_gets_round_the_database_is_found_out(database: Database, at: datetime) -> None:
    noted(database, 3, at)
    change = "UPDATE audit_entries SET user_id = 2 WHERE id = 2"
    able = "ALTER TABLE audit_entries {} TRIGGER audit_entries_stay"
    statements = (
        ["DROP TRIGGER audit_entries_stay", change]
        if database.is_sqlite
        # Other tests are given this database after this one.
        else [able.format("DISABLE"), change, able.format("ENABLE")]
    )
    with database.write() as session:
        for statement in statements:
            session.execute(text(statement))

    assert examine_chain(database).broken == 2


def test_an_act_that_there_is_not_is_a_mistake_of_the_program(
    database: Database, at: datetime
) -> None:
    with pytest.raises(ValueError, match="no act"), database.write() as session:
        note(session, "unheard-of", user_id=None, at=at)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_acts_fit_their_column() -> None:
    assert all(len(act) <= 32 for act in ACTS)
