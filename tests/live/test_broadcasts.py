"""Broadcasts of one turn go out in few writes, in the order in which they were made."""

import gevent

from signage.live.broadcasts import MOST_BYTES, Broadcasts


class Client:
    """Remembers each write."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, frame: bytes) -> None:
        self.written.append(frame)


def test_what_one_turn_says_to_the_same_is_one_write() -> None:
    client, broadcasts = Client(), Broadcasts()

    for frame in (b"1", b"2", b"3"):
        broadcasts.add("quotes", lambda: [client], frame)

    assert client.written == []
    gevent.sleep(0)
    assert client.written == [b"123"]
    gevent.sleep(0)
    assert client.written == [b"123"]


def test_who_is_told_something_else_between_keeps_the_order() -> None:
    both, one, broadcasts = Client(), Client(), Broadcasts()

    broadcasts.add("quotes", lambda: [both, one], b"1")
    broadcasts.add("nps", lambda: [both], b"2")
    broadcasts.add("quotes", lambda: [both, one], b"3")
    broadcasts.flush()

    assert both.written == [b"1", b"2", b"3"]
    assert one.written == [b"1", b"3"]


def test_what_is_said_meanwhile_is_written_too() -> None:
    broadcasts, client = Broadcasts(), Client()

    def answers(frame: bytes) -> None:
        client.written.append(frame)
        if frame == b"1":
            broadcasts.add("quotes", lambda: [client], b"2")

    class Answering:
        def write(self, frame: bytes) -> None:
            answers(frame)

    broadcasts.add("quotes", lambda: [Answering()], b"1")
    broadcasts.flush()
    gevent.sleep(0)

    assert client.written == [b"1", b"2"]


def test_it_does_not_gather_without_end() -> None:
    client, broadcasts = Client(), Broadcasts()

    for _ in range(3):
        broadcasts.add("quotes", lambda: [client], b"x" * (MOST_BYTES // 2))

    assert [len(each) for each in client.written] == [MOST_BYTES]
    gevent.sleep(0)
    assert sum(len(each) for each in client.written) == 3 * (MOST_BYTES // 2)
