"""Servers of the recovery bench: which ends a fault excuses, who is started again, what is told."""

import json
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from random import Random
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest

from bench.recovery_parts import reality
from bench.recovery_parts.desk import Browser, Desk
from bench.recovery_parts.keeper import PAUSE, Keeper
from bench.recovery_parts.ledger import Deed, Ledger
from bench.recovery_parts.real_mishaps import RealMishaps
from bench.recovery_parts.server_process import ServerProcess
from bench.recovery_parts.servers import Site, held_port
from bench.recovery_parts.whereabouts import of_desk, of_server
from bench.recovery_parts.world import SimulatedTime
from signage.models import Database
from tests.docs.pages import page
from tests.patience import eventually
from tests.serving import free_port

AWAY = "print('The database does not answer'); raise SystemExit(1)"
BUSY = "import time; time.sleep(600)"


class Place:
    """One server on a site, with its keeper, in simulated time."""

    def __init__(self, folder: Path) -> None:
        self.time = SimulatedTime()
        self.site = Site("here", folder, "")
        self.found: list[str] = []
        self.server = ServerProcess(free_port(), {}, folder / "server-0.log")
        self.site.servers.append(self.server)
        self.keeper = Keeper(self.time, self.site, self.found.append)

    def run(self, program: str) -> None:
        """Start it, until it ends by itself."""
        self.server.program = ("-c", program)
        self.server.start()
        eventually(lambda: self.server.code is not None)

    def mishaps(self) -> RealMishaps:
        return RealMishaps(
            SimpleNamespace(time=self.time, site=self.site, chance=Random(1), faults=0)  # type: ignore[arg-type]  # noqa: S311 - the same again
        )


