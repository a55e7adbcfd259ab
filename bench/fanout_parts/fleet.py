"""One whole product and the walls of it: a process of its own, told what to do by the bench."""

import gc
import json
import socket
import sys
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

from bench.fanout_parts.generator import Generator
from bench.fanout_parts.homecoming import Homecoming
from bench.fanout_parts.house import SECRET
from bench.fanout_parts.lines import obey
from bench.fanout_parts.peers import PATCHED
from bench.fanout_parts.processes import Talker, pin
from bench.fanout_parts.walls import Memory, Wall
from signage.open_files import many_files

PATIENCE = 20
LONGEST_RETURN = 60
SETTLE = 0.0003
"""Seconds that a server is given to take one wall's confirmation in."""


class Fleet:
    """What can be asked of it. Moments are seconds of the steady clock."""

    def __init__(self, folder: str, url: str, core: int, environ: dict[str, str]) -> None:
        self._port = _free_port()
        self._core = core
        self._environ = {
            "SIGNAGE_DATA": folder, "DATABASE_URL": url, "SIGNAGE_SECRET_KEY": SECRET,
            "SIGNAGE_PORT": str(self._port), "SIGNAGE_SCHEDULE": "0", **environ,
        }  # fmt: skip
        self._walls = Generator()
        self._server = self._serve()
        self._hear_port()

    def open(self, keys_file: str, first: int, n: int) -> float:
        """Bring n walls in, who say hello; gives seconds."""
        keys = json.loads(Path(keys_file).read_text("utf-8"))[first : first + n]
        memories = iter([Memory(key) for key in keys])
        return self._walls.open(lambda: Wall(self._walls, next(memories)), n, self._port)

    def decisions(self, order: list[str], pause: float) -> list[tuple[float, float]]:
        """One thing after the other ("approve", "withdraw", "again"): for each the moment at which
        it had committed, and the one at which the last wall had the change."""
        self._walls.expect(len(order))
        moments = []
        for n, line in enumerate(order):
            began = float(self._server.ask(line))
            self._wait(n + 1)
            moments.append((began, self._walls.done(n)))
            if line == "withdraw":
                self._confirm()
                self._walls.wait(len(order) + 1, monotonic() + SETTLE * len(self._walls.clients))
            self._walls.wait(len(order) + 1, monotonic() + pause)
        return moments

    def expect(self, messages: int) -> None:
        """From now on so many messages come, which another process causes."""
        self._walls.expect(messages)

    def watch(self, messages: int) -> list[float]:
        """When the last wall had each of the messages that were to be expected."""
        for n in range(messages):
            self._wait(n + 1)
        return [self._walls.done(n) for n in range(messages)]

    def come_back(self) -> dict[str, Any]:
        """Kill the server, start it anew, commit a change, and wait until every wall has all.
        seconds: from the kill on; back: walls that are equal; failed: attempts that were not
        answered; away: seconds until the server took requests; processor: seconds of the new one.
        """
        walls, n = self._walls, len(self._walls.clients)
        walls.counting = False
        walls.opened = n
        back = Homecoming(walls, self._port, Random(7))  # noqa: S311 - the same every time
        began = monotonic()
        self._server.kill()
        self._server = self._serve()
        gone = back.until(lambda: walls.opened == 0, began + LONGEST_RETURN)
        back.until(self._server.has_spoken, began + LONGEST_RETURN)
        away = monotonic() - began
        self._hear_port()
        self._server.ask("approve")
        deadline = began + LONGEST_RETURN
        back.until(lambda: walls.opened == n, deadline)
        back.until(lambda: self._equal() == n, deadline)
        return {
            "seconds": monotonic() - began,
            "back": self._equal() if gone else 0,
            "failed": back.failed,
            "away": away,
            "processor": self._server.processor() / 1e9,
        }

    def rest(self) -> None:
        """Nothing is asked of this fleet: only stay connected."""
        self._walls.rest()

    def close(self) -> None:
        """End the server."""
        self._server.end()

    def _serve(self) -> Talker:
        program = (*PATCHED, "bench.fanout_parts.servers.product")
        return Talker(program, self._core, self._environ)

    def _hear_port(self) -> None:
        assert self._server.hear() == f"port {self._port}"

    def _wait(self, whole: int) -> None:
        if not self._walls.wait(whole, monotonic() + PATIENCE):
            raise RuntimeError(f"a change did not reach every wall within {PATIENCE} s")

    def _confirm(self) -> None:
        """Painting takes longer than hearing: each wall confirms once the last has heard."""
        told = json.loads(self._walls.last[self._walls.last.index(b"[") :])[1]
        for wall in self._walls.clients.values():
            assert isinstance(wall, Wall)
            wall.confirm(told["feed"], told["epoch"], told["changes"][-1]["rev"])

    def _equal(self) -> int:
        """How many walls have all that the server has."""
        heads = {
            name: {"epoch": epoch, "rev": int(rev)}
            for name, epoch, rev in
            (head.split() for head in self._server.ask("heads").split(";"))
        }  # fmt: skip
        walls = self._walls.clients.values()
        return sum(isinstance(wall, Wall) and wall.memory.positions == heads for wall in walls)


def _free_port() -> int:
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        return int(plug.getsockname()[1])


if __name__ == "__main__":
    many_files()
    own_core, serving_core = int(sys.argv[1]), int(sys.argv[2])
    pin(own_core)
    gc.disable()
    obey(Fleet(sys.argv[3], sys.argv[4], serving_core, json.loads(sys.argv[5])))
