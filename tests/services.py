"""Real PostgreSQL and Redis for tests.

    with fresh_postgres() as url:       an empty product in a database of its own (DATABASE_URL)
    with fresh_postgres(empty=True):    nothing in it, not even tables
    url = redis_url()                   the session's Redis, which keeps nothing (REDIS_URL)

Each of the two runs once per test session, from the first call on, on a free port, and ends with
the session, also when that is killed. A test that stops and starts a service has one of its own:

    with Postgres() as postgres:
        url = postgres.create()
        postgres.stop()                 connections are cut off; stop(kill=True) as a power cut
        postgres.start()                on the port of before, with all that was committed
        postgres.pause()                hangs: it answers nothing, until postgres.go_on()
    with Redis() as redis:              the same; its address is redis.url

Ask for them from the main thread: they end with the thread that started them.
"""

import atexit
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from signage.actions.setup import set_up
from signage.migrate import migrate
from signage.models import Database
from tests.postgres import Postgres
from tests.service import Service

__all__ = ["Postgres", "Redis", "fresh_postgres", "redis_url"]


class Redis(Service):
    """A Redis that keeps nothing on disk."""

    @property
    def url(self) -> str:
        """For REDIS_URL."""
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> Sequence[str]:
        """No snapshots, no log."""
        port, folder = str(self.port), str(self.folder)
        kept = ("--save", "", "--appendonly", "no", "--bind", "127.0.0.1")
        return ("redis-server", "--port", port, "--dir", folder, *kept)

    def answers(self) -> bool:
        """Whether it answers a ping."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=10) as plug:
                plug.sendall(b"PING\r\n")
                return plug.recv(100).startswith(b"+PONG")
        except OSError:
            return False


@contextmanager
def fresh_postgres(*, empty: bool = False) -> Iterator[str]:
    """The address of a database that nobody else uses; what is written there is forgotten."""
    if empty:
        url = _postgres().create()
        yield url
        _postgres().drop(url)
        return
    # Emptying one that was used before takes a tenth of the time of making one.
    url = _idle.pop() if _idle else _postgres().create(_template())
    yield url
    _postgres().empty(url)
    _idle.append(url)


_idle: list[str] = []


@cache
def redis_url() -> str:
    """The address of the session's Redis."""
    redis = Redis()
    _for_the_session(redis)
    return redis.url


@cache
def _postgres() -> Postgres:
    postgres = Postgres()
    _for_the_session(postgres)
    return postgres


@cache
def _template() -> str:
    """A database with an empty product: copying it is faster than migrating anew."""
    url = _postgres().create()
    database = Database(url)
    migrate(database)
    set_up(database)
    database.engine.dispose()
    return url.rpartition("/")[2]


def _for_the_session(service: Service) -> None:
    atexit.register(service.end)
    service.start()
