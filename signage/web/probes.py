"""Whether the parts that this process stands on answer, asked just now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import gevent
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from signage.migrate import newest
from signage.models import Database
from signage.web.context import Parts
from signage.words import N_

PATIENCE = 2.0
"""Seconds that a part gets to answer."""
A_MOMENT = 0.2
"""Seconds that a page waits at most to hear how Redis is."""
SWEEP_PATIENCE = timedelta(seconds=10)
"""The relay looks each second; one that has not for so long does not run."""

ADVICE: Mapping[str, str] = {
    "database": N_(
        "The database does not answer. Start it; if it runs, see DATABASE_URL and the room on its"
        " disk. Walls go on with what they have."
    ),
    "migrations": N_(
        "The database was made for another version. Restart this process; if that does not help,"
        " install the version that runs elsewhere."
    ),
    "relay": N_(
        "Changes are not announced. The log says why; restart this process if it stays like this."
    ),
    "redis": N_(
        "Redis does not answer, so the processes of this server do not hear from each other. Walls"
        " go on; a change may reach them a second later. Start Redis, or see REDIS_URL."
    ),
}
"""For each part, what to do when it does not answer."""

NEEDED = frozenset({"database", "migrations", "relay"})
"""Parts without which this process cannot serve. Redis carries wake-ups alone."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One part, and whether it answers."""

    name: str
    up: bool

    @property
    def advice(self) -> str:
        """What to do about it (English, marked for translation); "" while it answers."""
        return "" if self.up else ADVICE[self.name]


def look(parts: Parts, at: datetime) -> list[Probe]:
    """Every part that there is: Redis only where it is set up."""
    revision = _revision(parts.database)
    probes = [Probe("database", revision is not None)]
    if revision is not None:
        probes.append(Probe("migrations", revision == newest()))
    swept = parts.swept()
    probes.append(Probe("relay", swept is not None and at - swept < SWEEP_PATIENCE))
    if parts.settings.redis_url:
        probes.append(Probe("redis", _pings(parts.settings.redis_url)))
    return probes


def redis_advice(parts: Parts) -> str:
    """What to do about a lost Redis, for a page (English, marked for translation); "" while it
    answers and where none is set up."""
    url = parts.settings.redis_url
    return Probe("redis", not url or _watched(url).up()).advice


class _Watched:
    """How Redis is, for who does not wait: where it takes long, what was known last is told."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._up = True
        self._looking: gevent.Greenlet | None = None

    def up(self) -> bool:
        """Look, unless somebody does."""
        if self._looking is None or self._looking.ready():
            self._looking = gevent.spawn(self._look)
        self._looking.join(timeout=A_MOMENT)
        return self._up

    def _look(self) -> None:
        self._up = _pings(self._url)


_watched = cache(_Watched)


def _revision(database: Database) -> str | None:
    """What the database was brought to; None when it does not answer."""
    try:
        with gevent.Timeout(PATIENCE, exception=False), database.read() as session:
            found = session.scalar(text("SELECT version_num FROM alembic_version"))
            return str(found)
    except SQLAlchemyError:
        pass
    return None


def _pings(url: str) -> bool:
    try:
        with gevent.Timeout(PATIENCE, exception=False):
            return bool(_redis(url).ping())
    except (RedisError, OSError):
        pass
    return False


@cache
def _redis(url: str) -> Redis:
    """A client that asks once and does not wait for long."""
    return Redis.from_url(
        url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
    )
