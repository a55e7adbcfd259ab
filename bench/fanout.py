"""Broadcasts to thousands of walls: ours in both modes, Node's socket.io and Node's bare ws.

One message of 600 bytes at a time goes to all clients of a server; the figure is the time to the
last receiver, and the server's processor time a receiving client. Servers have one core to
themselves and the load generator the other; all servers of a size run at once and are measured in
turns. A bare loop of send calls is measured with them: it is the floor of this machine, and the
generator's own cost beside it tells that the generator is not what is measured. Every client counts
what it gets, and the last receiver of each message looks at its number. For "messages a second" the
rate rises steadily until a message reaches its last receiver more than 1 s after it was due; the
figure is what was delivered in the second before, the best of a few. Memory is counted from the
hundredth connection on, after a collection.

Targets, at 2,000 clients, ours (direct) / Node socket.io: cost ≤ 0.8, p99 to the last receiver
≤ 1.0, messages a second ≥ 1.2, memory a connection ≤ 1.0. Our whole path, from the commit of a
decision (transaction, outbox, relay, wire) to the last of 2,000 walls, ≤ 1.3 times the bare
broadcast of the same change by the same server. After a kill 5,000 walls are back and equal within
30 s of the restarted server taking requests; they come as the player does, with full jitter. Two
processes over PostgreSQL and Redis carry twice the walls at a p99 within 20 %: since there are two
cores, each process shares one with the generator of its own walls, and so does the one that they
are compared with.

Node's packages are brought by npm, for this program alone. Quick: 500 and 2,000 clients, fewer
messages, shorter rates, the return of 500 walls, and not the two processes.

    .venv/bin/python bench/fanout.py [--quick] [--json]
"""

from collections.abc import Iterator

from bench.fanout_parts.compare import Plan, compare
from bench.fanout_parts.pair import pair
from bench.fanout_parts.peers import BARE, DIRECT, ORDINARY, SOCKET_IO, WS, install
from bench.fanout_parts.whole import cold_return, whole_path
from bench.table import Figure, finish, options, say
from signage.open_files import many_files

FULL = (500, 2_000, 5_000)
QUICK = (500, 2_000)
ROUNDS = 20
PING = 25.0
"""Seconds between two pings to a client: idle is watched for so long, quick for one."""
ALL = (BARE, DIRECT, ORDINARY, SOCKET_IO, WS)
FEW = (BARE, DIRECT, SOCKET_IO)


def main() -> None:
    """Measure, tell, and end with 1 where a target is missed."""
    chosen = options(__doc__, full=FULL, quick=QUICK, rounds=ROUNDS)
    if many_files() < max(chosen.sizes) + 200:
        say("this user may not open enough files for so many clients (ulimit -n)")
    install()
    measure = _quick if chosen.quick else _full
    found = []
    for figure in measure(chosen.sizes, chosen.rounds):
        # Told at once: whatever comes later, what was found is found.
        say(f"  {figure.name} {figure.value:,.3g} {figure.unit}")
        found.append(figure)
    finish(found, as_json=chosen.as_json)


def _full(sizes: tuple[int, ...], rounds: int) -> Iterator[Figure]:
    middle = sizes[1]
    for clients in sizes:
        held = clients == middle
        rises = 3 if held else 0
        yield from compare(Plan(ALL, clients, rounds, rises, 4.0, PING, with_targets=held))
    yield from whole_path(middle, rounds, with_targets=True)
    yield from cold_return(sizes[-1])
    # Of 300 the 99th percentile, its third slowest, differs by a tenth from one run to the next.
    yield from pair(middle, rounds * 40)


def _quick(sizes: tuple[int, ...], rounds: int) -> Iterator[Figure]:
    few, many = sizes[:2]
    yield from compare(Plan(ALL, few, rounds // 4, 0, 1.0, 0.5, with_targets=False))
    yield from compare(Plan(FEW, many, rounds // 4, 2, 1.0, 1.0, with_targets=True))
    yield from whole_path(many, rounds // 4, with_targets=True)
    yield from cold_return(few)


if __name__ == "__main__":
    main()
