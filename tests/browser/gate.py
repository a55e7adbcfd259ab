"""A gate between walls and servers, so that a server can go and come without being started anew."""

import selectors
import socket
import threading
from contextlib import suppress

from tests.serving import free_port

CHUNK = 65_536


class Gate:
    """Listens on a port of its own; what comes is handed to the server that it leads to."""

    def __init__(self) -> None:
        self.port = free_port()
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def lead_to(self, port: int) -> None:
        """Connections go to this server from now on; those that there are end."""
        self.shut()
        listener = socket.create_server(("127.0.0.1", self.port))
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener, port), daemon=True).start()

    def shut(self) -> None:
        """As if the server were gone: nobody answers, and every connection ends."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        with self._lock:
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def _accept(self, listener: socket.socket, port: int) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                told = (listener, near, port)
                threading.Thread(target=self._relay, args=told, daemon=True).start()

    def _relay(self, listener: socket.socket, near: socket.socket, port: int) -> None:
        # The server may be on its way out: then who knocked is sent away.
        with suppress(OSError), near, socket.create_connection(("127.0.0.1", port)) as far:
            with self._lock:
                self._open |= {near, far}
                is_late = self._listener is not listener
            try:
                if is_late:  # the gate was shut before this one was known
                    return
                _relay_both(near, far)
            finally:
                with self._lock:
                    self._open -= {near, far}


def _relay_both(near: socket.socket, far: socket.socket) -> None:
    """Until one of them ends."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(near, selectors.EVENT_READ, far)
        waiting.register(far, selectors.EVENT_READ, near)
        while True:
            for key, _ in waiting.select():
                said = key.fileobj.recv(CHUNK)  # type: ignore[union-attr]
                if not said:
                    return
                key.data.sendall(said)
