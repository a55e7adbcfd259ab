"""Which screens the desk says are on, whichever process they are connected to."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from signage.actions.screens import ScreenDraft, add_screen
from signage.models import Database, Screen
from signage.settings import Settings
from signage.web.context import Parts
from signage.web.desk_screens import LATELY
from tests.web.conftest import SECRET, Browser

ON = '<span class="live"></span>'


@pytest.fixture
def screen_id(database: Database, now: datetime) -> int:
    return add_screen(database, SECRET, ScreenDraft("Lobby"), at=now)[0]


def seen(database: Database, screen_id: int, at: datetime) -> None:
    with database.write() as session:
        session.get_one(Screen, screen_id).last_seen_at = at


def several(app: Flask, settings: Settings, database: Database) -> None:
    """There may be other processes."""
    settings = replace(settings, redis_url="redis://localhost:1/0")
    app.extensions["signage"] = Parts(settings, database, dict)


def test_one_that_is_connected_here_is_on(
    app: Flask, settings: Settings, desk: Browser, database: Database, screen_id: int
) -> None:
    assert ON not in desk.get("/desk/screens").text

    app.extensions["signage"] = Parts(settings, database, lambda: {screen_id: 1})

    assert ON in desk.get("/desk/screens").text


def test_one_that_another_process_has_just_seen_is_on(
    app: Flask, settings: Settings, desk: Browser, database: Database, screen_id: int, now: datetime
) -> None:
    several(app, settings, database)
    assert "never seen yet" in desk.get("/desk/screens").text

    seen(database, screen_id, now - LATELY / 2)

    assert ON in desk.get("/desk/screens").text


def test_one_that_nobody_has_seen_for_a_while_is_not(
    app: Flask, settings: Settings, desk: Browser, database: Database, screen_id: int, now: datetime
) -> None:
    several(app, settings, database)
    seen(database, screen_id, now - LATELY - timedelta(seconds=1))

    assert "last seen" in desk.get("/desk/screens").text


def test_where_there_is_one_process_alone_it_knows_best(
    desk: Browser, database: Database, screen_id: int, now: datetime
) -> None:
    seen(database, screen_id, now)

    assert ON not in desk.get("/desk/screens").text
