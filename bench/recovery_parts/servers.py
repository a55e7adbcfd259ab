"""Real `signage serve` processes on one database: SQLite alone, or PostgreSQL and Redis."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.recovery_parts.own_clock import set_clock
from signage.actions.setup import set_up
from signage.migrate import migrate
from signage.models import Database
from tests.services import Postgres, Redis
from tests.serving import free_port

KEY = "a key that only this benchmark knows"
FSIZE = resource.RLIMIT_FSIZE


@dataclass(slots=True)
class ServerProcess:
    """One server, that can be killed and started again."""

    port: int
    environment: dict[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Run; it takes requests a moment later."""
        self.kill()
        with self.log.open("ab") as log:
            # It ends with this process, even if that is killed.
            tied = ("setpriv", "--pdeathsig=KILL", sys.executable)
            self.process = subprocess.Popen(
                [*tied, "-m", "bench.recovery_parts.own_clock", "serve", "--port", str(self.port)],
                env=self.environment, stdout=subprocess.DEVNULL, stderr=log,
            )  # fmt: skip

    def kill(self) -> None:
        """As a power cut would; again is harmless."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def pause(self, *, on: bool) -> None:
        """It answers nothing for a while."""
        if self.process is not None:
            self.process.send_signal(signal.SIGSTOP if on else signal.SIGCONT)

    def set_clock(self, seconds: float) -> None:
        """Its clock is ahead by so much from now on."""
        set_clock(Path(self.environment["BENCH_CLOCK"]), seconds)

    def fill_disk(self, most: int) -> None:
        """No file of it grows beyond so many bytes; -1: as before."""
        if self.process is not None and self.process.poll() is None:
            hard = resource.prlimit(self.process.pid, FSIZE)[1]
            resource.prlimit(self.process.pid, FSIZE, (hard if most < 0 else most, hard))


@dataclass(slots=True)
class Site:
    """Servers with what they need."""

    name: str
    folder: Path
    database_url: str
    servers: list[ServerProcess] = field(default_factory=list)
    postgres: Postgres | None = None
    redis: Redis | None = None

    def log(self) -> str:
        """All that the servers said."""
        return "".join(server.log.read_text("utf-8", "replace") for server in self.servers)


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
    for number in range(many):
        port = free_port()
        environment = {
            **os.environ, "SIGNAGE_DATA": str(site.folder), "SIGNAGE_PORT": str(port),
            "SIGNAGE_SECRET_KEY": KEY, "SIGNAGE_SOCKETS": sockets, "LANG": "en",
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
