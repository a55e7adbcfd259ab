"""Uptime is worked out from outages."""

from datetime import datetime, timedelta

import pytest

from signage.actions.screens import ScreenDraft, add_screen
from signage.core.outages import Uptime
from signage.models import BlindSpot, Database, Outage, WatchedSpan
from signage.models.uptimes import by_site, uptimes

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def screen(database: Database, at: datetime, name: str, site: str, **more: object) -> int:
    draft = ScreenDraft(name, site, **more)  # type: ignore[arg-type]  # as each test likes
    return add_screen(database, "k" * 32, draft, at=at)[0]


def note(database: Database, *rows: object) -> None:
    with database.write() as session:
        session.add_all(rows)


def test_an_outage_counts_in_the_periods_that_it_lies_in(database: Database, at: datetime) -> None:
    canteen = screen(database, at, "Canteen", "Solna")
    note(
        database,
        WatchedSpan(screen_id=canteen, since=at - 40 * DAY),
        Outage(
            screen_id=canteen, site="", since=at - 3 * DAY, noticed_at=at,
            ended_at=at - 3 * DAY + 12 * HOUR,
        ),
        Outage(screen_id=canteen, site="", since=at - 6 * HOUR, noticed_at=at),
    )  # fmt: skip
    with database.read() as session:
        (line,) = uptimes(session, at=at)
    assert line.uptimes["day"] == Uptime(DAY, 6 * HOUR)
    assert line.uptimes["day"].share == 0.75
    assert line.uptimes["week"] == Uptime(7 * DAY, 18 * HOUR)
    assert line.uptimes["month"] == Uptime(30 * DAY, 18 * HOUR)


def test_it_counts_from_when_the_screen_came_and_not_what_nobody_watched(
    database: Database, at: datetime
) -> None:
    canteen = screen(database, at, "Canteen", "Solna")
    screen(database, at, "Never", "Solna")
    note(
        database,
        WatchedSpan(screen_id=canteen, since=at - 20 * HOUR, until=at - 16 * HOUR),
        WatchedSpan(screen_id=canteen, since=at - 10 * HOUR),
        BlindSpot(since=at - 5 * HOUR, until=at - 3 * HOUR),
        Outage(screen_id=canteen, site="", since=at - 4 * HOUR, noticed_at=at, back_at=at - HOUR),
    )
    with database.read() as session:
        came, never = uptimes(session, at=at)
    assert came.uptimes["month"] == Uptime(12 * HOUR, 2 * HOUR)
    assert never.uptimes["month"].share is None


def test_only_its_hours_count(database: Database, at: datetime) -> None:
    lobby = screen(
        database, at, "Lobby", "Solna", night_from="20:00", night_to="08:00", night_percent=0
    )
    note(
        database,
        WatchedSpan(screen_id=lobby, since=at - 40 * DAY),
        Outage(screen_id=lobby, site="", since=at - 13 * HOUR, noticed_at=at),
    )
    with database.read() as session:
        (line,) = uptimes(session, at=at)
    assert line.uptimes["day"].wanted == 12 * HOUR
    assert line.uptimes["day"].dark == timedelta(hours=1, minutes=42)  # since 08:00 there


def test_sites_are_added_up(database: Database, at: datetime) -> None:
    for n, site in enumerate(("Solna", "Solna", "Oslo")):
        made = screen(database, at, f"Screen {n}", site)
        note(database, WatchedSpan(screen_id=made, since=at - 40 * DAY))
    note(database, Outage(screen_id=1, site="", since=at - 12 * HOUR, noticed_at=at))
    with database.read() as session:
        sites = by_site(uptimes(session, at=at))
        assert [line.name for line in uptimes(session, at=at, site="Oslo")] == ["Screen 2"]
    assert [(line.name, line.screens) for line in sites] == [("Oslo", 1), ("Solna", 2)]
    assert [line.uptimes["day"].share for line in sites] == [1, pytest.approx(0.75)]
