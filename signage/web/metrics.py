"""GET /metrics for Prometheus: numbers of this process, for this machine or for who has a token.

What changes all the time is counted where it happens (signage/meters.py); what can be asked, such
as the age of the outbox, is asked when somebody reads.
"""

from contextlib import suppress
from ipaddress import IPv6Address, ip_address
from time import perf_counter
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, g, request
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from signage import meters
from signage.core.roles import ANYONE
from signage.core.tokens import token_hash
from signage.errors import Refused
from signage.models import FeedChange
from signage.web.bearer import ask_for_token, shown_token, token_in_force
from signage.web.context import at, database, parts
from signage.web.permit import require
from signage.web.probes import NEEDED, look

pages = Blueprint("metrics", __name__)
pages.before_request(require(ANYONE))

_JUST_NOW = 0.001
"""Seconds: never 0, by which an age says that there is nothing."""
_SIGNS_OF_A_PROXY = ("Forwarded", "Via", "X-Forwarded-For", "X-Real-IP")


@pages.get("/metrics")
def metrics() -> Response | tuple[Response, int]:
    """The numbers, in Prometheus' text form."""
    try:
        if not _is_local():
            _require_token()
    except Refused:
        return ask_for_token()
    _ask()
    return Response(generate_latest(meters.REGISTRY), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def count_requests(app: Flask) -> None:
    """Count every answer by its class, and time it by its endpoint."""

    def begin() -> None:
        g.began = perf_counter()

    def end(response: Response) -> Response:
        meters.REQUESTS.labels(f"{response.status_code // 100}xx").inc()
        # Not the path: strangers think up paths without end, and some hold tokens.
        endpoint = meters.REQUEST_SECONDS.labels(request.endpoint or "none")
        endpoint.observe(perf_counter() - g.began)
        return response

    app.before_request(begin)
    app.after_request(end)


def _is_local() -> bool:
    """Whether a program on this very machine asks, and no proxy for somebody else. A proxy that
    nobody told us of gives itself away by its headers, or by the public name that it passes on."""
    if parts().settings.trusted_proxies or any(h in request.headers for h in _SIGNS_OF_A_PROXY):
        return False
    return _is_loopback(request.remote_addr or "") and _is_loopback(_host())


def _host() -> str:
    """The name or address by which we were asked."""
    try:
        host = urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return ""
    return "127.0.0.1" if host == "localhost" else host


def _is_loopback(name: str) -> bool:
    try:
        address = ip_address(name)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback


def _require_token() -> None:
    """Raise Refused without a token in force. While the database does not answer, nobody can end
    a token, and the numbers are wanted most: one that was good the last time is good again."""
    known, shown = parts().scrapers, token_hash(shown_token())
    try:
        token_in_force()
    except Refused:
        known.discard(shown)
        raise
    except SQLAlchemyError as error:
        if shown not in known:
            raise Refused from error
    known.add(shown)


def _ask() -> None:
    meters.SCREENS.set(len(parts().connected()))
    probes = {probe.name: probe.up for probe in look(parts(), at())}
    for name in NEEDED | probes.keys():
        # Of what is not asked, since the database is away, nothing good is known.
        meters.UP.labels(name).set(probes.get(name, False))
    if probes["database"]:
        with suppress(SQLAlchemyError):
            _ask_outbox()


def _ask_outbox() -> None:
    with database().read() as session:
        waiting, oldest = session.execute(
            select(func.count(), func.min(FeedChange.made_at)).where(
                FeedChange.announced_at.is_(None)
            )
        ).one()
    meters.OUTBOX_CHANGES.set(waiting)
    age = max(_JUST_NOW, (at() - oldest).total_seconds()) if oldest else 0
    meters.OUTBOX_AGE.set(age)
