"""What stands between HTTP and sockets: the upgrade, in both modes."""

import _socket
from typing import Any

from gevent.pywsgi import WSGIHandler


class DirectHandler(WSGIHandler):  # type: ignore[misc]  # gevent ships no types
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
