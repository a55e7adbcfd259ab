"""How often one may try is counted for all processes together, and for each while Redis is gone."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from signage import clock
from signage.models import User
from tests.live.pair import Pair
from tests.patience import PATIENCE
from tests.services import Redis, fresh_postgres
from tests.serving import free_port

TRIES = 10
"""Sign-ins in a minute."""


@pytest.fixture
def redis() -> Iterator[Redis]:
    with Redis() as running:
        yield running


@pytest.fixture
def pair(redis: Redis, tmp_path: Path) -> Iterator[Pair]:
    """Two processes; who asks goes to the one and the other in turn."""
    with ExitStack() as ending:
        database = ending.enter_context(fresh_postgres())
        chosen = {"DATABASE_URL": database, "REDIS_URL": redis.url}
        running = Pair(tmp_path, free_port(), chosen=chosen)
        ending.callback(running.database.engine.dispose)
        with running.database.write() as session:  # else there is no form to sign in by
            user = User(
                email="lead@example.com", name="Lead", password_hash="-", language="en",
                role="admin", created_at=clock.now(),
            )  # fmt: skip
            session.add(user)
        ending.callback(running.stop)
        running.start(("-m", "tests.web.waits_for_redis"))
        yield running


def tries(pair: Pair, n: int) -> list[int]:
    """How so many sign-ins with a wrong password are answered."""
    with requests.Session() as browser:
        page = browser.get(f"{pair.url}/sign-in", timeout=PATIENCE).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, page
        said = {"csrf_token": found[1], "email": "nobody@example.com", "password": "wrong"}
        return [
            browser.post(f"{pair.url}/sign-in", data=said, timeout=PATIENCE).status_code
            for _ in range(n)
        ]


def test_tries_are_counted_together_and_without_redis_still_bounded(
    pair: Pair, redis: Redis
) -> None:
    answers = tries(pair, TRIES + 2)
    assert 429 not in answers[:TRIES]
    assert answers[TRIES:] == [429, 429]

    redis.stop(kill=True)
    answers = tries(pair, 2 * TRIES + 2)
    assert answers[-2:] == [429, 429]
    assert all(status < 500 for status in answers)

    redis.start()
    assert all(status < 500 for status in tries(pair, 2))
