"""One connection of a simulated wall: docs/protocol.md, as static/wall/connection.js speaks it."""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from time import monotonic
from typing import Any

from signage.actions.programme import PROTOCOL
from signage.simulated.line import Line, Lost
from signage.simulated.memory import Memory

HEARTBEAT = 30.0
ANSWER = 10.0
AFTER_GAP = 1.0
NAMESPACE = "/wall"


class TurnedAway(Exception):
    """The server lets nobody in by this key."""


class Visit:
    """From the open line to its end, which is Lost or TurnedAway. `at_home` is called with the
    first answer; first_beat: seconds until the first heartbeat, so that not all come at once."""

    def __init__(
        self, line: Line, key: str, memory: Memory, at_home: Callable[[], None], first_beat: float
    ) -> None:
        self._line, self._key, self._memory = line, key, memory
        self._at_home = at_home
        self._joined = self._again = False
        self._question = 0
        self._asked: float | None = None
        began = monotonic()
        self._give_up = began + ANSWER
        self._beat = began + first_beat
        self._hello: float | None = None

    def go_on(self) -> None:
        """Until it ends."""
        while True:
            due = min(at for at in (self._give_up, self._beat, self._hello) if at is not None)
            for text in self._line.receive(due - monotonic()):
                self._hear(text)
            self._do_what_is_due(monotonic())

    def _do_what_is_due(self, now: float) -> None:
        if now >= self._give_up:
            raise Lost("no answer")
        if self._hello is not None and now >= self._hello:
            self._hello = None
            self._ask("hello")
        if now >= self._beat:
            self._beat = now + HEARTBEAT
            self._ask("heartbeat")

    def _hear(self, text: str) -> None:
        if text.startswith("0"):
            said = {"token": self._key, "protocol": PROTOCOL}
            self._line.send(f"40{NAMESPACE},{json.dumps(said)}")
        elif text == "2":
            self._line.send("3")
        elif text.startswith(f"40{NAMESPACE}"):
            self._joined, self._give_up = True, float("inf")
            self._ask("hello")
        elif text.startswith(f"44{NAMESPACE}"):
            _refused((_parsed(text).get("data") or {}).get("reason"))
        elif text.startswith(f"43{NAMESPACE}"):
            self._hear_answer(int(text[len(NAMESPACE) + 3 : text.index("[")] or 0), _parsed(text))
        elif text.startswith(f"42{NAMESPACE}"):
            self._hear_event(*_parsed(text))
        elif text[:2] == "41" or text[:1] == "1":
            raise Lost("closed")

    def _hear_answer(self, question: int, told: list[Mapping[str, Any]]) -> None:
        if question != self._question or self._asked is None:
            return
        self._asked, self._give_up = None, float("inf")
        if not told or not told[0]:
            raise Lost("no answer")
        self._at_home()
        again, self._again = self._again, False
        if not self._take(self._memory.answer(told[0])):
            self._hello = monotonic() + AFTER_GAP
        elif again:
            self._ask("hello")

    def _hear_event(self, name: str, told: Mapping[str, Any]) -> None:
        if name == "bye":
            _refused(told.get("reason"))
        elif name == "programme":
            self._memory.programme = told["version"]
        elif name == "changes" and (
            not self._take(self._memory.change(told)) or self._asked is not None
        ):
            # An answer on its way may be older than these changes: ask once more after it.
            self._ask("hello")

    def _take(self, step: tuple[bool, tuple[str, ...]]) -> bool:
        """Confirm what left; whether all followed on."""
        follows, dropped = step
        for name in dropped:
            feed = self._memory.feeds[name]
            said = {"feed": name, "epoch": feed.epoch, "rev": feed.rev}
            self._line.send(f"42{NAMESPACE},{json.dumps(['confirm', said])}")
        return follows

    def _ask(self, event: str) -> None:
        """One question at a time."""
        if not self._joined:
            return
        if self._asked is not None:
            self._again = self._again or event == "hello"
            return
        self._question += 1
        self._asked = monotonic()
        self._give_up = self._asked + ANSWER
        said = json.dumps([event, self._memory.position()])
        self._line.send(f"42{NAMESPACE},{self._question}{said}")


@lru_cache(maxsize=64)
def _parsed(text: str) -> Any:  # noqa: ANN401 - JSON; thousands of walls hear the same
    return json.loads(text[min(at for sign in "[{" if (at := text.find(sign)) >= 0) :])


def _refused(reason: object) -> None:
    if reason == "later":
        raise Lost("later")
    raise TurnedAway(str(reason))
