"""What a service manager does: a server that ended by itself is started again, and told of."""

from collections.abc import Callable
from typing import Protocol

from bench.recovery_parts.server_process import ServerProcess
from bench.recovery_parts.servers import Site
from signage.models.trouble import TITLES

PAUSE = 2.0
"""Seconds, as the units of README.md and docs/operations.md have it (RestartSec)."""
OFTEN = 0.05


class Later(Protocol):
    """Who calls when time has come."""

    def later(self, seconds: float, call: Callable[[], object]) -> object: ...


class Keeper:
    """Looks after the servers of a site as long as `time` goes on; `tell` takes violations."""

    def __init__(self, time: Later, site: Site, tell: Callable[[str], object]) -> None:
        self.restarts = 0
        self._time = time
        self._site = site
        self._tell = tell
        self._seen: dict[int, object] = {}
        """Port → the process that ended there last."""
        self._look()

    def _look(self) -> None:
        for server in self._site.servers:
            if server.code is not None and self._seen.get(server.port) is not server.process:
                self._seen[server.port] = server.process
                self._ended(server)
        self._time.later(OFTEN, self._look)

    def _ended(self, server: ServerProcess) -> None:
        self.restarts += 1
        server.by_itself = True
        if not _may_end(server, self._site):
            self._tell(f"{server.name} ended by itself with {server.code}: {server.last_words()}")
        process = server.process

        def again() -> None:
            if server.process is process:  # else a fault of the program came before
                server.start(by_itself=True)

        self._time.later(PAUSE, again)


def _may_end(server: ServerProcess, site: Site) -> bool:
    """A start ends at once, with a sentence, where the database is kept from answering just then.
    Whoever has served may not: it goes on without the database."""
    told = server.words()
    because = bool(told) and told[-1] in TITLES.values()
    return because and server.code == 1 and not server.served and site.was_harmed(server.started_at)
