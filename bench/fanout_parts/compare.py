"""All servers side by side at one number of clients, in turns: a noisy machine is so to all."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median

from bench.fanout_parts.lines import Asked, asked
from bench.fanout_parts.peers import BARE, DIRECT, PEERS, SOCKET_IO
from bench.table import Figure, say

EACH_TURN = 10
FIRST = 100
"""Connections before memory is taken as the start: what the first ones load counts for none."""
MOST_COST, MOST_P99, LEAST_RATE, MOST_MEMORY = 0.8, 1.0, 1.2, 1.0
"""Ours, direct / Node socket.io."""
START = 0.4
"""The first rate, as a share of what the cost of a message allows for."""


@dataclass(slots=True)
class Measured:
    """Of one server. seconds: to the last receiver, of each message; costs, own: ns a client of
    the server and of the generator, of each turn; rates: messages to clients a second,
    of which the best counts, since a machine that is busy with other things only lowers them."""

    memory: float = 0.0
    opened: float = 0.0
    idle: float = 0.0
    rates: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)

    @property
    def cost(self) -> float:
        """Nanoseconds of the server a receiving client."""
        return median(self.costs)

    @property
    def p99(self) -> float:
        """Seconds."""
        return quantile(self.seconds, 0.99)


@dataclass(frozen=True, slots=True)
class Plan:
    """names: who takes part; turns: of EACH_TURN messages; rises: how often a rate rises, and
    in how many seconds it doubles; idle: seconds of watching nothing happen; with_targets: whether
    the targets hold at this number of clients."""

    names: Sequence[str]
    clients: int
    turns: int
    rises: int
    doubling: float
    idle: float
    with_targets: bool


def compare(plan: Plan) -> list[Figure]:
    """Measure, and tell."""
    found = {name: Measured() for name in plan.names}
    with _bouts(plan.names) as bouts:
        for name, bout in bouts.items():
            say(f"{plan.clients:,} clients of {PEERS[name].title}")
            _open(bout, plan.clients, found[name])
            _rest(bouts)
        say(f"{plan.turns * EACH_TURN:,} messages to {plan.clients:,} clients of each, in turns")
        for _ in range(plan.turns):
            for name, bout in bouts.items():
                _turn(bout, found[name])
                _rest(bouts)
        for bout in bouts.values():
            bout.begin("idle", plan.idle)
        for name, bout in bouts.items():
            found[name].idle = bout.answer()
        for _ in range(plan.rises):
            for name, bout in bouts.items():
                if name != BARE:
                    say(f"a rising rate with {PEERS[name].title}")
                    first = START * 1e9 / found[name].cost / plan.clients
                    found[name].rates.append(bout.ask("rising", first, plan.doubling))
                    _rest(bouts)
    return [*_targets(found, plan), *_told(found, plan)]


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of all is not above."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


@contextmanager
def _bouts(names: Sequence[str]) -> Iterator[dict[str, Asked]]:
    with ExitStack() as stack:
        bouts = {name: stack.enter_context(asked("bout", name)) for name in names}
        for bout in bouts.values():
            bout.ready()
        yield bouts


def _rest(bouts: Mapping[str, Asked]) -> None:
    """Between two measurements: on a busy machine they take so long that who did not answer pings
    meanwhile would be cut off."""
    for bout in bouts.values():
        bout.ask("rest")


def _open(bout: Asked, n: int, into: Measured) -> None:
    first = min(FIRST, n // 5)
    bout.ask("open", first)
    before = bout.ask("memory")
    into.opened = (n - first) / bout.ask("open", n - first)
    into.memory = (bout.ask("memory") - before) / (n - first)


def _turn(bout: Asked, into: Measured) -> None:
    told = bout.ask("rounds", EACH_TURN)
    into.seconds += told["seconds"]
    into.costs.append(told["cost"])
    into.own.append(told["own"])


def _targets(found: Mapping[str, Measured], plan: Plan) -> Iterator[Figure]:
    """Ours beside Node's."""
    ours, node = found[DIRECT], found[SOCKET_IO]
    name = f"{plan.clients:,} clients, ours / Node socket.io:"
    held = plan.with_targets
    yield Figure(
        f"{name} cost a client", ours.cost / node.cost, "×", MOST_COST if held else None
    )  # fmt: skip
    yield Figure(f"{name} p99 to the last", ours.p99 / node.p99, "×", MOST_P99 if held else None)
    if plan.rises:
        yield Figure(
            f"{name} messages a second", max(ours.rates) / max(node.rates), "×",
            at_least=LEAST_RATE if held else None,
        )  # fmt: skip
    yield Figure(
        f"{name} memory a connection", ours.memory / node.memory, "×",
        MOST_MEMORY if held else None,
    )  # fmt: skip


def _told(found: Mapping[str, Measured], plan: Plan) -> Iterator[Figure]:
    for name, measured in found.items():
        title = f"{plan.clients:,} clients, {PEERS[name].title}:"
        yield Figure(f"{title} cost a client", measured.cost / 1000, "µs")
        yield Figure(f"{title} p50 to the last", median(measured.seconds) * 1000, "ms")
        yield Figure(f"{title} p99 to the last", measured.p99 * 1000, "ms")
        if measured.rates:
            yield Figure(f"{title} messages a second", max(measured.rates))
        if name == BARE:
            yield Figure(f"{title} the generator's own cost", median(measured.own) / 1000, "µs")
            continue
        yield Figure(f"{title} memory a connection", measured.memory / 1024, "KB")
        yield Figure(f"{title} connections a second", measured.opened)
        yield Figure(f"{title} idle processor", measured.idle * 100, "%")