@contextmanager
def answering(status: int, body: bytes) -> Iterator[int]:
    """The port of somebody who has one answer to everything."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.server.kill()


def test_who_ends_because_the_database_is_down_is_started_again_and_counted(place: Place) -> None:
    place.site.harm()
    place.run(AWAY)
    place.server.program = ("-c", BUSY)
    place.site.heal()
    place.time.run(PAUSE + 1.0)

    assert (place.server.code, place.server.by_itself) == (None, True)
    assert (place.keeper.restarts, place.found) == (1, [])


def test_the_pause_is_that_of_the_units() -> None:
    for name in ("README.md", "docs/operations.md"):
        assert f"RestartSec={PAUSE:.0f}\n" in page(name)


def test_who_ends_again_is_started_again(place: Place) -> None:
    place.site.harm()
    place.run(AWAY)
    place.time.run(PAUSE + 1.0)
    eventually(lambda: place.server.code is not None)
    place.time.run(0.1)

    assert (place.keeper.restarts, place.found) == (2, [])


@pytest.mark.parametrize(
    ("program", "code", "told"),
    [
        ("print('Port 1 is taken'); raise SystemExit(1)", 1, "Port 1 is taken"),
        (f"print('Serving on here'); {AWAY}", 1, "Serving on here / The database does not answer"),
        (AWAY.replace("(1)", "(3)"), 3, "The database does not answer"),
        ("import os; os.kill(os.getpid(), 9)", -9, "it said nothing"),
    ],
)
def test_whoever_ends_otherwise_is_a_violation(
    place: Place, program: str, code: int, told: str
) -> None:
    place.site.harm()
    place.run(program)
    place.time.run(0.1)

    assert place.found == [f"server-0 ended by itself with {code}: {told}"]


def test_who_ends_while_nothing_is_wrong_is_a_violation(place: Place) -> None:
    place.site.harm()
    place.site.heal()
    place.run(AWAY)
    place.time.run(0.1)

    assert place.found == ["server-0 ended by itself with 1: The database does not answer"]


def test_two_harms_are_over_with_the_later_one(tmp_path: Path) -> None:
    site = Site("here", tmp_path, "")
    site.harm()
    site.harm()
    site.heal()

    assert site.was_harmed(float("inf"))
    site.heal()
    assert not site.was_harmed(float("inf"))
    assert site.was_harmed(0.0)


def test_whom_a_fault_starts_meanwhile_is_not_started_twice(place: Place) -> None:
    place.site.harm()
    place.run(AWAY)
    place.time.run(0.1)
    place.server.program = ("-c", BUSY)
    place.server.start()
    process = place.server.process
    place.time.run(PAUSE + 1.0)

    assert place.server.process is process
    assert not place.server.by_itself


def test_screens_get_no_more_time_for_who_ended_by_itself_but_for_who_was_killed(
    place: Place,
) -> None:
    mishaps = place.mishaps()
    place.server.program = ("-c", BUSY)
    place.server.start()
    assert not mishaps.is_over()

    place.server.start(by_itself=True)
    assert mishaps.is_over()


def test_who_only_tries_its_address_does_not_take_requests_yet(place: Place) -> None:
    with socket.create_server(("127.0.0.1", place.server.port)):
        place.run("pass")
        assert not place.server.takes_requests()

        place.run("print('Serving on here')")
        assert place.server.takes_requests()

    assert not place.server.takes_requests()


def test_no_fault_is_over_that_lasts(place: Place) -> None:
    mishaps = place.mishaps()
    place.server.program = ("-c", BUSY)
    place.server.start(by_itself=True)
    mishaps._hang()
    assert not mishaps.is_over()

    place.time.run(2.0)
    assert mishaps.is_over()


@pytest.mark.parametrize(
    ("drawn", "begun", "ended"), [(0.9, ["go_on", "stop"], ["start"]), (0.1, ["pause"], ["go_on"])]
)
def test_a_database_is_kept_from_answering_until_its_fault_ends(
    place: Place, drawn: float, begun: list[str], ended: list[str]
) -> None:
    """One that an earlier fault paused takes no order to stop."""
    done: list[str] = []
    place.site.postgres = SimpleNamespace(  # type: ignore[assignment]
        stop=lambda *, kill: done.append("stop"),  # noqa: ARG005 - as it is called
        start=lambda: done.append("start"),
        pause=lambda: done.append("pause"),
        go_on=lambda: done.append("go_on"),
    )
    place.server.by_itself = True  # only the fault is waited for
    mishaps = place.mishaps()
    mishaps._chance = SimpleNamespace(random=lambda: drawn, uniform=lambda _, most: most)  # type: ignore[assignment]

    mishaps._down(redis=False)

    assert (done, mishaps.is_over(), place.site.was_harmed(monotonic())) == (begun, False, True)
    place.time.run(2.0)
    assert done == begun + ended
    assert (mishaps.is_over(), place.site.was_harmed(monotonic())) == (True, False)


def test_who_ended_is_told_with_its_code_and_its_last_lines(place: Place) -> None:
    place.run("print('long ago'); raise SystemExit(2)")
    place.run("print('x' * 9999)\nfor each in 'abcd': print(each)\nprint('y' * 9999); exit(7)")

    told = of_server(place.server)

    assert told == f"server-0 ended with 7: b / c / d / {'y' * 300}"


def test_who_runs_and_listens_to_nobody_is_told(place: Place) -> None:
    place.server.program = ("-c", BUSY)
    place.server.start()

    told = of_server(place.server)

    assert told.startswith("server-0 takes no connections ")
    assert told.endswith(" s after its start: it said nothing")


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (503, {"parts": {"database": {"status": "down"}, "relay": {"status": "up"}}},
         "server-0 is not ready; down: database"),
        (200, {"parts": {"redis": {"status": "down"}}}, "server-0 is ready; down: redis"),
        (200, {"parts": {"redis": {"status": "up"}}}, "server-0 is ready"),
        (502, None, "server-0 takes connections, and does not say how it is: JSONDecodeError"),
    ],
)  # fmt: skip
def test_a_server_is_told_as_it_says_itself(
    place: Place, status: int, body: dict[str, Any] | None, told: str
) -> None:
    with answering(status, b"" if body is None else json.dumps(body).encode()) as port:
        place.server.port = port

        assert of_server(place.server) == told


def test_the_desk_is_told_with_what_it_waits_for(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    may_go_on, waits = threading.Event(), threading.Event()

    def call(*_: object) -> None:
        waits.set()
        may_go_on.wait()

    desk = Desk(database, Ledger(), Browser("x"), lambda: None)
    assert of_desk(desk) == "the desk has nothing to do"
    desk.ask(lambda: Deed("approve", call, lambda _: None, "quote 1"))
    waits.wait()
    told = of_desk(desk)
    may_go_on.set()
    desk.close()

    assert told == "the desk has had no answer to “approve” for 0 s"
    assert of_desk(desk) == "the desk has ended"


def test_what_does_not_come_back_is_a_violation_with_all_that_is_known(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reality, "STARTING", 0.2)
    place.run("raise SystemExit(4)")
    town: Any = SimpleNamespace(
        time=place.time,
        site=place.site,
        found=[],
        desk=SimpleNamespace(ended=False, doing=("undo", 8.0)),
    )

    reality._until(town, lambda: False)

    server = "server-0 ended with 4: it said nothing"
    desk = "the desk has had no answer to “undo” for 8 s"
    assert town.found == [f"not as before after 0 s: {server}; {desk}"]


def test_a_port_that_is_held_is_had_by_its_server_alone() -> None:
    with held_port() as held:
        address = held.getsockname()
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind(address)
        for _ in range(2):  # killed, and started again
            with socket.create_server(address, reuse_port=False):
                socket.create_connection(address).close()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address)


def test_logs_are_kept_for_who_asks(place: Place) -> None:
    place.run("print('a word')")

    folder = place.site.keep_logs()

    assert (folder / "server-0.log").read_text() == "a word\n"
    shutil.rmtree(folder)
