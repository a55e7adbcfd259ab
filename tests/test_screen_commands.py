"""`signage screen …` and `signage group …`: what they print, change and refuse."""

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from signage import clock
from signage.actions import agents, commands, groups, pairings, screens
from signage.actions.screens import ScreenDraft
from signage.cli import commands as all_commands
from signage.core.agents import Report
from signage.core.commands import LIMIT, Said
from signage.core.pairing import Looks
from signage.errors import Refused
from signage.models import AuditEntry, Command, Database, Device, Edition, Group, Screen
from tests.patience import eventually
from tests.test_cli import KEY, Signage


@pytest.fixture
def data(empty_file: Path, tmp_path: Path) -> Path:
    (tmp_path / "signage.db").write_bytes(empty_file.read_bytes())
    tmp_path.chmod(0o700)
    return tmp_path


@pytest.fixture
def kept(data: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{data / 'signage.db'}")
    yield opened
    opened.engine.dispose()


@pytest.fixture
def signage(data: Path) -> Signage:
    return Signage(data)


def added(kept: Database, name: str = "Canteen", **chosen: object) -> int:
    draft = ScreenDraft(name, **{"site": "Solna", **chosen})  # type: ignore[arg-type]
    return screens.add_screen(kept, KEY, draft, at=clock.now())[0]


def screen(kept: Database, number: int) -> Screen:
    with kept.read() as session:
        found = session.get(Screen, number)
        assert found is not None
        return found


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


def test_what_ends_something_asks_first(signage: Signage, kept: Database) -> None:
    number = added(kept)

    unsaid = signage("screen", "revoke", "Canteen")
    assert unsaid.exit_code == 1
    assert f"{number} (Canteen)" in unsaid.output
    assert screen(kept, number).revoked_at is None

    assert signage("screen", "revoke", "Canteen", "--yes").stdout == "Revoked.\n"
    assert screen(kept, number).revoked_at is not None
    with kept.read() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last is not None
    assert (last.act, last.about, last.user_id) == ("screen-link-revoked", f"screen {number}", None)


def test_a_new_link_ends_the_old_one(signage: Signage, kept: Database) -> None:
    number, old = screens.add_screen(kept, KEY, ScreenDraft("Canteen"), at=clock.now())

    new = signage("screen", "link", "Canteen", "--yes").stdout.strip().partition("#")[2]

    assert screens.screen_of(kept, KEY, new).id == number
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


def settled_as(kept: Database, said: str, detail: str = "") -> Thread:
    """A serving process in small: it tells the first command, and settles it."""

    def settle() -> None:
        def open_now() -> list[commands.Open]:
            with kept.read() as session:
                return commands.open_commands(session, at=clock.now())

        (one,) = eventually(open_now)
        commands.note_told(kept, [one.id], at=clock.now())
        outcome = Said(one.id, said, detail)
        commands.settle(kept, [(one.screen_id, outcome)], at=clock.now())

    serving = Thread(target=settle)
    serving.start()
    return serving


@pytest.mark.parametrize(
    ("outcome", "detail", "code", "words"),
    [
        ("done", "", 0, "done\n"),
        (
            "done", "quote q-7 1920 1080 ink", 0,
            "done: scene quote, item q-7, 1920 × 1080 pixels\n",
        ),
        ("failed", "unknown", 1, "failed: its player does not know this command\n"),
    ],
)  # fmt: skip
def test_the_outcome_of_a_command_is_waited_for(
    signage: Signage, kept: Database, outcome: str, detail: str, code: int, words: str
) -> None:
    number = added(kept)
    serving = settled_as(kept, outcome, detail)

    result = signage("screen", "command", "Canteen", "report")
    serving.join()

    assert result.exit_code == code
    assert (result.stdout if code == 0 else result.stderr).endswith(words)
    with kept.read() as session:
        row = session.scalars(select(Command)).one()
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (row.screen_id, row.what, row.user_id) == (number, "report", None)
    assert entry is not None
    assert (entry.act, entry.detail) == ("screen-commanded", "report")


def test_a_command_that_nobody_takes_waits(signage: Signage, kept: Database) -> None:
    added(kept)

    result = signage("screen", "command", "Canteen", "identify", "--wait", "0")

    assert (result.exit_code, result.stdout) == (3, "")
    assert "no server runs on these data" in result.stderr
    with kept.read() as session:
        assert [one.what for one in commands.open_commands(session, at=clock.now())] == ["identify"]


def test_a_command_whose_time_is_over_is_not_done(
    signage: Signage, kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(kept)
    monkeypatch.setattr("signage.actions.commands.limit_of", lambda _: LIMIT * 0)

    result = signage("screen", "command", "Canteen", "identify")

    assert result.exit_code == 1
    assert "not done in time" in result.stderr
    assert "Nobody took it" in result.stderr


def test_a_command_to_a_revoked_screen_is_refused(signage: Signage, kept: Database) -> None:
    screens.revoke_screen(kept, added(kept), at=clock.now())

    result = signage("screen", "command", "Canteen", "identify")

    assert (result.exit_code, result.stderr) == (1, "Its link has ended: nothing reaches it.\n")
    assert signage("screen", "command", "Canteen", "dance").exit_code == 2


def test_groups_come_change_and_go(signage: Signage, kept: Database) -> None:
    number = signage("group", "add", "Canteens").stdout.strip()
    one = added(kept, group_id=int(number))
    assert signage("group", "list").stdout == f"{number}\t1\tCanteens\n"
    assert json.loads(signage("group", "list", "--json").stdout) == [
        {"id": int(number), "name": "Canteens", "screens": 1}
    ]
    assert signage("group", "add", "canteens").stderr == "There is a group of that name already.\n"

    assert signage("group", "rename", "canteens", "Kitchens").exit_code == 0
    assert signage("group", "remove", "Kitchens").exit_code == 1, "nobody said yes"
    with kept.read() as session:
        assert session.scalars(select(Group.name)).all() == ["Kitchens"]

    assert signage("group", "remove", "Kitchens", "--yes").exit_code == 0
    assert signage("group", "list").stdout == ""
    assert screen(kept, one).group_id is None
    assert signage("group", "remove", "Kitchens", "--yes").stderr == "There is no group Kitchens.\n"


def test_a_device_gets_a_token_and_loses_it(signage: Signage, kept: Database) -> None:
    number = added(kept)

    line = signage("screen", "agent", "Canteen").stdout
    token = line.removeprefix('agent = "').removesuffix('"\n')
    assert agents.agent_of(kept, token).screen_id == number
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


@pytest.mark.parametrize("what", ["restart", "reboot"])
def test_a_screen_is_turned_black_only_after_a_yes(
    signage: Signage, kept: Database, what: str
) -> None:
    number = added(kept)
    token = agents.make_agent(kept, number, at=clock.now())
    word = agents.Word(Report(50))
    agents.hear(kept, agents.agent_of(kept, token), word, at=clock.now())

    unsaid = signage("screen", "command", "Canteen", what, "--wait", "0")

    assert (unsaid.exit_code, "The screen is black" in unsaid.output) == (1, True)
    with kept.read() as session:
        assert session.scalars(select(Command.what)).all() == []
    assert signage("screen", "command", "Canteen", what, "--wait", "0", "--yes").exit_code == 3
    with kept.read() as session:
        assert session.scalars(select(Command.what)).all() == [what]


def test_a_restart_needs_an_agent(signage: Signage, kept: Database) -> None:
    added(kept)

    result = signage("screen", "command", "Canteen", "restart", "--yes")

    assert result.exit_code == 1
    assert "Its device has no program that could do that." in result.stderr
