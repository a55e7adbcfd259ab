"""`signage screen list`, `show`, `set` and `rename`."""

import json

import pytest
from sqlalchemy import select

from signage import clock
from signage.actions import commands, groups
from signage.models import Database, Edition
from tests.commands.house import added, noted, screen
from tests.test_cli import Signage


def test_screens_are_listed_by_what_is_asked_for(signage: Signage, kept: Database) -> None:
    group = groups.add_group(kept, "Canteens", at=clock.now())
    added(kept, group_id=group, tags=("food", "ground floor"))
    added(kept, "Stairs", site="Malmö")

    assert signage("screen", "list").stdout == (
        "2\tnever\t-\tMalmö\tStairs\t-\t\n"
        "1\tnever\t-\tSolna\tCanteen\tCanteens\tfood, ground floor\n"
    )
    for asked in (
        ("--group", "canteens"), ("--group", str(group)), ("--tag", "food"), ("--site", "Solna"),
    ):  # fmt: skip
        assert signage("screen", "list", *asked).stdout.startswith("1\tnever"), asked
    assert signage("screen", "list", "--group", "").stdout.startswith("2\t")
    assert signage("screen", "list", "--state", "on").stdout == ""
    told = json.loads(signage("screen", "list", "--json").stdout)
    assert [(one["name"], one["group"], one["theme"]) for one in told] == [
        ("Stairs", None, "auto"), ("Canteen", "Canteens", "auto"),
    ]  # fmt: skip


def test_the_list_goes_on_beyond_a_page(
    signage: Signage, kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signage.screen_commands.listing.AT_ONCE", 2)
    for number in range(5):
        added(kept, f"Screen {number}")

    assert len(signage("screen", "list").stdout.splitlines()) == 5


def test_one_screen_is_shown(signage: Signage, kept: Database) -> None:
    number = added(kept, tags=("food",))
    commands.command(kept, number, "identify", user_id=None, at=clock.now())

    told = signage("screen", "show", "Canteen").stdout
    as_json = json.loads(signage("screen", "show", str(number), "--json").stdout)

    assert "name\tCanteen\n" in told
    assert "state\tnever\n" in told
    assert "what: identify" in told
    assert (as_json["paired"], as_json["tags"]) == (False, ["food"])
    assert as_json["commands"][0]["outcome"] is None
    assert "key" not in told, "nothing that lets in"


@pytest.mark.parametrize("command", ["show", "revoke", "link", "rename", "command"])
def test_a_screen_that_is_not_there_is_told(signage: Signage, command: str) -> None:
    more = {"rename": ("New",), "command": ("identify",)}.get(command, ())
    result = signage("screen", command, "99", *more)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "There is no screen 99.\n"


def test_a_name_that_two_have_asks_for_the_number(signage: Signage, kept: Database) -> None:
    first, second = added(kept), added(kept)

    result = signage("screen", "revoke", "Canteen", "--yes")

    assert result.exit_code == 1
    assert f"{first}, {second}" in result.stderr
    assert screen(kept, first).revoked_at is None


def test_what_is_named_is_set_and_the_rest_stays(signage: Signage, kept: Database) -> None:
    group = groups.add_group(kept, "Canteens", at=clock.now())
    number = added(kept, tags=("old",), group_id=group)

    said = (
        "--theme", "ink", "--distance", "9", "--diagonal", "75", "--tags", "food, ground floor",
        "--no-motion", "--turned", "90", "--night-from", "22:00", "--night-to", "06:00",
        "--night-percent", "0", "--locale", "sv", "--timezone", "Europe/Oslo", "--group", "",
    )  # fmt: skip
    assert signage("screen", "set", "Canteen", *said).stdout == "Saved.\n"

    one = screen(kept, number)
    assert (one.name, one.site, one.theme, one.distance_m, one.diagonal_inch) == (
        "Canteen", "Solna", "ink", 9, 75,
    )  # fmt: skip
    assert (one.motion, one.turned, one.night_percent, one.group_id) == (False, 90, 0, None)
    assert one.tags == ["food", "ground floor"]
    with kept.read() as session:
        assert session.scalars(select(Edition.id)).first(), "its wall is told"


def test_what_cannot_be_is_refused_and_nothing_changed(signage: Signage, kept: Database) -> None:
    number = added(kept)

    refused = signage("screen", "set", "Canteen", "--site", "Malmö", "--theme", "pink")
    unknown = signage("screen", "set", "Canteen", "--site", "Malmö", "--group", "Nobody")

    assert (refused.exit_code, unknown.exit_code) == (1, 1)
    assert refused.stderr == "Choose a theme from the list.\n"
    assert unknown.stderr == "There is no group Nobody.\n"
    assert screen(kept, number).site == "Solna"


def test_a_screen_gets_another_name(signage: Signage, kept: Database) -> None:
    number = added(kept)

    assert signage("screen", "rename", "Canteen", "The canteen").exit_code == 0

    assert screen(kept, number).name == "The canteen"
    assert noted(kept) == ("screen-changed", f"screen {number}", "command line")
