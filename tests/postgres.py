"""A PostgreSQL of a test's own: made, started, stopped and thrown away."""

import secrets
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

import psycopg

from signage.migrate import newest
from tests.service import Service

_FAST = (
    # synchronous_commit stays on: tests kill it, and what was committed must be there again.
    "fsync=off", "full_page_writes=off", "autovacuum=off",
    "max_connections=200", "shared_buffers=32MB", "wal_level=minimal", "max_wal_senders=0",
    "listen_addresses=127.0.0.1", "log_min_messages=panic", "jit=off",
)  # fmt: skip


class Postgres(Service):
    """A PostgreSQL of Debian's package, under no system service."""

    user = "postgres"
    abruptly = signal.SIGQUIT

    def __init__(self) -> None:
        super().__init__()
        self._password = secrets.token_hex(16)
        self._made = 0
        secret = self.folder / "password"
        secret.write_text(self._password)
        if self.as_user():
            for path in (self.folder, secret):
                shutil.chown(path, self.user, self.user)
        subprocess.run(
            [
                *self.as_user(), _program("initdb"), "-D", str(self.folder / "data"),
                "--username=signage", "--auth=password", f"--pwfile={secret}",
                "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions",
            ],
            check=True, capture_output=True, cwd=self.folder,
        )  # fmt: skip

    def command(self) -> Sequence[str]:
        """Sockets and data in its own folder."""
        settings = (f"port={self.port}", f"unix_socket_directories={self.folder}", *_FAST)
        options = [part for setting in settings for part in ("-c", setting)]
        return (_program("postgres"), "-D", str(self.folder / "data"), *options)

    def answers(self) -> bool:
        """Whether it takes sign-ins."""
        try:
            self.run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def create(self, template: str = "template1") -> str:
        """A new database, as `template` is; gives its address."""
        self._made += 1
        name = f"signage_{self._made}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Forget a database, whoever is still connected to it."""
        self.run(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")

    def url(self, name: str) -> str:
        """The address of a database."""
        return f"postgresql+psycopg://signage:{self._password}@127.0.0.1:{self.port}/{name}"

    def empty(self, url: str) -> None:
        """Forget what was written into an empty product's database."""
        self.run(_FORGET, url)
        self.run(f"INSERT INTO alembic_version VALUES ('{newest()}')", url)  # noqa: S608 - our own

    def run(self, statement: str, url: str = "") -> None:
        """As its administrator, in one of its databases."""
        address = (url or self.url("postgres")).replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True, connect_timeout=10) as connection:
            connection.execute(statement)


def _program(name: str) -> str:
    """Debian keeps PostgreSQL's programs off the PATH, one folder for each version."""
    found = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    latest = max(found, key=lambda path: float(path.parts[4]), default=None)
    return str(latest or shutil.which(name) or name)


_FORGET = """
DO $$
DECLARE name text;
BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica;  -- no order of tables to keep to
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
            AND tablename <> 'feeds' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences
            WHERE last_value IS NOT NULL AND sequencename <> 'feeds_id_seq' LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', name);
    END LOOP;
    DELETE FROM feeds WHERE feeds.name ~ '^f[0-9]+$';  -- made at the desk
    UPDATE feeds SET rev = 0, stale = true, epoch = left(md5(random()::text), 12);
END $$
"""
