"""Waking the relays of other processes, over Redis.

Redis carries a wake-up and no words: what a relay announces it reads from the database. A wake-up
that gets lost costs a second, since each relay looks every second anyway; so nothing here waits for
Redis, tries twice, or keeps what could not be said.
"""

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import gevent
from flask_socketio import SocketIO
from gevent.event import Event
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from socketio import RedisManager

from signage.live.outage import Outage

RETRY_SECONDS = 1.0
PATIENCE = 2.0
"""Seconds that Redis gets for an answer."""
SILENCE = 3
"""Rounds of PATIENCE without a sound, though pinged, after which the line counts as dead."""
MOST_QUEUED = 1000


def waker(sockets: SocketIO) -> Callable[[], None]:
    """What wakes the other processes; nothing where this one is alone."""
    manager = sockets.server.manager
    if not isinstance(manager, Waking):
        return lambda: None
    wake: Callable[[], None] = manager.wake
    return wake


def listen(sockets: SocketIO, woken: Callable[[], None]) -> None:
    """Have `woken` called when another process says that something committed there, and when Redis
    is back, since what was said meanwhile is lost. The library would begin to listen only with the
    first client."""
    server = sockets.server
    if isinstance(server.manager, Waking):
        server.manager.woken = woken
        if not server.manager_initialized:
            server.manager_initialized = True
            server.manager.initialize()


class Waking(RedisManager):  # type: ignore[misc]  # python-socketio ships no types
    """Flask-SocketIO's message queue, which also passes wake-ups on, and is never waited for."""

    def __init__(self, url: str, channel: str = "signage") -> None:
        super().__init__(url, channel=channel)
        self.woken: Callable[[], None] = lambda: None
        self._wakes = False
        self._queue: deque[dict[str, Any]] = deque(maxlen=MOST_QUEUED)
        self._queued = Event()
        self._outage = Outage("redis")

    def initialize(self) -> None:
        """Begin to listen and to publish."""
        super().initialize()
        gevent.spawn(self._publish_all)

    def wake(self) -> None:
        """Tell the other processes; comes back at once. Several in a row are one."""
        self._wakes = True
        self._queued.set()

    def _publish(self, data: dict[str, Any]) -> None:
        self._queue.append(data)
        self._queued.set()

    def _publish_all(self) -> None:
        redis = self._line()
        while True:
            self._queued.wait()
            self._queued.clear()
            try:
                while message := self._next():
                    redis.publish(self.channel, self.json.dumps(message))
            except (RedisError, OSError) as error:
                self._outage.failed(error)

    def _next(self) -> dict[str, Any] | None:
        if self._wakes:
            self._wakes = False
            return {"method": "wake", "host_id": self.host_id}
        return self._queue.popleft() if self._queue else None

    def _listen(self) -> Iterator[dict[str, Any]]:
        """Messages for the library, for ever; wake-ups are heard here and go no further."""
        while True:
            try:
                for message in self._heard():
                    if message.get("method") != "wake":
                        yield message
                    elif message.get("host_id") != self.host_id:
                        self.woken()
            except (RedisError, OSError) as error:
                self._outage.failed(error)
                gevent.sleep(RETRY_SECONDS)

    def _heard(self) -> Iterator[dict[str, Any]]:
        """What is said on the channel, until the line breaks, or is silent though it was pinged."""
        with self._line().pubsub(ignore_subscribe_messages=True) as pubsub:  # type: ignore[no-untyped-call]  # redis types only half
            pubsub.subscribe(self.channel)
            silent = 0
            while silent < SILENCE:
                heard = pubsub.get_message(timeout=PATIENCE)
                if heard is None:
                    silent += 1
                    pubsub.ping()
                    continue
                silent = 0
                self._answers()
                if heard["type"] == "message":
                    yield from self._read(heard["data"])
        raise RedisError("silent")

    def _answers(self) -> None:
        if self._outage.lasts:
            self._outage.healed()
            self.woken()

    def _read(self, data: bytes) -> Iterator[dict[str, Any]]:
        """The message, if it is one."""
        try:
            message = self.json.loads(data)
        except ValueError:
            return
        if isinstance(message, dict):
            yield message

    def _line(self) -> Redis:
        return Redis.from_url(
            self.redis_url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
        )
