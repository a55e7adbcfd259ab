"""Asking a process of the bench's own: one line of JSON there, one back."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from bench.fanout_parts.processes import GENERATOR, Talker


class _Ends(Protocol):
    def close(self) -> None: ...


def obey(whom: _Ends) -> None:
    """Call what standard input names, until it ends."""
    try:
        print(json.dumps("ready"), flush=True)
        for line in sys.stdin:
            name, arguments = json.loads(line)
            print(json.dumps(getattr(whom, name)(*arguments)), flush=True)
    finally:
        whom.close()


class Asked:
    """The other end."""

    def __init__(self, module: str, *arguments: str, core: int = GENERATOR) -> None:
        self._talker = Talker(
            (sys.executable, "-m", f"bench.fanout_parts.{module}", *arguments), core
        )

    def ready(self) -> None:
        """Wait until it can be asked."""
        assert self.answer() == "ready"

    def begin(self, name: str, *arguments: object) -> None:
        """Ask without waiting."""
        self._talker.tell(json.dumps([name, arguments]))

    def answer(self) -> Any:  # noqa: ANN401 - JSON
        """What it says to what was begun."""
        return json.loads(self._talker.hear())

    def ask(self, name: str, *arguments: object) -> Any:  # noqa: ANN401 - JSON
        """Ask and wait."""
        self.begin(name, *arguments)
        return self.answer()

    @property
    def process_id(self) -> int:
        """Of the process."""
        return self._talker.process_id

    def end(self) -> None:
        """Let it end, and what it started."""
        self._talker.end()


@contextmanager
def asked(module: str, *arguments: str, core: int = GENERATOR) -> Iterator[Asked]:
    """A process that starts, and is ended whatever happens."""
    process = Asked(module, *arguments, core=core)
    try:
        yield process
    finally:
        process.end()
