"""The player's side of the line: connects, asks, asks again, comes back (connection.js)."""

from abc import ABC, abstractmethod
from random import Random
from typing import Any

from bench.recovery_parts import frames, lines
from bench.recovery_parts.lines import Dial, Json, Line
from bench.recovery_parts.world import Time, Timers


class Conversation(ABC):
    """One question at a time; after a refusal rarely, else soon, with full jitter."""

    def __init__(self, time: Time, dial: Dial, key: str, chance: Random) -> None:
        self.key = key
        self.longest_wait = lines.LONGEST_WAIT
        self.joined_at: float | None = None
        """When the namespace was opened; None while it is not."""
        self.time = time
        self._dial = dial
        self._chance = chance
        self._line: Line | None = None
        self._timers = Timers(time)
        self._attempt = self._question = 0
        self._asking: float | None = None
        self._ask_again = False

    @abstractmethod
    def position(self) -> dict[str, Any]:
        """What hello and heartbeat say."""

    @abstractmethod
    def answered(self, answer: Json, asked: float) -> bool:
        """An answer came; whether all followed on."""

    @abstractmethod
    def told(self, name: str, said: Json) -> bool:
        """The server said something by itself; whether nothing has to be asked because of it."""

    @abstractmethod
    def ended(self, reason: str) -> None:
        """The key lets nobody in."""

    def begin(self) -> None:
        """Connect, and go on connecting."""
        self._attempt = 0
        self._timers.set("beat", lines.HEARTBEAT, self._beat)
        self._connect()

    def end(self) -> None:
        """Hang up for good."""
        self._timers.cancel()
        self._hang_up()

    def say(self, event: str, said: object) -> None:
        """Say what needs no answer."""
        if self._line is not None and self.joined_at is not None:
            self._line.send(frames.event(event, said))

    def opened(self, line: Line) -> None:
        """The wire is there: knock."""
        line.send(frames.connect({"token": self.key, "protocol": lines.PROTOCOL}))

    def heard(self, line: Line, text: str) -> None:
        """The server said something."""
        if line is not self._line:
            return
        packet = frames.read(text)
        if packet.kind == "0":
            self._timers.cancel("watch")
            self.joined_at, self._asking = self.time.now(), None
            self._ask("hello")
        elif packet.kind == "2":
            self._hear_event(*packet.data)
        elif packet.kind == "3":
            self._hear_answer(packet.id, packet.data)
        elif packet.kind == "4" and (reason := _reason(packet.data)):
            self._refuse(reason)
        else:
            self.closed(line)

    def closed(self, line: Line) -> None:
        """The connection ended, or never came to be."""
        if line is self._line:
            self._hang_up()
            self._again(0.0)

    def _hear_event(self, name: str, said: Json) -> None:
        if name == "bye":
            self._refuse(said["reason"])
        elif not self.told(name, said) or (name == "changes" and self._asking is not None):
            # An answer on its way may be older than these changes: ask once more after it.
            self._ask("hello")

    def _hear_answer(self, question: int | None, data: list[Json]) -> None:
        if question != self._question or self._asking is None:
            return
        self._timers.cancel("answer")
        asked, self._asking = self._asking, None
        if not data or not data[0]:
            self._lose()
            return
        self._attempt = 0
        if not self.answered(data[0], asked):
            self._timers.set("gap", lines.AFTER_GAP, lambda: self._ask("hello"))
        elif self._ask_again:
            self._ask("hello")
        self._ask_again = False

    def _beat(self) -> None:
        self._timers.set("beat", lines.HEARTBEAT, self._beat)
        self._ask("heartbeat")

    def _ask(self, event: str) -> None:
        if self._line is None or self.joined_at is None:
            return
        if self._asking is not None:
            self._ask_again |= event == "hello"
            return
        self._question += 1
        self._asking = self.time.now()
        self._timers.set("answer", lines.ANSWER, self._lose)
        self._line.send(frames.event(event, self.position(), self._question))

    def _lose(self) -> None:
        if self._line is not None:
            self.closed(self._line)

    def _refuse(self, reason: str) -> None:
        self._hang_up()
        if reason != "later":
            self.ended(reason)
        self._again(0.0 if reason == "later" else lines.REFUSED)

    def _connect(self) -> None:
        self._timers.set("watch", lines.ANSWER, self._lose)
        self._line = self._dial(self)

    def _again(self, at_least: float) -> None:
        wait = self._chance.uniform(0, min(self.longest_wait, 2.0 ** min(self._attempt, 15)))
        self._attempt += 1
        self._timers.set("retry", at_least + wait, self._connect)

    def _hang_up(self) -> None:
        line, self._line, self._ask_again = self._line, None, False
        self.joined_at = self._asking = None
        self._timers.cancel("watch", "answer", "gap")
        if line is not None:
            line.close()


def _reason(refusal: object) -> str | None:
    """Why the server refuses. The library itself, where it cannot make out who knocks, says a bare
    word: that tells nothing of the link."""
    told = refusal.get("data") if isinstance(refusal, dict) else None
    return told.get("reason") if isinstance(told, dict) else None
