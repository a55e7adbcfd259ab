"""Strangers, and players gone wrong: what no server should take, and must live through."""

from dataclasses import dataclass
from random import Random

from bench.recovery_parts import frames
from bench.recovery_parts.loop import Loop
from bench.recovery_parts.websocket import WebSocketLine

HELLO = '42/wall,["hello",{}]'


@dataclass(frozen=True, slots=True)
class Insult:
    """What is sent once let in. reason: with which it is closed, as the meters name it; None where
    that depends on which sockets are used, or on what the bytes happen to be."""

    name: str
    messages: tuple[str | bytes, ...]
    reason: str | None
    raw: bool = False
    """Bytes as they are, under the websocket."""
    joins: bool = True
    """Whether it is let in first."""


INSULTS = (
    Insult("no packet", ("4garbage",), "malformed"),
    Insult("broken JSON", ('42/wall,["hello",{',), "malformed"),
    Insult("no event", ("42/wall,{}",), "malformed"),
    Insult("unknown event", ('42/wall,["approve",{"quote":1}]',), "malformed"),
    Insult("two arguments", ('42/wall,["hello",{},{}]',), "malformed"),
    Insult("event that is a number", ("42/wall,[7]",), "malformed"),
    Insult(
        "nested deeply", ('42/wall,["hello",' + "[" * 20_000 + "]" * 20_000 + "]",), "malformed"
    ),
    Insult("endless number", ('42/wall,["hello",{"rev":' + "9" * 5000 + "}]",), "malformed"),
    Insult("not a number", ('42/wall,["hello",{"rev":NaN}]',), "malformed"),
    Insult("an answer to no question", ("43/wall,7[]",), "malformed"),
    Insult("another namespace", ('42["hello",{}]',), "malformed"),
    Insult("attachments", ('451-/wall,["hello",{"_placeholder":true,"num":0}]',), "binary"),
    Insult("binary", (b"\x00\x01\x02",), "binary"),
    Insult("too large", ('42/wall,["hello","' + "x" * 70_000 + '"]',), "too-large"),
    Insult("too often", (HELLO,) * 400, "too-often"),
    Insult("said before it is let in", (HELLO,), "no-namespace", joins=False),
    Insult("frame of no kind", (b"\x8f\x80abcd",), "malformed", raw=True),
    Insult("unmasked frame", (b"\x81\x05hello",), "malformed", raw=True),
    Insult("no UTF-8", (b"\x81\x82\x00\x00\x00\x00\xc3\x28",), "malformed", raw=True),
    Insult(
        "endless frame",
        (b"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00",),
        None,
        raw=True,
    ),
    Insult("another protocol", (b"\x10\x1d\x00\x04MQTT\x04\x02\x00\x3c",), "malformed", raw=True),
)
"""Kinds of what may be sent."""


def some_insult(chance: Random) -> Insult:
    """One of them, or one with bytes that nobody thought of."""
    if chance.random() < 0.7:
        return chance.choice(INSULTS)
    if chance.random() < 0.5:
        return Insult("any bytes", (chance.randbytes(chance.randrange(2, 400)),), None, raw=True)
    text = "".join(chance.choices('0123456789[]{}",:/wal\x00é ', k=chance.randrange(1, 60)))
    return Insult("any text", (f"4{text}",), None)


class Stranger:
    """Connects with a good key, says its insult, and notes whether it was cut off."""

    def __init__(self, loop: Loop, port: int, key: str, insult: Insult) -> None:
        self.insult = insult
        self.closed_at: float | None = None
        self.said_at: float | None = None
        self._loop = loop
        self._key = key
        self._line = WebSocketLine(loop, self, port)  # type: ignore[arg-type]  # it hears as players do

    @property
    def reason(self) -> str | None:
        """Code and reason of the server's close frame."""
        return self._line.reason

    def opened(self, line: WebSocketLine) -> None:
        """The wire is there."""
        if self.insult.joins:
            line.send(frames.connect({"token": self._key, "protocol": 1}))
        else:
            self._insult(line)

    def heard(self, line: WebSocketLine, text: str) -> None:
        """It was let in, or something is answered."""
        if text.startswith("0") and self.said_at is None:
            self._insult(line)

    def closed(self, line: WebSocketLine) -> None:
        """The server, or whatever is between, hung up."""
        del line
        self.closed_at = self._loop.now()

    def leave(self) -> None:
        """Hang up."""
        self._line.close()

    def _insult(self, line: WebSocketLine) -> None:
        self.said_at = self._loop.now()
        for message in self.insult.messages:
            if self.insult.raw:
                line.put(message if isinstance(message, bytes) else message.encode())
            else:
                line.send_raw(message)
