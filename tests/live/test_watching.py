"""What a watcher is told by a real server, also while its database hangs."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from signage import clock
from signage.actions.screens import ScreenDraft, add_screen
from signage.live.direct import WORKERS
from tests.live.conftest import PATIENCE
from tests.live.raw import Raw
from tests.patience import eventually
from tests.services import Postgres, Redis
from tests.serving import Server, free_port

Told = tuple[int, Any]


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    with Postgres() as running:
        yield running


@pytest.fixture
def redis() -> Iterator[Redis]:
    with Redis() as running:
        yield running


@pytest.fixture
def watched(tmp_path: Path, postgres: Postgres, redis: Redis) -> Iterator[Server]:
    """A server on services of its own."""
    chosen = {"DATABASE_URL": postgres.create(), "REDIS_URL": redis.url}
    running = Server(tmp_path, free_port(), chosen=chosen, log=tmp_path / "log")
    running.start()
    yield running
    running.stop()
    running.database.engine.dispose()


def ask(server: Server, path: str) -> Told:
    answer = requests.get(server.url + path, timeout=PATIENCE)
    return answer.status_code, answer.json()


def meter(server: Server, line: str) -> float:
    """The value of one line of the metrics; 0 where there is none."""
    told = requests.get(f"{server.url}/metrics", timeout=PATIENCE).text
    found = [row for row in told.splitlines() if row.startswith(f"{line} ")]
    return float(found[0].rpartition(" ")[2]) if found else 0.0


def until(told: Callable[[], Told], status: int, **expected: str) -> Any:  # noqa: ANN401 - JSON
    """Ask again until the status and the parts are so."""

    def is_so() -> Any:  # noqa: ANN401 - JSON
        said, body = told()
        parts = {name: part["status"] for name, part in body["parts"].items()}
        return body if said == status and expected.items() <= parts.items() else None

    return eventually(is_so, lambda: f"not {status} with {expected}: {told()}")


def lines(server: Server, wanted: str) -> str:
    """The log, as soon as this stands in it."""
    log = server.log
    assert log is not None
    eventually(lambda: wanted in log.read_text(), log.read_text)
    return log.read_text()


def test_faults_come_and_go(watched: Server, postgres: Postgres, redis: Redis) -> None:
    def ready() -> Told:
        return ask(watched, "/readyz")

    until(ready, 200, database="up", migrations="up", relay="up", redis="up")

    redis.stop(kill=True)
    assert until(ready, 200, redis="down")["status"] == "degraded"
    redis.start()
    assert until(ready, 200, redis="up")["status"] == "ready"

    postgres.pause()
    until(ready, 503, database="down")
    assert ask(watched, "/healthz") == (200, {"status": "alive"})
    numbers = requests.get(f"{watched.url}/metrics", timeout=PATIENCE).text
    assert 'signage_up{part="database"} 0.0' in numbers
    assert 'signage_up{part="migrations"} 0.0' in numbers
    page = requests.get(f"{watched.url}/sign-in", timeout=PATIENCE)
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    postgres.go_on()
    until(ready, 200, database="up", migrations="up", relay="up")

    eventually(lambda: meter(watched, 'signage_up{part="database"}') == 1)


def test_sockets_that_closed_are_forgotten_while_the_database_hangs(
    watched: Server, postgres: Postgres
) -> None:
    """Also where all who handle what walls say wait for it."""
    _, key = add_screen(watched.database, watched.secret_key, ScreenDraft("Hall"), at=clock.now())
    knock = "40/wall," + json.dumps({"token": key, "protocol": 1})

    postgres.pause()
    raws = []
    for _ in range(WORKERS + 4):
        raws.append(Raw(watched.port))
        raws[-1].say(knock)
    for raw in raws:
        raw.leave()
    eventually(lambda: meter(watched, "signage_connections") == 0)
    postgres.go_on()


def test_no_stack_trace_for_what_is_expected(watched: Server, postgres: Postgres) -> None:
    def ready() -> Told:
        return ask(watched, "/readyz")

    until(ready, 200, relay="up")
    postgres.stop(kill=True)
    until(ready, 503, database="down")
    lines(watched, "failing what=announcing")
    postgres.start()
    log = lines(watched, "healed what=announcing")

    assert "Traceback" not in log
    assert "    | " not in log
