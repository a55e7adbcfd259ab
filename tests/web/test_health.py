"""GET /healthz and /readyz: what a watcher is told when everything is well, and when it is not."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from signage import clock
from signage.models import Database
from signage.settings import Settings
from signage.web.context import Parts
from signage.web.probes import ADVICE, SWEEP_PATIENCE
from tests.services import Postgres, Redis, redis_url
from tests.serving import free_port
from tests.web.conftest import Browser, statements

UP = {"status": "up"}


def down(part: str) -> dict[str, str]:
    return {"status": "down", "detail": ADVICE[part]}


@pytest.fixture
def running(app: Flask, settings: Settings, database: Database) -> Flask:
    """The product with its relay at work."""
    app.extensions["signage"] = Parts(settings, database, dict, clock.now)
    return app


def with_redis(app: Flask, url: str) -> None:
    told: Parts = app.extensions["signage"]
    settings = replace(told.settings, redis_url=url)
    app.extensions["signage"] = replace(told, settings=settings)


def test_alive_asks_nothing_of_the_database(desk: Browser, database: Database) -> None:
    with statements(database) as seen:
        answer = desk.get("/healthz")

    assert (answer.status_code, answer.get_json()) == (200, {"status": "alive"})
    assert seen == []


def test_alive_without_a_database(running: Flask, gone: Database, settings: Settings) -> None:
    running.extensions["signage"] = Parts(settings, gone, dict, clock.now)
    client = running.test_client()
    with client.session_transaction() as session:
        session["sign_in"] = "somebody was signed in when the database went"

    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/readyz", "/health"])
def test_ready_costs_one_statement(running: Flask, database: Database, path: str) -> None:
    client = running.test_client()

    with statements(database) as seen:
        answer = client.get(path)

    assert answer.status_code == 200
    assert answer.get_json() == {
        "status": "ready", "parts": {"database": UP, "migrations": UP, "relay": UP},
    }  # fmt: skip
    assert len(seen) == 1


def test_ready_with_redis(running: Flask) -> None:
    with_redis(running, redis_url())

    answer = running.test_client().get("/readyz")

    assert answer.status_code == 200
    assert answer.get_json()["status"] == "ready"
    assert answer.get_json()["parts"]["redis"] == UP


def test_a_lost_redis_degrades_and_is_still_ready(running: Flask) -> None:
    with_redis(running, f"redis://127.0.0.1:{free_port()}/0")

    answer = running.test_client().get("/readyz")

    assert answer.status_code == 200
    assert answer.get_json()["status"] == "degraded"
    assert answer.get_json()["parts"] == {
        "database": UP, "migrations": UP, "relay": UP, "redis": down("redis"),
    }  # fmt: skip


def test_a_redis_that_hangs_is_given_up_and_heals(running: Flask) -> None:
    with Redis() as redis:
        with_redis(running, redis.url)
        client = running.test_client()
        redis.pause()
        assert client.get("/readyz").get_json()["parts"]["redis"] == down("redis")
        redis.go_on()

        assert client.get("/readyz").get_json()["parts"]["redis"] == UP


def test_not_ready_without_the_database(running: Flask, gone: Database, settings: Settings) -> None:
    running.extensions["signage"] = Parts(settings, gone, dict, clock.now)

    answer = running.test_client().get("/readyz")

    assert answer.status_code == 503
    assert answer.content_type == "application/problem+json"
    assert answer.get_json() == {
        "type": "about:problem/not-ready", "title": "Not ready", "status": 503, "retry": True,
        "detail": ADVICE["database"], "parts": {"database": down("database"), "relay": UP},
    }  # fmt: skip
    assert "nobody" not in answer.text


def test_ready_again_when_the_database_comes_back(running: Flask, settings: Settings) -> None:
    with Postgres() as postgres:
        database = Database(postgres.create())
        running.extensions["signage"] = Parts(settings, database, dict, clock.now)
        client = running.test_client()
        with database.write() as session:
            session.execute(text("CREATE TABLE alembic_version (version_num text)"))
            session.execute(text("INSERT INTO alembic_version VALUES ('of long ago')"))
        assert client.get("/readyz").get_json()["parts"]["database"] == UP
        postgres.stop()
        assert client.get("/readyz").get_json()["parts"]["database"] == down("database")
        postgres.start()

        assert client.get("/readyz").get_json()["parts"]["database"] == UP
        database.engine.dispose()


def test_not_ready_on_the_database_of_another_version(running: Flask, database: Database) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'of tomorrow'"))

    answer = running.test_client().get("/readyz")

    assert answer.status_code == 503
    assert answer.get_json()["detail"] == ADVICE["migrations"]
    assert answer.get_json()["parts"]["migrations"] == down("migrations")


def long_ago() -> datetime:
    return clock.now() - SWEEP_PATIENCE - timedelta(seconds=1)


@pytest.mark.parametrize("swept", [lambda: None, long_ago])
def test_not_ready_while_nothing_is_announced(
    running: Flask, settings: Settings, database: Database, swept: object
) -> None:
    running.extensions["signage"] = Parts(settings, database, dict, swept)  # type: ignore[arg-type]

    answer = running.test_client().get("/readyz")

    assert answer.status_code == 503
    assert answer.get_json()["detail"] == ADVICE["relay"]


def test_what_to_do_is_told_in_the_readers_language(
    app: Flask, settings: Settings, database: Database
) -> None:
    app.extensions["signage"] = Parts(settings, database, dict)

    answer = app.test_client().get("/readyz", headers={"Accept-Language": "sv"})

    assert answer.status_code == 503
    assert answer.get_json()["parts"]["relay"]["status"] == "down"


def test_looking_needs_no_account(nobody: Browser) -> None:
    assert nobody.get("/healthz").status_code == 200
    assert nobody.get("/readyz").status_code in {200, 503}
