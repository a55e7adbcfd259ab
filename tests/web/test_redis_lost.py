"""The desk says that Redis is lost, where screens are looked after, and waits for it nowhere."""

from dataclasses import replace
from functools import partial

import gevent
import pytest
from flask import Flask
from gevent.event import Event

from signage.models import Database
from signage.web import probes
from signage.web.context import Parts
from signage.web.probes import ADVICE
from signage.words import LANGUAGES, speaking, translate
from tests.patience import eventually
from tests.services import Redis
from tests.serving import free_port
from tests.web.conftest import Browser, statements

PAGES = ("/desk/screens", "/desk/screens/watch")


def with_redis(app: Flask, url: str) -> None:
    told: Parts = app.extensions["signage"]
    app.extensions["signage"] = replace(told, settings=replace(told.settings, redis_url=url))


def says(desk: Browser, path: str) -> bool:
    """Whether the page says that Redis is lost."""
    answer = desk.get(path)
    assert answer.status_code == 200
    return ADVICE["redis"] in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_it_comes_and_goes_with_redis(app: Flask, desk: Browser, path: str) -> None:
    with Redis() as redis:
        with_redis(app, redis.url)
        eventually(lambda: not says(desk, path), pause=gevent.sleep)

        redis.stop(kill=True)
        eventually(lambda: says(desk, path), pause=gevent.sleep)

        redis.start()
        eventually(lambda: not says(desk, path), pause=gevent.sleep)


def test_it_costs_no_statement(app: Flask, desk: Browser, database: Database) -> None:
    for path in PAGES:
        with statements(database) as without:
            assert not says(desk, path)
        with_redis(app, f"redis://127.0.0.1:{free_port()}/0")
        eventually(partial(says, desk, path), pause=gevent.sleep)
        with statements(database) as seen:
            assert says(desk, path)
        assert len(seen) == len(without)
        with_redis(app, "")


def test_nobody_asks_where_none_is_set_up(desk: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(probes, "_pings", asked.append)

    assert not any(says(desk, path) for path in PAGES)
    assert asked == []


def test_other_pages_do_not_ask(app: Flask, desk: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(probes, "_pings", asked.append)
    with_redis(app, f"redis://127.0.0.1:{free_port()}/0")

    for path in ("/desk/review", "/desk/screens/groups", "/desk/settings", "/desk/find"):
        assert not says(desk, path)
    assert asked == []


def test_a_redis_that_hangs_keeps_no_page_waiting(
    app: Flask, desk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up, looking = Event(), 0

    def hangs(_: str) -> bool:
        nonlocal looking
        looking += 1
        given_up.wait()
        return False

    monkeypatch.setattr(probes, "_pings", hangs)
    with_redis(app, f"redis://127.0.0.1:{free_port()}/0")

    assert not says(desk, PAGES[0])  # else it would wait for ever
    assert not says(desk, PAGES[1])
    assert looking == 1
    given_up.set()
    eventually(lambda: says(desk, PAGES[0]), pause=gevent.sleep)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_in_every_language(language: str) -> None:
    with speaking(language):
        told = translate(ADVICE["redis"])
    assert told != ADVICE["redis"]
    assert "Redis" in told
    assert "REDIS_URL" in told
