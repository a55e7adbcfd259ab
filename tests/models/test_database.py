import threading
import traceback
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from signage.models import Database, Touchpoint, Upload, User


def add(database: Database, name: str) -> None:
    with database.write() as session:
        session.add(Touchpoint(name=name, position=1))


def count(database: Database) -> int:
    with database.read() as session:
        return session.query(Touchpoint).count()


def test_an_error_takes_the_whole_transaction_back(database: Database) -> None:
    add(database, "Shop")
    both = [Touchpoint(name="Website", position=2), Touchpoint(name="Shop", position=3)]
    with pytest.raises(IntegrityError), database.write() as session:
        session.add_all(both)

    assert count(database) == 1


def test_what_a_read_session_changes_is_thrown_away(database: Database) -> None:
    with database.read() as session:
        session.add(Touchpoint(name="Shop", position=1))
        session.flush()

    assert count(database) == 0


def test_a_read_session_sees_one_committed_state(database: Database) -> None:
    with database.read() as session:
        before = session.query(Touchpoint).count()
        add(database, "Shop")
        assert session.query(Touchpoint).count() == before

    assert count(database) == 1


def test_others_are_told_after_a_commit_and_never_after_an_error(database: Database) -> None:
    seen: list[int] = []
    database.on_commit(lambda: seen.append(count(database)))

    add(database, "Shop")
    with pytest.raises(IntegrityError):
        add(database, "Shop")

    assert seen == [1]


def test_writers_of_one_process_take_turns(database: Database) -> None:
    """Each reads and then writes; none is refused, and none overwrites another."""

    def grow() -> None:
        for _ in range(10):
            with database.write() as session:
                place = session.query(Touchpoint).one()
                place.position += 1

    add(database, "Shop")
    threads = [threading.Thread(target=grow) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.read() as session:
        assert session.query(Touchpoint).one().position == 61


def test_two_processes_on_one_database_take_turns_too(database: Database) -> None:
    """As the server and a command line beside it."""
    other = Database(database.url)

    def write(opened: Database, name: str) -> None:
        for place in range(8):
            add(opened, f"{name}{place}")

    threads = [
        threading.Thread(target=write, args=(opened, name))
        for opened, name in ((database, "a"), (other, "b"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.engine.dispose()

    assert count(database) == 16


def test_a_time_comes_back_aware_and_in_utc(database: Database, at: datetime) -> None:
    elsewhere = at.astimezone(timezone(timedelta(hours=2)))
    with database.write() as session:
        session.add(
            User(
                email="ida@example.com", name="Ida", password_hash="-", language="en",
                created_at=elsewhere,
            )
        )  # fmt: skip

    with database.read() as session:
        kept = session.query(User).one()
    assert kept.created_at == at
    assert kept.created_at.tzinfo is UTC
    assert kept.disabled_at is None


def test_a_time_without_a_zone_is_refused(database: Database, at: datetime) -> None:
    user = User(
        email="ida@example.com", name="Ida", password_hash="-", language="en",
        created_at=at.replace(tzinfo=None),
    )  # fmt: skip

    with pytest.raises(StatementError, match="without a zone"), database.write() as session:
        session.add(user)


def test_what_belongs_to_nothing_is_refused(database: Database, at: datetime) -> None:
    upload = Upload(
        user_id=99, file_name="x", state="previewed", plan={}, bytes_total=0, bytes_done=0,
        counts={}, refused=[], created_at=at,
    )  # fmt: skip

    with pytest.raises(IntegrityError), database.write() as session:
        session.add(upload)


def test_the_file_is_kept_as_the_product_needs_it(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'own.db'}")
    with database.read() as session:
        found = {
            name: session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "foreign_keys", "secure_delete", "synchronous")
        }

    database.engine.dispose()
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1, "synchronous": 1}


def test_a_text_with_a_nul_finds_nothing_and_breaks_nothing(database: Database) -> None:
    add(database, "Shop")

    with database.read() as session:
        named = select(Touchpoint.id).where(Touchpoint.name == "Shop\0")
        assert session.scalars(named).all() == []
        either = select(Touchpoint.id).where(Touchpoint.name.in_(["\0", "Shop"]))
        assert len(session.scalars(either).all()) == 1


def test_an_error_quotes_nothing_that_was_to_be_kept(database: Database, at: datetime) -> None:
    """It may end in a log."""
    twice = [
        User(email="ida@example.com", name="Ida", password_hash="-", language="en", created_at=at)
        for _ in range(2)
    ]
    with pytest.raises(IntegrityError) as caught, database.write() as session:
        session.add_all(twice)

    said = "".join(traceback.format_exception(caught.value))
    assert "Error" in said
    assert "ida@" not in said
