"""A TCP proxy between players and servers, which delays, swallows, halves, repeats and refuses."""

import contextlib
import socket
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from bench.recovery_parts.loop import Loop

AT_ONCE = 65536
_RESET = struct.pack("ii", 1, 0)


@dataclass(slots=True)
class RealWeather:
    """What the proxy does just now; chances are of each piece of traffic."""

    slowest: float = 0.0
    swallowed: float = 0.0
    halved: float = 0.0
    repeated: float = 0.0
    refused: float = 0.0


class Proxy:
    """Listens on `port`; leads to any of the `servers` (ports) by chance."""

    def __init__(self, loop: Loop, chance: Random, servers: Callable[[], Sequence[int]]) -> None:
        self.loop = loop
        self.chance = chance
        self.weather = RealWeather()
        self.pipes: list[Pipe] = []
        self.faults = 0
        self._servers = servers
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=100)
        self._listening.setblocking(False)
        self.port: int = self._listening.getsockname()[1]
        loop.read(self._listening, self._accept)

    def clear(self) -> None:
        """The weather is good again; what a connection lost, it does not live through."""
        self.weather = RealWeather()
        for pipe in [pipe for pipe in self.pipes if pipe.lossy]:
            pipe.reset()

    def close(self) -> None:
        """End."""
        self.loop.forget(self._listening)
        self._listening.close()
        for pipe in list(self.pipes):
            pipe.reset()

    def happens(self, chance: float) -> bool:
        """Whether something does that happens so often."""
        if chance and self.chance.random() < chance:
            self.faults += 1
            return True
        return False

    def _accept(self) -> None:
        near, _ = self._listening.accept()
        try:
            if self.happens(self.weather.refused):
                raise ConnectionRefusedError
            far = socket.create_connection(
                ("127.0.0.1", self.chance.choice(self._servers())), timeout=1
            )
        except OSError:
            near.close()
            return
        self.pipes.append(Pipe(self, near, far))


class Pipe:
    """One connection through the proxy."""

    def __init__(self, proxy: Proxy, near: socket.socket, far: socket.socket) -> None:
        self.lossy = False
        self._proxy = proxy
        self._plugs = (near, far)
        self._latest = dict.fromkeys(self._plugs, 0.0)
        for source, target in ((near, far), (far, near)):
            source.setblocking(False)
            proxy.loop.read(source, lambda s=source, t=target: self._carry(s, t))  # type: ignore[misc]

    def reset(self) -> None:
        """Cut it, in the midst of whatever is on its way."""
        for plug in self._plugs:
            self._proxy.loop.forget(plug)
            if plug.fileno() >= 0:
                with contextlib.suppress(OSError):
                    plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                plug.close()
        if self in self._proxy.pipes:
            self._proxy.pipes.remove(self)

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        proxy = self._proxy
        try:
            data = source.recv(AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            proxy.loop.forget(source)
            self._later(target, data)
        elif proxy.happens(proxy.weather.swallowed):
            self.lossy = True
        elif proxy.happens(proxy.weather.halved):
            self._later(target, data[: len(data) // 2])
            self._later(target, b"")
        else:
            self._later(target, data)
            if proxy.happens(proxy.weather.repeated):
                self.lossy = True
                self._later(target, data)

    def _later(self, target: socket.socket, data: bytes) -> None:
        proxy = self._proxy
        slowest = proxy.weather.slowest
        due = proxy.loop.now() + (proxy.chance.uniform(0, slowest) if slowest else 0.0)
        due = self._latest[target] = max(due, self._latest[target])
        if due <= proxy.loop.now():
            self._put(target, data)
        else:
            proxy.loop.later(due - proxy.loop.now(), lambda: self._put(target, data))

    def _put(self, target: socket.socket, data: bytes) -> None:
        try:
            if not data:
                raise ConnectionResetError
            target.setblocking(True)
            target.settimeout(0.2)
            target.sendall(data)
            target.setblocking(False)
        except OSError:
            self.reset()
