"""Real `signage serve` processes on one database: SQLite alone, or PostgreSQL and Redis."""

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from time import monotonic

from bench.recovery_parts.server_process import ServerProcess
from signage.actions.setup import set_up
from signage.migrate import migrate
from signage.models import Database
from tests.services import Postgres, Redis
from tests.serving import free_port

KEY = "a key that only this benchmark knows"


@dataclass(slots=True)
class Site:
    """Servers with what they need."""

    name: str
    folder: Path
    database_url: str
    servers: list[ServerProcess] = field(default_factory=list)
    postgres: Postgres | None = None
    redis: Redis | None = None
    _harms: int = 0
    _well_since: float = 0.0

    def harm(self) -> None:
        """From now on the database is kept from answering; each harm is healed once."""
        self._harms += 1

    def heal(self) -> None:
        """One harm is over."""
        self._harms -= 1
        self._well_since = monotonic()

    def was_harmed(self, since: float) -> bool:
        """Whether the database was kept from answering at any time since then (monotonic)."""
        return self._harms > 0 or self._well_since >= since

    def log(self) -> str:
        """All that the servers said."""
        return "".join(server.log.read_text("utf-8", "replace") for server in self.servers)

    def keep_logs(self) -> Path:
        """Put them where they outlive this; gives the folder."""
        folder = Path(mkdtemp(prefix="recovery-logs-"))
        for server in self.servers:
            shutil.copy(server.log, folder)
        return folder


@contextmanager
def sqlite_site(sockets: str) -> Iterator[Site]:
    """One server on SQLite."""
    with TemporaryDirectory(prefix="recovery-") as name:
        folder = Path(name)
        site = Site(f"SQLite, {sockets} sockets", folder, f"sqlite:///{folder / 'signage.db'}")
        with _running(site, 1, sockets, ""):
            yield site


@contextmanager
def postgres_site(sockets: str) -> Iterator[Site]:
    """Two servers on PostgreSQL and Redis."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="recovery-")))
        postgres = stack.enter_context(Postgres())
        # Tests do without it; here a commit that was answered must outlive a kill.
        postgres.run("ALTER ROLE signage SET synchronous_commit = on")
        redis = stack.enter_context(Redis())
        name = f"PostgreSQL and Redis, {sockets} sockets"
        site = Site(name, folder, postgres.create(), postgres=postgres, redis=redis)
        stack.enter_context(_running(site, 2, sockets, redis.url))
        yield site


@contextmanager
def _running(site: Site, many: int, sockets: str, redis_url: str) -> Iterator[None]:
    database = Database(site.database_url)
    migrate(database)
    set_up(database)
    database.engine.dispose()
    ports = [held_port() for _ in range(many)]
    for number, port in enumerate(held.getsockname()[1] for held in ports):
        environment = {
            **os.environ, "SIGNAGE_DATA": str(site.folder), "SIGNAGE_PORT": str(port),
            "SIGNAGE_SECRET_KEY": KEY, "SIGNAGE_SOCKETS": sockets, "LANG": "en",
            "LC_ALL": "",  # which would go before
            "DATABASE_URL": site.database_url, "REDIS_URL": redis_url,
            "BENCH_CLOCK": str(site.folder / f"server-{number}.clock"),
        }  # fmt: skip
        server = ServerProcess(port, environment, site.folder / f"server-{number}.log")
        server.set_clock(0)
        site.servers.append(server)
    try:
        for server in site.servers:
            server.start()
        yield
    finally:
        for server in site.servers:
            server.kill()
        for held in ports:
            held.close()


def held_port() -> socket.socket:
    """Has a free port, on which a server can listen again and again; whoever else looks for a free
    one is not given it while the server is down."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", free_port()))
    return held
