"""Opening the sockets of walls: direct, or Flask-SocketIO as it comes; alone, or over Redis."""

import logging
from typing import Any

import gevent
import socketio
from flask import Flask
from flask_socketio import SocketIO
from gevent.pywsgi import WSGIServer

from signage.live import encoding
from signage.live.bounded import BoundedHandler, OrdinarySocket
from signage.live.direct import DirectEngine, DirectManager
from signage.live.engine import WallEngine
from signage.live.handlers import DirectHandler
from signage.live.limits import DESK, LARGEST_MESSAGE, SAID, WALL
from signage.live.no_http import NoHttp
from signage.live.wake import Waking
from signage.settings import Settings

PING_SECONDS, PONG_SECONDS = 25, 20
BACKLOG = 4096
"""Connections that may wait to be accepted: after a restart all walls come at once."""

_log = logging.getLogger(__name__)
"""The libraries' too: with none given they write past our log."""


class DirectRedis(Waking, DirectManager):
    """Direct sockets of several processes."""


def open_sockets(flask: Flask, settings: Settings) -> SocketIO:
    """Flask-SocketIO on namespaces /wall and /desk, over websockets alone, bounded."""
    sockets = SocketIO(
        flask,
        async_mode="gevent",
        async_handlers=False,  # what one wall says is handled in the order in which it said it
        transports=["websocket"],
        namespaces=[WALL, DESK],  # and not "/", which would be open to everybody
        manage_session=False,
        client_manager=_manager(settings),
        json=encoding,
        logger=_log,
        engineio_logger=_log,
    )
    _engine(settings).attach(sockets.server)
    return sockets


def cut_off(sockets: SocketIO, sid: str, namespace: str = WALL) -> None:
    """Send a client away, and close its connection, whatever it makes of that."""
    server = sockets.server
    engine_sid = server.manager.eio_sid_from_sid(sid, namespace)
    server.disconnect(sid, namespace=namespace, ignore_queue=True)
    if engine_sid is not None:
        # An ordinary socket waits until its last packet is written: not here.
        gevent.spawn(server.eio.disconnect, engine_sid)


def wsgi_server(address: tuple[str, int], flask: Flask, settings: Settings) -> WSGIServer:
    """gevent's HTTP server for the product, not yet started."""
    handler = DirectHandler if settings.sockets == "direct" else BoundedHandler
    server = WSGIServer(
        address, flask, handler_class=handler, log=None, error_log=NoHttp(), backlog=BACKLOG
    )
    server.engine = flask.extensions["socketio"].server.eio
    return server


def _engine(settings: Settings) -> WallEngine:
    options: dict[str, Any] = {
        "async_mode": "gevent",
        "transports": ["websocket"],
        "max_http_buffer_size": LARGEST_MESSAGE,
        "ping_interval": PING_SECONDS,
        "ping_timeout": PONG_SECONDS,
        "async_handlers": False,
        "logger": _log,
    }
    if settings.sockets == "direct":
        return DirectEngine(SAID, **options)
    return WallEngine(OrdinarySocket, SAID, **options)


def _manager(settings: Settings) -> Any:  # noqa: ANN401 - python-socketio ships no types
    direct = settings.sockets == "direct"
    if settings.redis_url:
        return DirectRedis(settings.redis_url) if direct else Waking(settings.redis_url)
    return DirectManager() if direct else socketio.Manager()
