"""The Engine.IO server of walls: every socket is counted, bounded, and cut off with a reason."""

import gc
import logging
from collections import deque
from collections.abc import Callable, Collection, Mapping
from time import monotonic
from typing import Any

import engineio
import gevent
from engineio import packet
from socketio import packet as sio_packet

from signage import logs, meters
from signage.live.limits import NAMESPACE_SECONDS, Refusal, read_packet
from signage.live.pings import Pings

log = logging.getLogger(__name__)

Said = Mapping[str, Collection[str]]
"""Namespace → what its clients may say."""

# All that Flask needs to answer an event; the rest of a WSGI environment is 4 KB a socket.
_KEPT = (
    "flask.app", "REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "SERVER_NAME",
    "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_HOST", "REMOTE_ADDR", "wsgi.url_scheme", "HTTP_COOKIE",
    "HTTP_X_FORWARDED_FOR",
)  # fmt: skip


FREEZE_EVERY = 500
"""Sockets that came or went until what is alive is put out of the garbage collector's sight."""


def freeze() -> None:
    """Take what is alive out of the garbage collector's rounds: thousands of sockets live for
    weeks, and looking through them would hold up broadcasts."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class WallEngine(engineio.Server):  # type: ignore[misc]  # python-engineio ships no types
    """An Engine.IO server for websockets alone, whose sockets are of `socket_class`."""

    def __init__(self, socket_class: Any, said: Said, **options: Any) -> None:  # noqa: ANN401 - the libraries ship no types
        super().__init__(**options, monitor_clients=False)
        self._socket_class = socket_class
        self._said = said
        self._joined: Callable[[str], bool] = lambda _: True
        self._is_in: Callable[[str, str], bool] = lambda *_: True
        self._young: deque[tuple[float, Any]] = deque()
        self._pings = Pings(self.ping_interval, self.ping_timeout)
        self._watching: gevent.Greenlet | None = None
        self._frozen = 0
        meters.CONNECTIONS.set_function(lambda: len(self.sockets))

    def attach(self, server: Any) -> None:  # noqa: ANN401 - python-socketio ships no types
        """Serve a Socket.IO server in place of the engine that it made for itself."""
        for event in ("connect", "message", "disconnect"):
            self.on(event, server.eio.handlers[event])
        server.eio = self
        in_one = server.manager.sid_from_eio_sid
        self._is_in = lambda sid, namespace: in_one(sid, namespace) is not None
        self._joined = lambda sid: any(self._is_in(sid, each) for each in self._said)

    def cut(self, socket: Any, reason: str) -> None:  # noqa: ANN401 - the library ships no types
        """Close a client's socket and say why: to it, in the log, in the meters."""
        if not socket.closed:
            meters.CUT_OFF.labels(reason).inc()
            logs.event("cut-off", level=logging.WARNING, reason=reason, socket=socket.sid)
            socket.cut(reason)

    def origin_fits(self, environ: dict[str, Any]) -> bool:
        """Whether a handshake comes from our own pages, or from no page at all."""
        origin = environ.get("HTTP_ORIGIN")
        allowed = self._cors_allowed_origins(environ)
        return not origin or allowed is None or origin in allowed

    def _log_error_once(self, _said: str, reason: str) -> None:
        """Count a handshake that the library refuses; what it says of it quotes a stranger."""
        meters.REFUSED.labels(reason).inc()
        logs.event("refused", reason=reason)

    def receive(self, socket: Any, text: object) -> None:  # noqa: ANN401 - the library ships no types
        """Hand one message to Socket.IO, or cut off who sent what cannot be taken."""
        try:
            read = read_packet(text, self._said)
            if read.packet_type == sio_packet.EVENT and not self._is_in(socket.sid, read.namespace):
                if socket.was_let_in:
                    return  # it was on its way when the server left the namespace
                raise Refusal("no-namespace")
        except Refusal as refusal:
            self.cut(socket, refusal.reason)
            return
        try:
            self.handlers["message"](socket.sid, text)
        except Exception:  # ours, since the packet is sound: the socket goes on
            log.exception("a wall's message could not be handled")
        socket.was_let_in = socket.was_let_in or self._joined(socket.sid)

    def forget(self, socket: Any) -> None:  # noqa: ANN401 - the library ships no types
        """A socket has closed."""
        self.sockets.pop(socket.sid, None)

    def stop(self) -> None:
        """Tell every client that the server ends; not waited for longer than a second."""
        goodbyes = [gevent.spawn(each.cut, "stopping") for each in tuple(self.sockets.values())]
        gevent.joinall(goodbyes, timeout=1)

    def keep(self, now: float) -> None:
        """What is done each second: cut off who named no namespace in time, or left it; ping who
        is due, cut off who did not answer."""
        while self._young and self._young[0][0] <= now:
            due, socket = self._young.popleft()
            if not socket.closed and self._stays(socket):
                self._pings.begin(socket, due - NAMESPACE_SECONDS)
        for socket in self._pings.due(now):
            if self._stays(socket):
                self._pings.pinged(socket, now)
                socket.send(packet.Packet(packet.PING))
        for socket in self._pings.silent(now):
            self.cut(socket, "no-answer")
        if abs(len(self.sockets) - self._frozen) >= FREEZE_EVERY:
            self._frozen = len(self.sockets)
            freeze()

    def _stays(self, socket: Any) -> bool:  # noqa: ANN401 - the library ships no types
        """Whether it is in a namespace; who is not is cut off."""
        joined = self._joined(socket.sid)
        if not joined:
            self.cut(socket, "no-namespace")
        return joined

    def _handle_connect(
        self,
        environ: dict[str, Any],
        start_response: Callable[..., object],
        transport: str,  # noqa: ARG002 - always websocket
        jsonp_index: int | None = None,  # noqa: ARG002 - the library's signature
    ) -> object:
        self._watching = self._watching or gevent.spawn(self._watch)
        socket = self._socket_class(self, self.generate_id())
        self.sockets[socket.sid] = socket
        self._young.append((monotonic() + NAMESPACE_SECONDS, socket))
        kept = {name: environ[name] for name in _KEPT if name in environ}
        self.handlers["connect"](socket.sid, kept)
        socket.send(self._opening(socket.sid))
        try:
            return socket.handle_get_request(environ, start_response)
        finally:
            if socket.closed:
                self.forget(socket)

    def _opening(self, sid: str) -> packet.Packet:
        return packet.Packet(
            packet.OPEN,
            {
                "sid": sid,
                "upgrades": [],
                "pingTimeout": int(self.ping_timeout * 1000),
                "pingInterval": int(self.ping_interval * 1000),
                "maxPayload": self.max_http_buffer_size,
            },
        )

    def _watch(self) -> None:
        while True:
            gevent.sleep(1)
            try:
                self.keep(monotonic())
            except Exception:  # whatever it was, the next second must come
                log.exception("sockets could not be looked after")
