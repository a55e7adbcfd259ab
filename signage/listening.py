"""The address that a server listens on: what keeps it from that is told in a sentence."""

import errno
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from signage.errors import Refused
from signage.settings import Settings
from signage.words import N_, translate

HIGHEST = 65535
TEXTS: Mapping[int, str] = {
    errno.EADDRINUSE: N_(
        "Port {port} is taken on {host}. Stop what uses it, or choose another port: put "
        "SIGNAGE_PORT={other} in front of the command, or --port {other} behind it."
    ),
    errno.EACCES: N_(
        "This user may not listen on port {port}. Choose one from 1024 on: put SIGNAGE_PORT=8000 "
        "in front of the command."
    ),
}
NO_ADDRESS = N_(
    "This machine has no address {host} to listen on. Set SIGNAGE_HOST to one of its own, such as "
    "127.0.0.1, or to 0.0.0.0 for all of them."
)
_NO_ADDRESS = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


def try_address(settings: Settings) -> None:
    """Listen for a moment, before work that takes long. Raises Refused where that cannot be."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with listening(settings), socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((settings.host, settings.port))
        probe.listen()


@contextmanager
def listening(settings: Settings) -> Iterator[None]:
    """Raise Refused, with what to do, for an address that cannot be had."""
    try:
        yield
    except OSError as error:
        if (text := _text(error)) is None:
            raise
        other = settings.port + 1 if settings.port < HIGHEST else settings.port - 1
        told = translate(text).format(host=settings.host, port=settings.port, other=other)
        raise Refused(told) from error


def _text(error: OSError) -> str | None:
    if isinstance(error, socket.gaierror) or error.errno in _NO_ADDRESS:
        return NO_ADDRESS
    return TEXTS.get(error.errno or 0)
