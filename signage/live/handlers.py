"""What stands between HTTP and sockets: how long a request may take to come, and the upgrade."""

import _socket
from contextlib import suppress
from typing import Any

import gevent
from gevent.pywsgi import WSGIHandler

IDLE_SECONDS = 120.0
"""Until a connection that asks for nothing is closed; longer than proxies keep theirs."""
HEAD_SECONDS = 20.0
"""For the rest of a request's head, once it has begun."""


class PatientHandler(WSGIHandler):  # type: ignore[misc]  # gevent ships no types
    """Serves HTTP; whoever opens a connection and says nothing does not keep it."""

    def read_requestline(self) -> str:
        """The first line of a request; raises TimeoutError, and then the connection is closed."""
        with gevent.Timeout(IDLE_SECONDS, TimeoutError):
            line: str = super().read_requestline()
            return line

    def read_request(self, raw_requestline: str) -> bool:
        """Its other lines; raises ValueError, which is answered with 400."""
        with gevent.Timeout(HEAD_SECONDS, ValueError("too slow")):
            try:
                return bool(super().read_request(raw_requestline))
            except ConnectionError as error:  # gevent would write where it came from past the log
                raise ValueError("gone") from error

    def handle(self) -> None:
        """Serve a connection to its end. Who is gone before the answer is nobody's mistake."""
        with suppress(ConnectionError):
            super().handle()


class DirectHandler(PatientHandler):
    """Serves HTTP; an application may take the connection over by `signage.upgrade`."""

    socket: Any
    """gevent's, until it is handed over."""

    def get_environ(self) -> dict[str, Any]:
        """The WSGI environment, with a way to take the connection over where one was asked for."""
        environ: dict[str, Any] = super().get_environ()
        if "HTTP_UPGRADE" in environ and not environ.get("CONTENT_LENGTH"):
            environ["signage.upgrade"] = self._hand_over
        return environ

    def run_application(self) -> None:
        """Answer, unless the connection was taken over meanwhile."""
        self.result = self.application(self.environ, self.start_response)
        if self.socket is not None:
            self.process_result()

    def _hand_over(self) -> _socket.socket:
        """The connection as C knows it, without gevent's waiting; this handler forgets it."""
        raw = _socket.socket(fileno=self.socket.detach())
        self.socket = None
        self.close_connection = True
        return raw
