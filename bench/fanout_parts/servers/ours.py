"""The product's sockets alone, direct or ordinary: one namespace, one room, no database.
Run under gevent.monkey, as `signage serve` is patched."""

import gc
import sys
from collections.abc import Iterator
from tempfile import TemporaryDirectory

import gevent
from flask import Flask
from flask_socketio import Namespace, join_room
from gevent.fileobject import FileObject

from bench.fanout_parts.servers import message
from signage.live import sockets as product
from signage.live.engine import freeze
from signage.live.sockets import open_sockets, wsgi_server
from signage.settings import read_settings

product.PONG_SECONDS = 180
"""While others are measured a generator cannot answer; socketio.mjs waits as long."""


READ = 64 * 1024
"""Bytes in one go, as Node's."""


class _Walls(Namespace):  # type: ignore[misc]  # Flask-SocketIO ships no types
    def on_connect(self, _auth: object = None) -> None:
        join_room("quotes")


def main(mode: str, folder: str) -> None:
    """Serve until standard input ends. mode: as in SIGNAGE_SOCKETS."""
    settings = read_settings({"SIGNAGE_DATA": folder, "SIGNAGE_SOCKETS": mode})
    flask = Flask(__name__)
    sockets = open_sockets(flask, settings)
    sockets.on_namespace(_Walls("/wall"))
    server = wsgi_server(("127.0.0.1", 0), flask, settings)
    server.start()
    freeze()
    print(f"port {server.server_port}", flush=True)
    for line in _lines():
        command, _, n = line.partition(" ")
        if command == "say":
            sockets.emit("changes", message(int(n)), to="quotes", namespace="/wall")
        elif command == "collect":
            gc.collect()
            print("collected", flush=True)


def _lines() -> Iterator[str]:
    """As Node reads them: all that came in one go, then the loop has its turn."""
    said, rest = FileObject(0, "rb", buffering=0, closefd=False), b""
    while came := said.read(READ):
        *lines, rest = (rest + came).split(b"\n")
        yield from (line.decode() for line in lines)
        gevent.sleep(0)


if __name__ == "__main__":
    with TemporaryDirectory(prefix="bench-fanout-") as name:
        main(sys.argv[1], name)
