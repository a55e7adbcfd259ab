"""The server's end of a simulated line, in the place of an Engine.IO socket."""

from typing import Any, Protocol

from engineio import packet

from bench.recovery_parts.wire import Line


class Owner(Protocol):
    """The process that a socket belongs to."""

    def tick(self) -> None:
        """Perhaps die."""
        ...

    def hung_up(self, socket: "Socket") -> None:
        """A line ended."""
        ...


class Socket:
    """What Engine.IO servers ask of a socket, in both modes."""

    def __init__(self, sid: str, line: Line, owner: Owner) -> None:
        self.sid = sid
        self.line = line
        self.closed = self.was_let_in = False
        self.connected = self.upgraded = True
        self.session: dict[str, Any] = {}
        self._owner = owner

    def send(self, pkt: packet.Packet) -> None:
        """A message to the player."""
        if pkt.packet_type == packet.MESSAGE:
            self._tell(str(pkt.data))

    def write(self, frames: bytes) -> None:
        """The same as websocket frames of text."""
        while frames:
            start = {126: 4, 127: 10}.get(frames[1], 2)
            size = frames[1] if start == 2 else int.from_bytes(frames[2:start])
            self._tell(frames[start : start + size].decode()[1:])
            frames = frames[start + size :]

    def cut(self, reason: str) -> None:
        """The server hangs up on who said what it cannot take."""
        self.close(reason=reason)

    def close(self, **_: object) -> None:
        """The server hangs up."""
        if not self.closed:
            self.closed = True
            self.line.shut()
            self._owner.hung_up(self)

    def _tell(self, text: str) -> None:
        self._owner.tick()
        if not self.closed:
            self.line.answer(text)
        self._owner.tick()
