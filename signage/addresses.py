"""Addresses of PostgreSQL and Redis as settings name them: what is mistyped is told at the start.

The reasons that the libraries give may quote a piece of the password, so none is passed on.
"""

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo, timeout_from_conninfo
from redis import ConnectionPool
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from signage.errors import BadSetting

_SIGNS = "signs such as @, : and / in a password are written %40, %3A and %2F"


def database_address(name: str, url: str) -> str:
    """The address as it came; raises BadSetting, naming the variable, for one that is none, and for
    options that PostgreSQL does not have."""
    try:
        address = make_url(url)
        if address.get_backend_name() == "postgresql":
            if "@" in (address.host or ""):  # the end of a password, that an error would quote
                raise ValueError(name)
            dialect = address.set(drivername="postgresql+psycopg").get_dialect()()
            _, given = dialect.create_connect_args(address)
            timeout_from_conninfo(conninfo_to_dict(make_conninfo(**given)))
    except (ArgumentError, ValueError) as error:
        file = " or sqlite:////folder/signage.db" if name == "DATABASE_URL" else ""
        raise BadSetting(
            f"{name} must look like postgresql+psycopg://user:password@host/name{file}; {_SIGNS}"
        ) from error
    except psycopg.ProgrammingError as error:
        raise BadSetting(
            f"{name} has an option, behind ?, that PostgreSQL does not take"
        ) from error
    return url


def redis_address(name: str, url: str) -> str:
    """The same for Redis."""
    try:
        if not url.startswith(("redis://", "rediss://")):
            raise ValueError(url)
        ConnectionPool.from_url(url).make_connection()  # makes it ready; connects to nothing
    except (ValueError, TypeError) as error:
        raise BadSetting(f"{name} must look like redis://localhost:6379/0; {_SIGNS}") from error
    return url
