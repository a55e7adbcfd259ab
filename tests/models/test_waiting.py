"""While PostgreSQL works, gevent's loop goes on: in a process that gevent has patched."""

import json
import subprocess
import sys
from typing import Any

from tests.services import fresh_postgres

PROGRAM = """
from gevent import monkey
monkey.patch_all()

import json
import sys

import gevent
from sqlalchemy import func, select, text

from signage.models import Database, Feed

database = Database(sys.argv[1])
order = []


def read(name, seconds):
    with database.read() as session:
        session.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": seconds})
    order.append(name)


def write(name, seconds):
    with database.write() as session:
        session.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": seconds})
        order.append(name)


def count():
    for number in range(5):
        gevent.sleep(0.01)
        order.append(number)


PLAN
print(json.dumps(order))
database.engine.dispose()
"""


def ran(plan: str) -> list[Any]:
    with fresh_postgres() as url:
        program = PROGRAM.replace("PLAN", f"gevent.joinall([{plan}], raise_error=True)")
        done = subprocess.run(
            [sys.executable, "-c", program, url], capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


def test_a_slow_query_holds_nobody_up() -> None:
    assert ran('gevent.spawn(read, "slow", 2), gevent.spawn(count)') == [0, 1, 2, 3, 4, "slow"]


def test_who_waits_for_a_turn_to_write_holds_nobody_up() -> None:
    writers = 'gevent.spawn(write, "first", 2), gevent.spawn(write, "second", 0)'
    assert ran(f"{writers}, gevent.spawn(count)") == [0, 1, 2, 3, 4, "first", "second"]


def test_many_who_wait_to_write_leave_connections_to_those_who_read() -> None:
    writers = '*[gevent.spawn(write, "written", 0.1) for _ in range(40)]'
    order = ran(f'{writers}, gevent.spawn(read, "read", 0)')

    assert order.count("written") == 40
    assert "read" in order[:20]


def test_more_readers_than_connections_all_get_their_turn() -> None:
    assert ran('*[gevent.spawn(read, "read", 0.05) for _ in range(60)]') == ["read"] * 60
