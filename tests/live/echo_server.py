"""The product's sockets alone, for tests: one namespace that echoes, steered by standard input.

Usage: python -m tests.live.echo_server direct|ordinary FOLDER. Answers each line with one line.
"""

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402 - gevent patches first
import sys  # noqa: E402
from collections.abc import Callable  # noqa: E402
from time import monotonic  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
from flask import Flask, request  # noqa: E402
from flask_socketio import ConnectionRefusedError as SocketRefused  # noqa: E402
from flask_socketio import Namespace, SocketIO, disconnect, join_room, leave_room  # noqa: E402
from gevent.fileobject import FileObject  # noqa: E402
from prometheus_client import generate_latest  # noqa: E402

from signage import meters  # noqa: E402
from signage.live import handlers  # noqa: E402
from signage.live.sockets import cut_off, open_sockets, wsgi_server  # noqa: E402
from signage.settings import read_settings  # noqa: E402


class Echo(Namespace):  # type: ignore[misc]  # Flask-SocketIO ships no types
    """hello joins the room, heartbeat echoes, confirm leaves the room or the server."""

    gone = 0

    def on_connect(self, auth: object = None) -> None:
        if auth == {"token": "bad"}:
            raise SocketRefused("unknown")

    def on_disconnect(self, _reason: object = None) -> None:
        Echo.gone += 1

    def on_hello(self, _said: object = None) -> str:
        join_room("all")
        return str(request.sid)  # type: ignore[attr-defined]  # Flask-SocketIO adds it

    def on_heartbeat(self, said: object = None) -> object:
        return said

    def on_confirm(self, said: object = None) -> None:
        if said == "fail":
            raise RuntimeError("a handler of ours that fails")
        leave_room("all") if said == "room" else disconnect()


def commands(sockets: SocketIO) -> dict[str, Callable[..., object]]:
    """What a line may ask for."""
    server = sockets.server

    def say(n: int, size: int, to: str) -> None:
        sockets.emit("changes", {"n": n, "fill": "å" * size}, to=to, namespace="/wall")

    def ask(sid: str) -> None:
        sockets.emit("ask", {}, to=sid, namespace="/wall", callback=lambda *_: None)

    def patience(idle: float, head: float) -> None:
        handlers.IDLE_SECONDS, handlers.HEAD_SECONDS = idle, head

    return {
        "say": say,
        "ask": ask,
        "stop": server.eio.stop,
        "away": lambda sid: cut_off(sockets, sid),
        "later": lambda seconds: server.eio.keep(monotonic() + seconds),
        "patience": patience,
        "count": lambda: [len(server.eio.sockets), len(server.environ), Echo.gone],
        "meters": lambda: generate_latest(meters.REGISTRY).decode(),
    }


def main(mode: str, folder: str) -> None:
    """Serve until standard input ends."""
    settings = read_settings({"SIGNAGE_DATA": folder, "SIGNAGE_SOCKETS": mode})
    flask = Flask("echo")
    flask.add_url_rule("/", "home", lambda: "plain HTTP")
    sockets = open_sockets(flask, settings)
    sockets.on_namespace(Echo("/wall"))
    server = wsgi_server(("127.0.0.1", 0), flask, settings)
    server.start()
    print(server.server_port, flush=True)
    known = commands(sockets)
    for line in FileObject(0, "r", closefd=False):
        name, *arguments = json.loads(line)
        answer: Any = known[name](*arguments)
        print(json.dumps(answer), flush=True)
        gevent.sleep(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
