"""A PostgreSQL that hangs is given up, and whoever asked is told as if it had gone."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from signage.migrate import migrate
from signage.models import Database, Touchpoint, engine, patient
from signage.models.database import Turn, take_turn
from signage.models.patient import FOR_EVER
from signage.models.trouble import trouble
from tests.patience import eventually
from tests.services import Postgres

A_LITTLE = 1.5
"""Seconds. A server that does not hang answers within, also on a machine that is busy otherwise."""
ASLEEP = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with Postgres() as running:
        yield running


@pytest.fixture
def patient_one(postgres: Postgres) -> Iterator[Database]:
    """A new database, and its connections as they are; whatever fails, it runs afterwards."""
    database = Database(postgres.create())
    yield database
    postgres.go_on()
    database.engine.dispose()


@pytest.fixture
def opened(
    patient_one: Database, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Database]:
    """The same, impatient: a ping gets a little, and a statement what a test says."""
    monkeypatch.setattr(patient, "PROMPT_SECONDS", A_LITTLE)
    monkeypatch.setattr(engine, "LONGEST", request.param)
    database = Database(f"{patient_one.url}?connect_timeout=2")
    yield database
    database.engine.dispose()


impatient = pytest.mark.parametrize("opened", [A_LITTLE], indirect=True)
patiently = pytest.mark.parametrize("opened", [FOR_EVER], indirect=True)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as running:
        yield running


def ask(database: Database, statement: str = "SELECT 1") -> None:
    with database.read() as session:
        session.execute(text(statement))


def add(database: Database, name: str, before: Callable[[], None] = lambda: None) -> None:
    with database.write() as session:
        session.add(Touchpoint(name=name, position=1))
        before()


def is_added(database: Database, name: str) -> bool:
    """False where somebody else just tried in vain."""
    try:
        add(database, name)
    except DBAPIError:
        return False
    return True


def is_away(call: Callable[[], object]) -> bool:
    with pytest.raises(DBAPIError) as caught:
        call()
    return trouble(caught.value) == "away"


def sleep(database: Database) -> None:
    ask(database, "SELECT pg_sleep(600)")


def write_asleep(database: Database) -> None:
    with database.write() as session:
        session.execute(text("SELECT pg_sleep(600)"))


def count(database: Database, counting: str) -> int:
    with database.read() as session:
        return int(session.scalar(text(counting)) or 0)


@impatient
def test_what_is_half_done_is_undone_and_can_be_done_again(
    opened: Database, patient_one: Database, postgres: Postgres
) -> None:
    migrate(patient_one)

    assert is_away(lambda: add(opened, "Shop", postgres.pause))
    assert is_away(lambda: ask(opened))  # also whoever comes next, by a new connection
    postgres.go_on()

    eventually(lambda: is_added(opened, "Shop"))
    assert count(patient_one, "SELECT count(*) FROM touchpoints") == 1


@patiently
def test_whoever_connects_in_vain_ends_the_waiting_of_all(
    opened: Database, patient_one: Database, postgres: Postgres, threads: ThreadPoolExecutor
) -> None:
    ask(opened)
    calls = (sleep, write_asleep, write_asleep)  # the last one waits for its turn
    asked = [threads.submit(is_away, partial(call, opened)) for call in calls]
    eventually(lambda: count(patient_one, ASLEEP) == 2)

    postgres.pause()
    assert is_away(lambda: ask(opened))

    assert [each.result() for each in asked] == [True] * 3


@patiently
def test_a_statement_that_takes_its_time_is_waited_for(opened: Database) -> None:
    ask(opened, f"SELECT pg_sleep({2 * A_LITTLE})")


@impatient
def test_who_waits_to_migrate_waits_as_long_as_it_takes(
    opened: Database, patient_one: Database, threads: ThreadPoolExecutor
) -> None:
    with patient_one.engine.begin() as connection:
        take_turn(connection, Turn.MIGRATE)
        migrating = threads.submit(migrate, opened)
        eventually(lambda: count(patient_one, WAITING) == 1)
        assert is_away(lambda: sleep(opened))  # so long nobody else waits

    migrating.result()
    assert count(patient_one, "SELECT count(*) FROM touchpoints") == 0
