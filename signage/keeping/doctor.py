"""Finding out what is wrong, one line each, with what to do."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from redis import Redis, RedisError
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from signage.actions.audit import examine_chain
from signage.actions.witness import kept, tells
from signage.errors import SignageError
from signage.keeping.backup import is_whole
from signage.keeping.finding import Finding
from signage.keeping.shape import Shape, shape_of
from signage.models import Database, FeedChange
from signage.settings import Settings
from signage.sqlite_file import database_file, is_moved
from signage.words import N_

LEAST_FREE = 200 * 2**20
CLOCK_MAY_BE_OFF = timedelta(minutes=5)
REDIS_SECONDS = 3.0


def examine(settings: Settings, *, at: datetime) -> Iterator[Finding]:
    """Look at everything that the product stands on. Nothing is changed."""
    yield _settings(settings)
    yield _data_folder(settings)
    yield _disk(settings)
    yield from _database(settings, at)
    if settings.redis_url:
        yield _redis(settings)


def _settings(settings: Settings) -> Finding:
    """That they can be read is known by now: a bad one stops every command and is named."""
    if settings.secure and not settings.trusted_proxies:
        text = N_(
            "SIGNAGE_URL says https, so a proxy stands in front, but SIGNAGE_TRUSTED_PROXIES is 0: "
            "one person's wrong passwords would lock everybody out. Set it to how many there are."
        )
        return Finding(N_("Settings"), wrong=True, text=text)
    text = N_("They can be read. The public address is {url}.")
    return Finding(N_("Settings"), wrong=False, text=text, params={"url": settings.url})


def _data_folder(settings: Settings) -> Finding:
    what, params = N_("Data folder"), {"folder": settings.data}
    if not settings.data.is_dir() or not os.access(settings.data, os.R_OK | os.W_OK | os.X_OK):
        text = N_("{folder} cannot be written to. Give it to the user that the server runs as.")
        return Finding(what, wrong=True, text=text, params=params)
    if settings.data.stat().st_mode & 0o077:
        text = N_("{folder} can be read by other users of this machine. Run: chmod 700 {folder}")
        return Finding(what, wrong=True, text=text, params=params)
    return Finding(what, wrong=False, text=N_("{folder} is this user's own."), params=params)


def _disk(settings: Settings) -> Finding:
    file = database_file(settings)
    size = file.stat().st_size if file is not None and file.exists() else 0
    free = shutil.disk_usage(settings.data).free if settings.data.is_dir() else 0
    params = {"free": free // 2**20, "size": max(LEAST_FREE, 2 * size) // 2**20}
    if free < max(LEAST_FREE, 2 * size):
        text = N_("{free} MB are free; {size} MB are needed. Make room before it is full.")
        return Finding(N_("Disk"), wrong=True, text=text, params=params)
    return Finding(N_("Disk"), wrong=False, text=N_("{free} MB are free."), params=params)


def _database(settings: Settings, at: datetime) -> Iterator[Finding]:
    what, file = N_("Database"), database_file(settings)
    if file is not None and not file.exists():  # looking must not make one
        text = N_("There is none yet; the first start of the server makes it.")
        yield Finding(what, wrong=False, text=text)
        return
    if is_moved(settings):
        text = N_(
            "Its data were moved to PostgreSQL. Name that database in DATABASE_URL, or run signage "
            "move --back to go on with this one."
        )
        yield Finding(what, wrong=True, text=text)
        return
    if file is not None and not is_whole(file):
        text = N_("It is damaged. Stop the server and run signage restore with the latest backup.")
        yield Finding(what, wrong=True, text=text)
        return
    database = Database(settings.database_url)
    try:
        yield from _inside(database, settings, at)
    except (SQLAlchemyError, SignageError):
        text = N_("It does not answer. See that it runs, and that DATABASE_URL is right.")
        yield Finding(what, wrong=True, text=text)
    finally:
        database.engine.dispose()


def _inside(database: Database, settings: Settings, at: datetime) -> Iterator[Finding]:
    shape = shape_of(database)
    texts = {
        Shape.CURRENT: N_("It answers, is whole, and its tables are those of this version."),
        Shape.OLDER: N_("Its tables are of an earlier version; the next start changes them."),
        Shape.NEWER: N_("Its tables are of a later version. Install that one again."),
        Shape.NONE: N_("It holds no tables yet; the first start of the server makes them."),
    }
    yield Finding(N_("Database"), wrong=shape is Shape.NEWER, text=texts[shape])
    if shape is Shape.CURRENT:
        for check in _CHECKS:
            yield check(database, settings, at)


def _witness(database: Database, settings: Settings, _: datetime) -> Finding:
    what = N_("History")
    if tells(kept(settings.data), database) == "restored":
        text = N_(
            "The database was put back to an earlier state. Start the server again, or run "
            "signage doctor --renew-epochs, so that every wall takes everything anew."
        )
        return Finding(what, wrong=True, text=text)
    return Finding(what, wrong=False, text=N_("The database goes on from where walls saw it."))


def _clock(database: Database, _: Settings, at: datetime) -> Finding:
    with database.read() as session:
        latest = session.scalar(select(func.max(FeedChange.made_at)))
    if latest is not None and latest > at + CLOCK_MAY_BE_OFF:
        text = N_("The clock is behind what is recorded already. Set it, and keep it by NTP.")
        return Finding(N_("Clock"), wrong=True, text=text)
    text = N_("It is {time} in UTC, after all that is recorded.")
    return Finding(N_("Clock"), wrong=False, text=text, params={"time": f"{at:%Y-%m-%d %H:%M}"})


def _redis(settings: Settings) -> Finding:
    try:
        with Redis.from_url(
            settings.redis_url,
            socket_connect_timeout=REDIS_SECONDS,
            socket_timeout=REDIS_SECONDS,
        ) as connection:
            connection.ping()
    except (RedisError, OSError, ValueError):
        text = N_(
            "It does not answer; walls hear of changes up to a second later. See that it runs, and "
            "that REDIS_URL is right."
        )
        return Finding("Redis", wrong=True, text=text)
    return Finding("Redis", wrong=False, text=N_("It answers."))


def _audit(database: Database, _: Settings, __: datetime) -> Finding:
    what, chain = N_("Audit log"), examine_chain(database)
    if chain.broken is not None:
        text = N_("Entry {broken} does not follow from those before it: the log was tampered with.")
        return Finding(what, wrong=True, text=text, params={"broken": chain.broken})
    text = N_("{entries} entries, each sealing those before it; the last seal is {head}.")
    params = {"entries": chain.entries, "head": chain.head[:16]}
    return Finding(what, wrong=False, text=text, params=params)


_CHECKS: tuple[Callable[[Database, Settings, datetime], Finding], ...] = (_witness, _clock, _audit)
