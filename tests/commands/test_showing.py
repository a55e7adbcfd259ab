"""`signage screen shows`: what hangs on a screen now, and at a moment."""

import json
from datetime import UTC, datetime

import pytest

from signage import clock
from signage.actions import groups, screens
from signage.models import Database
from tests.answers import COMMENT, hung
from tests.commands.house import added
from tests.planning import drafted, planned_lunch, publish
from tests.test_cli import Signage


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """A Tuesday at noon in Stockholm, and time stands still."""
    noon = datetime(2026, 4, 14, 10, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: noon)
    return noon


def test_it_goes_by_the_slots_and_the_screens_own_clock(signage: Signage, kept: Database) -> None:
    group = groups.add_group(kept, "Canteens", at=clock.now())
    number = added(kept, group_id=group)
    east = added(kept, "East", group_id=group, timezone="Europe/Helsinki")
    id_ = planned_lunch(kept, at=clock.now(), group=str(group))
    name = drafted(kept).playlists[id_].name
    product = "The playlist that comes with it"

    assert f"name\t{product}\n" in signage("screen", "shows", "Canteen").stdout
    assert f"name\t{name}\n" in signage("screen", "shows", "Canteen", "--draft").stdout
    publish(kept, at=clock.now())
    told = signage("screen", "shows", "Canteen").stdout
    assert f"name\t{name}\n" in told
    assert "slot\tMon–Fri 11:00–13:30\n" in told

    for typed, shown in (
        ("2026-04-18 12:00", product), ("2026-04-15 13:29", name), ("2026-04-15 13:30", product),
        ("2026-04-15T11:29Z", name),
    ):  # fmt: skip
        said = ("screen", "shows", str(number), "--at", typed)
        assert f"name\t{shown}\n" in signage(*said).stdout, typed
    as_json = json.loads(signage("screen", "shows", "East", "--json").stdout)
    assert (as_json["screen"], as_json["local"]) == (east, "2026-04-14T13:00:00+03:00")
    assert (as_json["playlist"], as_json["of"], as_json["off"]) == (int(id_), "live", False)


def test_the_very_scene_is_told_with_its_item_and_its_end(
    signage: Signage, kept: Database, lead: int
) -> None:
    added(kept)
    assert "scene\tempty\n" in signage("screen", "shows", "Canteen").stdout
    number = hung(kept, lead=lead, at=clock.now())

    told = json.loads(signage("screen", "shows", "Canteen", "--json").stdout)

    assert (told["scene"], told["item"]) == ("quote", f"q{number}")
    assert datetime.fromisoformat(told["until"]) > clock.now()
    assert COMMENT not in str(told)


def test_what_takes_it_over_is_told_and_that_it_is_off(signage: Signage, kept: Database) -> None:
    added(kept, night_from="22:00", night_to="06:00", night_percent=0)
    added(kept, "Stairs")
    assert signage("takeover", "hang", "Soup", "--screen", "Canteen", "--yes").exit_code == 0

    assert "takeovers\tSoup\n" in signage("screen", "shows", "Canteen").stdout
    assert "takeovers\t-\n" in signage("screen", "shows", "Stairs").stdout
    later = signage("screen", "shows", "Canteen", "--at", "2026-04-14 23:00").stdout
    assert "takeovers\t-\n" in later
    assert "off\tyes\n" in later


@pytest.mark.parametrize("typed", ["soon", "2026-02-30 10:00", "2046-01-01 10:00", "0001-01-01"])
def test_a_moment_that_cannot_be_is_told(signage: Signage, kept: Database, typed: str) -> None:
    number = added(kept)

    result = signage("screen", "shows", "Canteen", "--at", typed)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Write the time as 2026-02-06 15:00")
    screens.revoke_screen(kept, number, at=clock.now())
    revoked = signage("screen", "shows", "Canteen")
    assert (revoked.exit_code, revoked.stderr) == (1, "Its link has ended: nothing reaches it.\n")
