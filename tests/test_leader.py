"""One of several processes runs the jobs."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest

from signage.leader import SILENCE, Leader
from signage.models import Database
from tests.logged import logged
from tests.patience import eventually
from tests.services import Postgres, fresh_postgres


@contextmanager
def standing(url: str) -> Iterator[Leader]:
    """A process's leader, looked after by hand."""
    database = Database(url)
    leader = Leader(database)
    try:
        yield leader
    finally:
        leader._let_go()
        database.engine.dispose()


@pytest.fixture
def url() -> Iterator[str]:
    with fresh_postgres() as address:
        yield address


PROGRAM = """
from gevent import monkey
monkey.patch_all()
import sys
import gevent
from signage.leader import Leader
from signage.models import Database

leader = Leader(Database(sys.argv[1]))
print("leading" if leader.look() else "looking on", flush=True)
leader.start()
while not leader.leads:
    gevent.sleep(0.05)
print("leading", flush=True)
gevent.sleep(600)
"""


@contextmanager
def process(url: str) -> Iterator["subprocess.Popen[str]"]:
    """A process that says when it leads."""
    command = [sys.executable, "-c", PROGRAM, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


def said(running: "subprocess.Popen[str]") -> str:
    assert running.stdout is not None
    return running.stdout.readline().strip()


def ask(url: str, statement: str) -> list[tuple[object, ...]]:
    with closing(psycopg.connect(url.replace("+psycopg", ""), autocommit=True)) as connection:
        return connection.execute(statement).fetchall()


def test_of_several_one_leads_and_the_next_takes_over(url: str) -> None:
    with standing(url) as second:
        with standing(url) as first:
            assert [first.look(), second.look(), first.look()] == [True, False, True]
            assert (first.leads, second.leads) == (True, False)
        eventually(second.look)  # the database hears of it in a moment


def test_who_loses_the_connection_leads_no_more(url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "signage.delivery")
    with standing(url) as first, standing(url) as second:
        first.look()
        # The locks of all databases of this server are listed.
        holder = (
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        assert ask(url, holder) == [(True,)]

        assert not first.look()
        eventually(second.look)  # its end is said before the lock is free
        assert not first.look()

    told = [(record.levelname, record.getMessage()) for record in logged(caplog)]
    assert told == [("INFO", "leading"), ("WARNING", "leading-ended"), ("INFO", "leading")]


def test_who_hangs_is_thrown_out_by_the_database(url: str) -> None:
    with standing(url) as leader:
        leader.look()
        assert leader._connection is not None
        kept = leader._connection.execute("SHOW idle_session_timeout").fetchone()
    assert kept == (f"{SILENCE}s",)


def test_without_the_database_nobody_leads_and_with_it_one_does_again() -> None:
    with Postgres() as postgres:
        url = postgres.create()
        with standing(url) as first, standing(url) as second:
            assert first.look()
            postgres.stop()
            assert [first.look(), second.look()] == [False, False]
            postgres.start()
            assert [second.look(), first.look(), second.look()] == [True, False, True]


def test_when_the_leader_is_killed_another_process_takes_over(url: str) -> None:
    with process(url) as first:
        assert said(first) == "leading"
        with process(url) as second:
            assert said(second) == "looking on"
            first.kill()
            assert said(second) == "leading"


def test_on_sqlite_the_process_leads(database: Database) -> None:
    leader = Leader(database)
    assert leader.leads
    leader.start()
    leader.stop()
