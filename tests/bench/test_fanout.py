"""The load generator counts what it gets, whatever the pieces it comes in, and says so when
something is not as it should be. Few clients: the figures themselves mean nothing here."""

import json
import os
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import ClassVar

import pytest

from bench.fanout_parts import peers
from bench.fanout_parts.clients import Client, Listener
from bench.fanout_parts.generator import Generator
from bench.fanout_parts.house import furnish
from bench.fanout_parts.lines import Asked, asked, obey
from tests.bench.test_programs import run
from tests.patience import eventually

UPGRADED = b"HTTP/1.1 101 Switching Protocols\r\n\r\n"
PATIENCE = 60


def framed(text: bytes) -> bytes:
    head = bytes((len(text),)) if len(text) < 126 else b"\x7e" + len(text).to_bytes(2, "big")
    return b"\x81" + head + text


def answered(*pieces: bytes, make: type[Client] = Client) -> tuple[Generator, bytes]:
    """A generator with one client, after a server has sent these pieces one by one; and what the
    client said after its request."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        heard: list[bytes] = []

        def serve() -> None:
            plug, _ = listener.accept()
            with plug:
                plug.recv(4096)
                for piece in pieces:
                    plug.sendall(piece)
                    # The next piece only once this one was taken: pieces must not join.
                    taken.recv(1)
                heard.append(plug.recv(4096) if make is Listener else b"")

        taken, told = socket.socketpair()
        server = Thread(target=serve, daemon=True)
        server.start()
        generator = Generator()
        generator.lost = lambda *_: None
        generator.begin(make(generator), listener.getsockname()[1])
        generator.expect(8)
        generator.step(PATIENCE)
        for _ in pieces:
            generator.step(PATIENCE)
            told.send(b".")
        server.join()
        for plug in (taken, told):
            plug.close()
        for client in list(generator.clients.values()):
            generator.forget(client, OSError())
    return generator, b"".join(heard)


LONG = framed(b"x" * 600)


@pytest.mark.parametrize(
    ("pieces", "whole"),
    [
        ((UPGRADED, LONG), 1),
        ((UPGRADED + LONG,), 1),
        ((UPGRADED, LONG, LONG), 2),
        ((UPGRADED, LONG + LONG + framed(b"short")), 3),
        ((UPGRADED, LONG[:1], LONG[1:3], LONG[3:] + LONG[:300], LONG[300:]), 2),
        ((UPGRADED[:9], UPGRADED[9:], LONG[:100]), 0),
    ],
)
def test_each_message_counts_once_whatever_the_pieces(
    pieces: tuple[bytes, ...], whole: int
) -> None:
    generator, _ = answered(*pieces)

    assert generator.whole == whole
    assert generator.opened == 1


def test_only_events_count_and_a_ping_is_answered() -> None:
    event = framed(b'42/wall,["changes",{"words":"' + b"x" * 600 + b'"}]')
    opening = framed(b'0{"sid":"a"}')

    generator, said = answered(
        UPGRADED, opening, framed(b'40/wall,{"sid":"b"}'), framed(b"2") + event, make=Listener
    )

    assert generator.whole == 1
    assert generator.opened == 1
    assert b'40/wall,{"protocol": 1}' in said
    assert said.endswith(b"\x81\x81\0\0\0\0003")


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", UPGRADED + b"\x88\0"])
def test_a_server_that_refuses_is_noticed(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def refuse() -> None:
            plug, _ = listener.accept()
            with plug:
                plug.recv(4096)
                plug.sendall(answer)

        server = Thread(target=refuse, daemon=True)
        server.start()
        generator = Generator()
        with pytest.raises(RuntimeError, match="a connection was lost"):
            generator.open(lambda: Client(generator), 2, listener.getsockname()[1])
        server.join()
        for client in list(generator.clients.values()):
            client.plug.close()


@pytest.fixture(params=[peers.BARE, peers.DIRECT, peers.ORDINARY])
def bout(request: pytest.FixtureRequest) -> Iterator[Asked]:
    with asked("bout", request.param) as process:
        process.ready()
        yield process


def test_a_server_is_measured(bout: Asked) -> None:
    bout.ask("open", 30)

    told = bout.ask("rounds", 3)

    assert len(told["seconds"]) == 3
    assert all(0 < seconds < PATIENCE for seconds in told["seconds"])
    assert told["cost"] > 0
    assert told["own"] > 0
    assert bout.ask("memory") > 1024 * 1024
    # Where the first message was late already, nothing was in time.
    eventually(lambda: bout.ask("rising", 50.0, 0.05) > 0)


def test_walls_come_back_and_are_equal(tmp_path: Path) -> None:
    url, keys = f"sqlite:///{tmp_path / 'signage.db'}", tmp_path / "keys.json"
    keys.write_text(json.dumps(furnish(url, screens=12, waiting=3)), "utf-8")
    with asked("fleet", "1", "0", str(tmp_path), url, "{}") as fleet:
        fleet.ready()
        fleet.ask("open", str(keys), 0, 12)
        moments = fleet.ask("decisions", ["approve", "again", "withdraw", "again"], 0.0)
        told = fleet.ask("come_back")

    assert all(done > began for began, done in moments)
    assert told["back"] == 12


def test_who_is_asked_nothing_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    read, write = os.pipe()
    asks = os.fdopen(write, "w", buffering=1)

    class Idle:
        calls: ClassVar[list[str]] = []

        def rest(self) -> None:
            self.calls.append("rest")
            asks.write('["told", [3]]\n')

        def told(self, n: int) -> None:
            self.calls.append(f"told {n}")
            asks.close()

        def close(self) -> None:
            self.calls.append("close")

    with os.fdopen(read) as lines:
        monkeypatch.setattr(sys, "stdin", lines)
        obey(Idle())

    assert Idle.calls == ["rest", "told 3", "close"]


def test_nothing_is_left_of_a_bench_that_was_killed() -> None:
    bench = Asked("bout", peers.BARE)
    bench.ready()
    (server,) = children(bench.process_id)

    os.kill(bench.process_id, signal.SIGKILL)
    bench.end()

    assert within(PATIENCE, lambda: not Path(f"/proc/{server}").exists())


def test_without_node_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)

    with pytest.raises(SystemExit, match="npm is missing"):
        peers.install(again=True)


@pytest.mark.skipif(not peers.installed(), reason="Node's packages are brought by the bench alone")
def test_the_whole_program_tells_its_figures() -> None:
    ended = run("fanout.py", "--quick", "--json", "--rounds", "4", "--sizes", "10", "20", "30")

    assert ended.returncode in {0, 1}, ended.stderr
    told = json.loads(ended.stdout)
    assert {
        "20 clients, ours / Node socket.io: cost a client",
        "20 clients, ours / Node socket.io: messages a second",
        "10 clients, Node ws: cost a client",
        "10 clients, a bare loop of send calls: the generator's own cost",
        "20 walls, decision committed → last wall, against bare",
        "10 walls after a kill: all back and equal",
    } <= {figure["name"] for figure in told["figures"]}
    assert (ended.returncode == 1) == (not told["met"])


def children(process: int) -> list[int]:
    return [
        int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    until = monotonic() + seconds
    while not holds():
        if monotonic() > until:
            return False
    return True
