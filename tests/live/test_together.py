"""Readings that are shared: few, and never older than the question."""

import gevent
import pytest
from gevent.event import Event

from signage.live.together import Together
from tests.patience import PATIENCE


def test_who_asks_at_once_shares_a_reading() -> None:
    readings: list[int] = []

    def read() -> int:
        readings.append(1)
        return len(readings)

    together = Together(read)
    asking = [gevent.spawn(together.get) for _ in range(1000)]
    gevent.joinall(asking)

    assert [greenlet.value for greenlet in asking] == [1] * 1000
    assert together.get() == 2


def test_who_asks_while_one_is_read_is_told_of_the_next() -> None:
    begun, may_end = Event(), Event()
    readings: list[int] = []

    def read() -> int:
        readings.append(1)
        number = len(readings)
        begun.set()
        may_end.wait()
        return number

    together = Together(read)
    first = gevent.spawn(together.get)
    begun.wait()
    later = [gevent.spawn(together.get) for _ in range(100)]
    gevent.sleep(0)
    may_end.set()
    gevent.joinall([first, *later])

    assert first.value == 1
    assert {greenlet.value for greenlet in later} == {2}


def test_a_fault_is_everybodys_and_the_next_reading_is_tried() -> None:
    faults = [RuntimeError("a fault")]

    def read() -> str:
        if faults:
            raise faults.pop()
        return "read"

    together = Together(read)
    asking = [gevent.spawn(_told, together) for _ in range(3)]
    gevent.joinall(asking)

    assert [greenlet.value for greenlet in asking] == ["a fault"] * 3
    assert together.get() == "read"


def test_who_goes_away_while_waiting_leaves_the_others_answered() -> None:
    together = Together(lambda: "read")
    first, second = gevent.spawn(together.get), gevent.spawn(together.get)
    gevent.sleep(0)
    first.kill()

    assert second.get(timeout=PATIENCE) == "read"


def _told(together: Together[str]) -> str:
    with pytest.raises(RuntimeError) as fault:
        together.get()
    return str(fault.value)
