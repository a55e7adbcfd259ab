"""What is told while the database cannot do its work, and that it heals by itself."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import event

from signage.actions.setup import set_up
from signage.migrate import migrate
from signage.models import Database
from signage.settings import Settings
from signage.web.context import Parts
from tests.answers import everything, state_of, waiting
from tests.logged import logged
from tests.services import Postgres
from tests.web.conftest import Browser

JSON = {"Accept": "application/json"}


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    with Postgres() as running:
        yield running


def limit(database: Database, *pragmas: str) -> None:
    """Have SQLite keep to something from now on."""

    def note(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    database.engine.dispose()
    event.listen(database.engine, "connect", note)


def test_a_database_that_is_gone_is_told_and_found_again(
    app: Flask, settings: Settings, postgres: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(postgres.create())
    migrate(database)
    set_up(database)
    app.extensions["signage"] = Parts(settings, database, dict)
    browser = Browser(app.test_client())
    path = "/sign-in"
    assert browser.get(path).status_code == 200

    for kill in (False, True):
        postgres.stop(kill=kill)
        caplog.clear()
        page, told = browser.get(path), browser.get(path, JSON)
        wall = browser.get("/wall")
        postgres.start()

        assert wall.status_code == 200  # it needs the database for nothing that it could not miss
        assert "frame-ancestors 'none'" in wall.headers["Content-Security-Policy"]
        assert wall.headers["Retry-After"] == "5"  # or kept pages would take that for the list
        assert page.status_code == told.status_code == 503
        assert page.headers["Retry-After"] == told.headers["Retry-After"] == "5"
        assert "<h1>The database does not answer</h1>" in page.text
        assert told.content_type == "application/problem+json"
        assert told.get_json()["type"] == "about:problem/database-away"
        assert told.get_json()["retry"] is True
        assert [record.getMessage() for record in logged(caplog)] == ["unavailable"] * 2
        assert [record.exc_info for record in logged(caplog)] == [None, None]
        assert path not in caplog.text
        assert browser.get(path).status_code == 200
    database.engine.dispose()


def test_the_desk_needs_no_database_to_say_that_it_is_gone(
    desk: Browser, app: Flask, settings: Settings
) -> None:
    gone = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    app.extensions["signage"] = Parts(settings, gone, dict)

    answer = desk.client.get("/desk/review", headers={"Accept-Language": "en"})

    assert answer.status_code == 503
    assert "Nothing can be looked up or decided just now." in answer.text
    assert "nobody" not in answer.text


def test_a_full_disk_is_told_and_nothing_is_half_done(
    app: Flask, database: Database, token: str
) -> None:
    client, before = app.test_client(), everything(database)
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    limit(database, f"max_page_count={pages + 2}")
    items = [
        {"source": "shop", "external_id": str(n), "score": 9, "comment": "Kind. " * 200}
        for n in range(300)
    ]
    headers = {"Authorization": f"Bearer {token}"}

    answer = client.post("/api/v1/responses", json=items, headers=headers)

    assert answer.status_code == 503
    assert answer.get_json()["type"] == "about:problem/database-full"
    assert "make room on its disk" in answer.get_json()["detail"]
    after = everything(database)
    assert {name: after[name] for name in after if name != "api_tokens"} == {
        name: before[name] for name in before if name != "api_tokens"
    }

    limit(database, "max_page_count=1000000")
    assert client.post("/api/v1/responses", json=items, headers=headers).get_json()["taken"] == 300


@pytest.mark.parametrize(
    ("pragmas", "title"),
    [
        (("query_only=ON",), "The database takes no changes"),
        (("busy_timeout=0",), "Too much at once"),
    ],
)
def test_a_decision_that_could_not_be_kept_is_told_and_can_be_made_again(
    desk: Browser, database: Database, now: datetime, pragmas: tuple[str, ...], title: str
) -> None:
    quote = waiting(database, at=now)
    path, form = f"/desk/quotes/{quote}/setting-aside", {"revision": "0"}
    form["csrf_token"] = desk.csrf()
    with closing(
        sqlite3.connect(database.engine.url.database or "", isolation_level=None)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        limit(database, *pragmas)
        answer = desk.client.post(path, data=form)

    assert answer.status_code == 503
    assert f"<h1>{title}</h1>" in answer.text
    assert state_of(database, quote) == "waiting"

    limit(database, "query_only=OFF")
    assert desk.client.post(path, data=form).status_code == 302
    assert state_of(database, quote) == "set_aside"
