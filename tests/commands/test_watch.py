"""`signage watch …`: who is dark, since when, how much of their hours screens were on, and what
they have shown."""

import csv
import io
import json
from datetime import datetime, timedelta

import pytest

from signage import clock
from signage.actions.plays import keep_plays
from signage.core.plays import Batch
from signage.models import Database, LastLook, Outage, WatchedSpan
from tests.commands.house import added, noted
from tests.test_cli import Signage

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> datetime:
    """Time stands still."""
    monkeypatch.setattr(clock, "now", lambda: at)
    return at


@pytest.fixture
def dark(kept: Database, now: datetime) -> tuple[int, int]:
    """A screen that is dark for six hours, and one that was for one, two days ago."""
    canteen, stairs = added(kept), added(kept, "Stairs", site="Malmö")
    looked = {"screen_id": canteen, "site": "Solna", "since": now - 6 * HOUR, "noticed_at": now}
    with kept.write() as session:
        session.add_all([
            LastLook(id=1, looked_at=now),
            *(WatchedSpan(screen_id=each, since=now - 40 * DAY) for each in (canteen, stairs)),
            Outage(
                screen_id=stairs, site="Malmö", since=now - 2 * DAY, noticed_at=now - 2 * DAY,
                ended_at=now - 2 * DAY + HOUR, ended_by="back",
            ),
            Outage(**looked),
        ])  # fmt: skip
    return canteen, stairs


def test_who_is_dark_is_told(signage: Signage, dark: tuple[int, int]) -> None:
    told = signage("watch", "show").stdout.splitlines()

    assert told[0] == "looked at\t2026-04-14T07:42:00Z"
    assert told[1:6] == ["on\t0", "stale\t0", "dark\t1", "off\t0", "never\t1"]
    assert told[6:] == ["", f"{dark[0]}\t2026-04-14T01:42:00Z\tSolna\tCanteen"]
    as_json = json.loads(signage("watch", "show", "--json").stdout)
    assert (as_json["screens"]["dark"], as_json["dark"][0]["screen"]) == (1, dark[0])


def test_where_nobody_has_looked_yet_it_is_told(signage: Signage) -> None:
    assert signage("watch", "show").stdout.startswith("looked at\t-\non\t0\n")


def test_outages_are_told_by_what_is_asked_for(signage: Signage, dark: tuple[int, int]) -> None:
    canteen, stairs = dark
    last = f"2\t2026-04-14T01:42:00Z\t-\t{canteen}\tSolna\tCanteen\n"
    over = f"1\t2026-04-12T07:42:00Z\t2026-04-12T08:42:00Z\t{stairs}\tMalmö\tStairs\n"

    assert signage("watch", "outages").stdout == last + over
    for asked in (("--open",), ("--screen", "Canteen"), ("--site", "Solna"), ("--most", "1")):
        assert signage("watch", "outages", *asked).stdout == last, asked
    assert signage("watch", "outages", "--over").stdout == over
    as_json = json.loads(signage("watch", "outages", "--over", "--json").stdout)
    assert (as_json[0]["screen"], as_json[0]["ended_by"]) == (stairs, "back")
    unknown = signage("watch", "outages", "--screen", "99")
    assert (unknown.exit_code, unknown.stderr) == (1, "There is no screen 99.\n")


def test_outages_go_on_beyond_a_page(
    signage: Signage, dark: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signage.screen_commands.watching.AT_ONCE", 1)

    assert len(signage("watch", "outages").stdout.splitlines()) == len(dark)


def test_uptime_is_told_of_screens_and_of_sites(signage: Signage, dark: tuple[int, int]) -> None:
    canteen, stairs = dark
    assert signage("watch", "uptime").stdout == (
        f"{stairs}\t100.00%\t99.40%\t99.86%\tMalmö\tStairs\n"
        f"{canteen}\t75.00%\t96.43%\t99.17%\tSolna\tCanteen\n"
    )
    assert signage("watch", "uptime", "--sites", "--site", "Solna").stdout == (
        "1\t75.00%\t96.43%\t99.17%\tSolna\n"
    )
    (solna,) = json.loads(signage("watch", "uptime", "--site", "Solna", "--json").stdout)
    assert (solna["id"], solna["on"]["day"]) == (canteen, 0.75)


def test_what_was_shown_comes_as_csv_and_is_noted(
    signage: Signage, kept: Database, now: datetime
) -> None:
    canteen, stairs = added(kept, "=Canteen"), added(kept, "Stairs")
    hour = now.replace(minute=0)
    shown = Batch("q", 1, {(hour, "quote"): (4, 60)}, {(hour.date(), "q12"): (2, 30)})
    old = Batch("p", 1, {(hour - 20 * DAY, "nps"): (1, 20)}, {})
    keep_plays(kept, [(canteen, shown), (stairs, shown), (stairs, old)], at=now)

    rows = list(csv.DictReader(io.StringIO(signage("watch", "plays").stdout)))
    assert [(row["screen"], row["scene"], row["seconds"]) for row in rows] == [
        (str(canteen), "quote", "60"), (str(stairs), "quote", "60"),
    ]  # fmt: skip
    assert rows[0]["name"] == "'=Canteen", "no formula for a spreadsheet"
    assert noted(kept) == ("plays-exported", "", "by=scene, command line")

    said = ("--screen", "Stairs", "--from", "2026-03-01", "--to", "2026-04-01")
    assert [line.split(",")[4] for line in signage("watch", "plays", *said).stdout.split()[1:]] == [
        "nps"
    ]
    assert noted(kept)[2].startswith(f"by=scene screen={stairs} from=2026-03-01 to=2026-04-01")
    items = signage("watch", "plays", "--by", "item", "--name", "q12", "--site", "Solna")
    assert items.stdout.splitlines()[1] == f"{canteen},'=Canteen,Solna,2026-04-14,q12,2,30"
    assert signage("watch", "plays", "--from", "yesterday").exit_code == 2
