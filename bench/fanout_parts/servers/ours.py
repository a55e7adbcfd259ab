"""The product's sockets alone, direct or ordinary: one namespace, one room, no database.
Run under gevent.monkey, as `signage serve` is patched."""

import gc
import sys
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
    for line in FileObject(0, "r", closefd=False):
        command, _, n = line.strip().partition(" ")
        if command == "say":
            sockets.emit("changes", message(int(n)), to="quotes", namespace="/wall")
            # Lines that wait already would hold the loop for ever.
            gevent.sleep(0)
        elif command == "collect":
            gc.collect()
            print("collected", flush=True)


if __name__ == "__main__":
    with TemporaryDirectory(prefix="bench-fanout-") as name:
        main(sys.argv[1], name)
