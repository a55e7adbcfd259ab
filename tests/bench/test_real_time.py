"""The bench's own loop and lines: what goes wrong in them must not be taken for the product's."""

import socket
from collections.abc import Callable, Iterator
from random import Random

import pytest

from bench.recovery_parts.loop import Loop
from bench.recovery_parts.proxy import Proxy
from bench.recovery_parts.websocket import WebSocketLine
from tests.patience import PATIENCE


class Nobody:
    """A player that does nothing."""

    def closed(self, _: object) -> None: ...


@pytest.fixture
def loop() -> Iterator[Loop]:
    made = Loop()
    yield made
    made.close()


def until(loop: Loop, is_so: Callable[[], object]) -> None:
    """Let time pass until something is so."""
    ends = loop.now() + PATIENCE
    while not is_so():
        assert loop.now() < ends, "it never came"
        loop.run(0.01)


def test_a_player_that_is_told_twice_to_read_nothing_reads_on_after_the_later_end(
    loop: Loop,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        line = WebSocketLine(loop, Nobody(), listening.getsockname()[1])  # type: ignore[arg-type]
        near, _ = listening.accept()
        line.stop_reading(0.01)
        line.stop_reading(0.02)
        until(loop, lambda: not loop._pending)
        line.stop_reading(0.01)
        until(loop, lambda: not loop._pending)
        near.close()
        until(loop, lambda: line._plug is None)
        line.close()


def test_a_number_that_is_used_again_belongs_to_the_later_socket(loop: Loop) -> None:
    heard: list[str] = []
    first, other = socket.socketpair()
    number = first.fileno()
    loop.read(first, lambda: heard.append("first"))
    first.close()
    other.close()
    second, third = socket.socketpair()
    assert number in {second.fileno(), third.fileno()}
    near, far = (second, third) if second.fileno() == number else (third, second)

    loop.read(near, lambda: heard.append(near.recv(9).decode()))
    far.send(b"second")
    until(loop, lambda: heard)

    assert heard == ["second"]
    loop.forget(near)
    near.close()
    far.close()


def test_who_hangs_up_on_another_in_the_same_moment_is_not_called_for_it(loop: Loop) -> None:
    """Both have something to read; one hangs up on the other, whose number goes to a third."""
    pairs = [socket.socketpair() for _ in range(2)]
    third: list[socket.socket] = []
    heard: list[int] = []

    def hang_up(other: int) -> None:
        heard.append(other)
        loop.forget(pairs[1 - other][0])
        pairs[1 - other][0].close()
        third.extend(socket.socketpair())
        for plug in third:
            loop.read(plug, lambda: heard.append(7))
        pairs[other][0].recv(9)

    for index, (near, far) in enumerate(pairs):
        loop.read(near, lambda index=index: hang_up(index))  # type: ignore[misc]
        far.send(b"x")
    until(loop, lambda: heard)

    assert len(heard) == 1
    for plug in [*third, *pairs[0], *pairs[1]]:
        loop.forget(plug)
        plug.close()


def test_the_proxy_forgets_what_it_cuts(loop: Loop) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        proxy = Proxy(loop, Random(1), lambda: [port])  # noqa: S311 - it must be the same again
        for _ in range(5):
            client = socket.create_connection(("127.0.0.1", proxy.port))
            until(loop, lambda: proxy.pipes)
            server, _ = listening.accept()
            (pipe,) = proxy.pipes
            client.send(b"x")
            pipe.reset()
            assert not proxy.pipes
            server.close()
            client.close()
        proxy.close()
