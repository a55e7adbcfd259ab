"""One server and its clients: a process of its own, told what to do by bench/fanout.py.

Each has a generator, so that a generator never holds more than one server's connections, and all
generators have the same core. It ends, and its server with it, when nobody holds its input.
"""

import gc
import sys
from math import log, log2
from time import monotonic, thread_time_ns
from typing import Any

from bench.fanout_parts.clients import Client, Listener
from bench.fanout_parts.generator import Generator
from bench.fanout_parts.lines import obey
from bench.fanout_parts.peers import PEERS, command
from bench.fanout_parts.processes import GENERATOR, SERVERS, Talker, pin
from signage.open_files import many_files

LATE = 1.0
"""Seconds to the last receiver beyond which a message counts as late."""
MOST_DOUBLINGS = 4
PATIENCE = 20
SETTLE = 0.03


class Bout:
    """What can be asked of one server."""

    def __init__(self, peer: str) -> None:
        self._make: type[Client] = Client if PEERS[peer].plain else Listener
        self._server = Talker(command(peer), SERVERS)
        self._port = int(self._server.hear().removeprefix("port "))
        self._clients = Generator()
        self._said = 0

    def open(self, n: int) -> float:
        """Open n more connections; gives seconds."""
        return self._clients.open(lambda: self._make(self._clients), n, self._port)

    def memory(self) -> int:
        """Bytes of the server after a collection."""
        self._server.ask("collect")
        return self._server.memory()

    def idle(self, seconds: float) -> float:
        """The share of a core that the server takes while nothing happens."""
        began, processor = monotonic(), self._server.processor()
        self._clients.expect(1)
        self._clients.wait(1, began + seconds)
        # A thread that has ended takes its time with it.
        spent = max(0, self._server.processor() - processor)
        return spent / 1e9 / (monotonic() - began)

    def rounds(self, times: int) -> dict[str, Any]:
        """One message after another, each once the last is with everybody. seconds: to the last
        receiver, of each; cost and own: nanoseconds a client of the server and of this process."""
        self._clients.expect(times)
        processor, own = self._server.processor(), thread_time_ns()
        seconds = []
        for n in range(times):
            began = monotonic()
            self._say()
            if not self._clients.wait(n + 1, began + PATIENCE):
                raise RuntimeError(f"a message did not arrive within {PATIENCE} s")
            seconds.append(self._clients.done(n) - began)
            self._check()
        own = thread_time_ns() - own
        self._clients.wait(times + 1, monotonic() + SETTLE)
        receipts = times * len(self._clients.clients)
        cost = (self._server.processor() - processor) / receipts
        return {"seconds": seconds, "cost": cost, "own": own / receipts}

    def rest(self) -> None:
        """Others are measured: only stay connected."""
        self._clients.rest()

    def rising(self, first: float, doubling: float) -> float:
        """Messages at a rate that starts at `first` a second and doubles in so many seconds, until
        one takes more than LATE to the last receiver, by when it was due and not by when the
        server got around to it. Gives what was delivered in the second before that one was due,
        in messages to clients."""
        due = [
            doubling * log2(1 + n * log(2) / first / doubling)
            for n in range(round(first * doubling * 2**MOST_DOUBLINGS / log(2)))
        ]
        clients, began, told = self._clients, monotonic(), 0
        clients.expect(len(due))
        while told < len(due) and monotonic() - began - due[clients.whole] < LATE:
            if (left := began + due[told] - monotonic()) > 0:
                clients.step(left)
            else:
                self._say()
                told += 1
                clients.step(0)
        late = due[min(clients.whole, len(due) - 1)]
        if not clients.wait(told, monotonic() + PATIENCE):
            raise RuntimeError(f"a message did not arrive within {PATIENCE} s")
        self._check()
        done = [clients.done(n) - began for n in range(told)]
        return sum(late - 1 < moment <= late for moment in done) * len(clients.clients)

    def close(self) -> None:
        """End the server."""
        self._server.end()

    def _say(self) -> None:
        self._server.tell(f"say {self._said}")
        self._said += 1

    def _check(self) -> None:
        """What the last receiver has is the message that was said last."""
        expected = f'"n":{1_000_000 + self._said - 1}}}]'.encode()
        if not self._clients.last.endswith(expected):
            raise RuntimeError(f"{self._clients.last[-20:]!r} came in place of {expected!r}")


if __name__ == "__main__":
    many_files()
    pin(GENERATOR)
    # A collection of thousands of clients in the midst of a measurement would count as delay.
    gc.disable()
    obey(Bout(sys.argv[1]))
