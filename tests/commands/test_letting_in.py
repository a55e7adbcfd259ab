"""`signage screen pair`, `link`, `agent` and `revoke`: what lets a screen in."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from signage import clock
from signage.actions import agents, groups, pairings, screens
from signage.actions.screens import ScreenDraft
from signage.cli import commands as all_commands
from signage.core.pairing import Looks
from signage.errors import Refused
from signage.models import Database, Device, Screen
from tests.commands.house import added, noted, screen
from tests.test_cli import KEY, Signage


def test_what_ends_something_asks_first(signage: Signage, kept: Database) -> None:
    number = added(kept)

    unsaid = signage("screen", "revoke", "Canteen")
    assert unsaid.exit_code == 1
    assert f"{number} (Canteen)" in unsaid.output
    assert screen(kept, number).revoked_at is None

    assert signage("screen", "revoke", "Canteen", "--yes").stdout == "Revoked.\n"
    assert screen(kept, number).revoked_at is not None
    assert noted(kept) == ("screen-link-revoked", f"screen {number}", "command line")


def test_a_new_link_ends_the_old_one(signage: Signage, kept: Database) -> None:
    number, old = screens.add_screen(kept, KEY, ScreenDraft("Canteen"), at=clock.now())

    new = signage("screen", "link", "Canteen", "--yes").stdout.strip().partition("#")[2]

    assert screens.screen_of(kept, KEY, new).id == number
    assert noted(kept) == ("screen-link-made", f"screen {number}", "command line")
    with pytest.raises(Refused):
        screens.screen_of(kept, KEY, old)


def begun(kept: Database) -> pairings.Begun:
    looks = Looks(1920, 1080, browser="Chromium 150", system="Linux", network="192.0.2.x")
    return pairings.begin(kept, looks, at=clock.now())


def test_a_player_that_shows_a_code_becomes_a_screen(
    signage: Signage, kept: Database, data: Path
) -> None:
    group = groups.add_group(kept, "Canteens", at=clock.now())
    player = begun(kept)

    asked = signage("screen", "pair", player.code.lower(), "--name", "Canteen")
    assert asked.exit_code == 1, "nobody said yes"
    assert "1920 × 1080 · Chromium 150 · Linux · 192.0.2.x" in asked.output
    assert pairings.claim(kept, KEY, player.secret, at=clock.now()) is None

    environment = {"SIGNAGE_DATA": str(data), "SIGNAGE_SECRET_KEY": KEY, "LANG": "en"}
    said = ("screen", "pair", player.code, "--name", "Canteen", "--site", "Solna", "--group")
    done = CliRunner(env=environment).invoke(
        all_commands, [*said, "Canteens", "--tags", "food"], input="y\n"
    )

    assert done.exit_code == 0, done.output
    token = pairings.claim(kept, KEY, player.secret, at=clock.now())
    one = screens.screen_of(kept, KEY, token)
    assert (one.name, one.site, one.group_id, one.tags) == ("Canteen", "Solna", group, ["food"])
    assert f"Paired as screen {one.id}." in done.output
    again = signage("screen", "pair", player.code, "--name", "Two", "--yes")
    assert "No screen shows this code now" in again.stderr


def test_a_player_becomes_a_screen_that_is_there(signage: Signage, kept: Database) -> None:
    number, player = added(kept), begun(kept)

    agents.make_agent(kept, number, at=clock.now())
    again = ("screen", "pair", player.code, "--again", "Canteen")
    unsaid = signage(*again)
    assert "The device that this screen has now is cut off." in unsaid.output
    both = signage(*again, "--site", "Kiruna", "--tags", "food", "--yes")
    assert (both.exit_code, "leave out --site, --tags." in both.stderr) == (1, True)

    done = signage(*again, "--yes")

    assert (done.exit_code, "needs a new line for kiosk.toml" in done.stdout) == (0, True)
    with kept.read() as session:
        assert session.get(Device, number) is not None
        assert len(session.scalars(select(Screen.id)).all()) == 1


@pytest.mark.parametrize("code", ["BCDFGHJK", "AEIOUAEI", "", "x" * 500])
def test_a_code_that_nobody_shows_is_told(signage: Signage, kept: Database, code: str) -> None:
    begun(kept)

    result = signage("screen", "pair", code, "--name", "Canteen", "--yes")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "No screen shows this code now" in result.stderr


def test_pairing_without_a_name_is_refused(signage: Signage, kept: Database) -> None:
    player = begun(kept)

    result = signage("screen", "pair", player.code, "--yes")

    assert result.stderr == "Give the screen a name.\n"
    assert pairings.claim(kept, KEY, player.secret, at=clock.now()) is None


def test_a_device_gets_a_token_and_loses_it(signage: Signage, kept: Database) -> None:
    number = added(kept)

    line = signage("screen", "agent", "Canteen").stdout
    token = line.removeprefix('agent = "').removesuffix('"\n')
    assert agents.agent_of(kept, token).screen_id == number
    assert noted(kept) == ("agent-made", f"screen {number}", "command line")
    assert token not in signage("screen", "show", "Canteen").stdout
    unsaid = signage("screen", "agent", "Canteen", "--end")
    assert (unsaid.exit_code, "in use ends" in unsaid.output) == (1, True)
    assert agents.agent_of(kept, token)

    assert signage("screen", "agent", "Canteen", "--end", "--yes").exit_code == 0
    with pytest.raises(Refused):
        agents.agent_of(kept, token)
    none = signage("screen", "agent", "Canteen", "--end", "--yes")
    assert (none.exit_code, none.stdout) == (1, "")
    assert none.stderr == "It has no token: there is nothing to end.\n"
