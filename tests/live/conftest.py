"""A real server, and walls that speak to it as the player does."""

import queue
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import socketio

from signage import clock
from signage.actions import screens
from signage.actions.prefer import prefer
from signage.actions.screens import ScreenDraft
from signage.models import Preferences, User
from tests.live.pair import Pair
from tests.patience import OFTEN, PATIENCE, eventually
from tests.services import fresh_postgres, redis_url
from tests.serving import Server, free_port

__all__ = ["PATIENCE", "Wall", "eventually"]


def hang_up(client: Any) -> None:  # noqa: ANN401 - the library has no types
    """End a client with its threads and its socket, which the library leaves open where the server
    ended it. Where both end it at once the library empties its queue, and throws away the word with
    which its writing thread ends: that would say so half a minute later, in another test's log."""
    threads = [client.start_background_task(client.disconnect), client.eio.read_loop_task]

    def ended() -> bool:
        threads[0].join(OFTEN)
        alive = [each for each in threads if each is not None and each.is_alive()]
        if alive:
            client.eio.queue.put(None)
        if client.eio.ws is not None:
            client.eio.ws.shutdown()
        return not alive

    eventually(ended)


class Wall:
    """A player's socket; what it is told waits in the order in which it came."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._told: queue.Queue[tuple[str, Any]] = queue.Queue()
        self._client = socketio.Client(reconnection=False, handle_sigint=False)
        self._client.on("*", self._note, namespace="/wall")
        for event in ("connect_error", "disconnect"):
            self._client.on(event, self._noting(event), namespace="/wall")

    def connect(self, auth: object, namespace: str = "/wall") -> "Wall":
        """Knock; raises when it is refused."""
        self._client.connect(
            self._url, auth=auth, namespaces=[namespace], transports=["websocket"],
            wait_timeout=PATIENCE,
        )  # fmt: skip
        return self

    def call(self, event: str, said: object = None) -> Any:  # noqa: ANN401 - JSON
        """Say something and wait for the answer."""
        return self._client.call(event, said, namespace="/wall", timeout=PATIENCE)

    def say(self, event: str, said: object, answered: Callable[..., object]) -> None:
        """Say something; `answered` is called if an answer comes."""
        self._client.emit(event, said, namespace="/wall", callback=answered)

    def next(self, event: str) -> Any:  # noqa: ANN401 - JSON
        """The next message of this name; others before it are passed over."""
        while True:
            name, said = self._told.get(timeout=PATIENCE)
            if name == event:
                return said

    def is_turned_away(self, auth: object, namespace: str) -> bool:
        """Ask for a namespace of which the server says not a word: whether it hangs up."""
        self._client.connect(
            self._url, auth=auth, namespaces=[namespace], transports=["websocket"], wait=False
        )
        reading = self._client.eio.read_loop_task
        reading.join(PATIENCE)
        return not reading.is_alive() and not self._client.namespaces

    def leave(self) -> None:
        """Go."""
        hang_up(self._client)

    def _noting(self, event: str) -> Callable[[Any], None]:
        def note(said: object = None) -> None:
            self._note(event, said)

        return note

    def _note(self, event: str, said: object) -> None:
        self._told.put((event, said))


@pytest.fixture(scope="session", params=["direct", "ordinary", "two processes"])
def server(
    request: pytest.FixtureRequest, empty_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A running server for all of these tests, in each mode, and two over PostgreSQL and Redis;
    each test brings answers of its own."""
    data = tmp_path_factory.mktemp("live")
    with ExitStack() as ending:
        if request.param == "two processes":
            database = ending.enter_context(fresh_postgres())
            chosen = {"DATABASE_URL": database, "REDIS_URL": redis_url()}
            running: Server = Pair(data, free_port(), chosen=chosen)
        else:
            shutil.copy(empty_file, data / "signage.db")
            running = Server(data, free_port(), chosen={"SIGNAGE_SOCKETS": request.param})
        ending.callback(running.database.engine.dispose)
        prefer(running.database, Preferences(grace_seconds=0), at=clock.now())
        ending.callback(running.stop)
        running.start()
        yield running


@pytest.fixture(scope="session")
def lead_id(server: Server) -> int:
    """An account at the server's desk."""
    with server.database.write() as session:
        user = User(
            email="lead@example.com", name="Lead", password_hash="-", language="en", role="admin",
            created_at=clock.now(),
        )  # fmt: skip
        session.add(user)
        session.flush()
        return user.id


@pytest.fixture
def screen(server: Server) -> tuple[int, str]:
    """A new screen and its key."""
    draft = ScreenDraft("Canteen", site="Solna", locale="sv")
    return screens.add_screen(server.database, server.secret_key, draft, at=clock.now())


@pytest.fixture
def wall(server: Server) -> Iterator[Wall]:
    """A wall that has not knocked yet."""
    made = Wall(server.url)
    yield made
    made.leave()


@pytest.fixture
def connected(wall: Wall, screen: tuple[int, str]) -> Wall:
    """A wall that was let in."""
    return wall.connect({"token": screen[1], "protocol": 1})
