"""Several processes: Redis wakes and the database tells; without Redis all of it still arrives."""

import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import IO

import pytest
from redis import Redis as Client

from signage import clock
from signage.actions import screens
from signage.actions.prefer import prefer
from signage.actions.screens import ScreenDraft
from signage.models import Preferences, User
from tests.answers import hung
from tests.live.conftest import PATIENCE, Wall, eventually
from tests.live.test_announce import next_change
from tests.services import Redis, fresh_postgres
from tests.serving import Server, free_port


class Other:
    """A process of tests/live/other.py."""

    def __init__(self, server: Server) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.live.other"], env=server.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self._said: queue.Queue[str] = queue.Queue()
        self.log: list[str] = []
        notes = ((self._process.stdout, self._said.put), (self._process.stderr, self.log.append))
        self._reading = [
            threading.Thread(target=self._read, args=each, daemon=True) for each in notes
        ]
        for thread in self._reading:
            thread.start()
        self.next("ready")

    def say(self, *words: object) -> None:
        """Have it do something."""
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        self._process.stdin.flush()

    def next(self, line: str) -> None:
        """Wait until it says this."""
        while self._said.get(timeout=PATIENCE) != line:
            continue

    def woken(self) -> int:
        """How often it was woken."""
        self.say("woken")
        while not (line := self._said.get(timeout=PATIENCE)).isdecimal():
            continue
        return int(line)

    def end(self) -> None:
        """End it; again is harmless."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        assert self._process.wait(timeout=PATIENCE) == 0, self.log
        for thread in self._reading:
            thread.join()
        for stream in (self._process.stdout, self._process.stderr):
            assert stream is not None
            stream.close()

    @staticmethod
    def _read(stream: IO[str], note: object) -> None:
        for line in stream:
            note(line.strip())  # type: ignore[operator]  # one of the two above


@pytest.fixture(scope="module")
def redis() -> Iterator[Redis]:
    """A Redis of these tests alone."""
    with Redis() as running:
        yield running


@pytest.fixture(scope="module")
def walls(redis: Redis, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The process that walls are connected to."""
    with ExitStack() as ending:
        database = ending.enter_context(fresh_postgres())
        chosen = {"DATABASE_URL": database, "REDIS_URL": redis.url}
        server = Server(tmp_path_factory.mktemp("wake"), free_port(), chosen=chosen)
        ending.callback(server.database.engine.dispose)
        prefer(server.database, Preferences(grace_seconds=0), at=clock.now())
        ending.callback(server.stop)
        server.start()
        yield server


@pytest.fixture(scope="module")
def deciding(walls: Server) -> Iterator[Other]:
    """The process in which people decide."""
    running = Other(walls)
    yield running
    running.end()


@pytest.fixture(scope="module")
def third(walls: Server) -> Iterator[Other]:
    """One more."""
    running = Other(walls)
    yield running
    running.end()


@pytest.fixture(scope="module")
def lead(walls: Server) -> int:
    with walls.database.write() as session:
        user = User(
            email="lead@example.com", name="Lead", password_hash="-", language="en", role="admin",
            created_at=clock.now(),
        )  # fmt: skip
        session.add(user)
        session.flush()
        return user.id


@pytest.fixture
def screen(walls: Server) -> tuple[int, str]:
    return screens.add_screen(
        walls.database, walls.secret_key, ScreenDraft("Canteen"), at=clock.now()
    )


@pytest.fixture
def wall(walls: Server, screen: tuple[int, str]) -> Iterator[Wall]:
    """A wall that has said hello."""
    made = Wall(walls.url).connect({"token": screen[1], "protocol": 1})
    made.call("hello", {})
    yield made
    made.leave()


def test_what_is_withdrawn_in_one_process_leaves_the_walls_of_another(
    wall: Wall, walls: Server, deciding: Other, lead: int
) -> None:
    quote = hung(walls.database, "one", lead=lead, at=clock.now())
    next_change(wall, f"q{quote}", "put")

    deciding.say("withdraw", quote, lead)

    next_change(wall, f"q{quote}", "drop")


def test_a_link_revoked_in_one_process_is_cut_off_in_another(
    wall: Wall, screen: tuple[int, str], deciding: Other
) -> None:
    deciding.say("revoke", screen[0])

    assert wall.next("bye") == {"reason": "revoked"}
    wall.next("disconnect")


def test_a_decision_wakes_the_others(
    walls: Server, deciding: Other, third: Other, lead: int
) -> None:
    quote = hung(walls.database, "two", lead=lead, at=clock.now())
    deciding.say("withdraw", quote, lead)
    third.next("woken")

    third.say("wake")
    deciding.next("woken")


def test_what_others_say_on_the_channel_harms_nothing(
    redis: Redis, walls: Server, deciding: Other, wall: Wall, lead: int
) -> None:
    nonsense = ("{", "[]", "7", '{"method": 7}', '{"method": "wake"', '{"method": "close_room"}')
    with closing(Client.from_url(redis.url)) as client:
        for said in nonsense:
            client.publish("signage", said)
        client.publish("signage", b"\xff\xfe")
        client.publish("signage", '{"method": "wake", "host_id": {"a": [1]}}')
    deciding.next("woken")

    quote = hung(walls.database, "nonsense", lead=lead, at=clock.now())
    deciding.say("withdraw", quote, lead)
    next_change(wall, f"q{quote}", "drop")


@pytest.mark.parametrize("fault", ["killed", "hung"])
def test_without_redis_a_change_comes_all_the_same_and_it_heals_by_itself(
    redis: Redis, walls: Server, deciding: Other, third: Other, wall: Wall, lead: int, fault: str
) -> None:
    before = len(deciding.log)
    quotes = []
    for n in range(3):
        quotes.append(hung(walls.database, f"{fault}{n}", lead=lead, at=clock.now()))
        next_change(wall, f"q{quotes[n]}", "put")
    deciding.say("withdraw", quotes[0], lead)
    next_change(wall, f"q{quotes[0]}", "drop")

    redis.stop(kill=True) if fault == "killed" else redis.pause()
    deciding.say("withdraw", quotes[1], lead)
    next_change(wall, f"q{quotes[1]}", "drop")
    eventually(lambda: any("failing" in line for line in deciding.log[before:]))

    redis.start() if fault == "killed" else redis.go_on()
    eventually(lambda: any("healed" in line for line in deciding.log[before:]))
    woken = third.woken()

    def heard() -> bool:
        deciding.say("wake")
        return third.woken() > woken

    eventually(heard)
    deciding.say("withdraw", quotes[2], lead)
    next_change(wall, f"q{quotes[2]}", "drop")
    about = [line.split()[2] for line in deciding.log[before:] if "redis" in line]
    # A line each, however long it lasts. On a busy machine Redis may seem to be gone once more.
    assert about
    assert about == ["failing", "healed"] * (len(about) // 2)
