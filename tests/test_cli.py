"""`signage …`: what it prints, and how it ends."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from signage import __version__, clock
from signage.actions import accounts
from signage.actions.screens import screen_of
from signage.actions.tokens import token_id
from signage.cli import commands
from signage.models import AuditEntry, Database, User
from signage.words import speaking
from tests.answers import draft, take

KEY = "k" * 32


@pytest.fixture
def data(empty_file: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "signage.db").write_bytes(empty_file.read_bytes())
    return folder


@pytest.fixture
def kept(data: Path) -> Iterator[Database]:
    """The database that the commands work on."""
    opened = Database(f"sqlite:///{data / 'signage.db'}")
    yield opened
    opened.engine.dispose()


class Signage:
    """The command, in a company's own environment."""

    def __init__(self, data: Path) -> None:
        for name in (
            "signage.import_command", "signage.keep_command", "signage.move_command",
            "signage.screen_commands",
        ):  # fmt: skip
            import_module(name)
        self._environment = {
            "SIGNAGE_DATA": str(data), "SIGNAGE_SECRET_KEY": KEY, "LANG": "en_GB.UTF-8",
            "LC_ALL": "", "SIGNAGE_URL": "https://wall.example.com", "COLUMNS": "200",
        }  # fmt: skip

    def __call__(self, *said: str, **environment: str) -> Result:
        with speaking("en"):
            return CliRunner(env={**self._environment, **environment}).invoke(commands, said)

    def answered(self, answer: str, *said: str) -> Result:
        """The same with somebody there who answers."""
        with speaking("en"):
            runner = CliRunner(env=self._environment)
            return runner.invoke(commands, said, input=f"{answer}\n")


@pytest.fixture
def signage(data: Path) -> Signage:
    return Signage(data)


def test_it_tells_its_version_and_its_commands(signage: Signage) -> None:
    assert signage("--version").output == f"signage, version {__version__}\n"
    for command in ("import", "user", "token", "screen", "erase"):
        assert command in signage("--help").output


def test_an_invitation_is_printed_as_a_link(signage: Signage, kept: Database) -> None:
    result = signage("user", "invite")

    found = re.fullmatch(r"https://wall\.example\.com/link/(\S+)\n", result.stdout)
    assert found
    assert result.exit_code == 0
    assert accounts.purpose_of(kept, found[1], at=clock.now()) == "invite"


def test_a_link_for_a_person_who_forgot(signage: Signage, kept: Database) -> None:
    with kept.write() as session:
        session.add(
            User(
                email="ida@example.com", name="Ida", password_hash="-", language="en",
                created_at=clock.now(),
            )
        )  # fmt: skip

    token = signage("user", "link", "Ida@example.com").stdout.strip().rpartition("/")[2]
    assert accounts.purpose_of(kept, token, at=clock.now()) == "sign-in"

    unknown = signage("user", "link", "who@example.com")
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert unknown.stderr == "Nobody has an account with this address.\n"


def test_people_are_listed_and_get_another_role(signage: Signage, kept: Database) -> None:
    with kept.write() as session:
        session.add_all(
            User(
                email=f"{name.lower()}@example.com", name=name, password_hash="-", language="en",
                role=role, created_at=clock.now(),
            )
            for name, role in (("Ida", "admin"), ("Bo", "lead"))
        )  # fmt: skip

    assert signage("user", "list").stdout == (
        "bo@example.com\tlead\t-\tBo\nida@example.com\tadmin\t-\tIda\n"
    )
    assert signage("user", "role", "Bo@example.com", "viewer").exit_code == 0
    assert "bo@example.com\tviewer" in signage("user", "list").stdout
    with kept.read() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.act, entry.user_id, entry.detail) == ("role-changed", None, "lead > viewer")


def test_a_role_is_refused_that_leaves_no_admin_or_is_none(
    signage: Signage, kept: Database
) -> None:
    with kept.write() as session:
        session.add(
            User(
                email="ida@example.com", name="Ida", password_hash="-", language="en",
                role="admin", created_at=clock.now(),
            )
        )  # fmt: skip

    last = signage("user", "role", "ida@example.com", "viewer")
    assert last.exit_code == 1
    assert "Traceback" not in last.output
    assert signage("user", "role", "ida@example.com", "king").exit_code == 2
    unknown = signage("user", "role", "who@example.com", "lead")
    assert (unknown.exit_code, unknown.stderr) == (1, "Nobody has an account with this address.\n")
    assert "ida@example.com\tadmin" in signage("user", "list").stdout


def test_a_token_is_printed_once(signage: Signage, kept: Database) -> None:
    result = signage("token", "add", "Survey tool")

    assert result.exit_code == 0
    assert token_id(kept, result.stdout.strip(), at=clock.now()) == 1


def test_a_token_without_a_name_is_told(signage: Signage) -> None:
    result = signage("token", "add", " ")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "Give the token a name" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_database_that_does_not_answer_is_told(signage: Signage) -> None:
    result = signage("user", "invite", DATABASE_URL="postgresql://who@127.0.0.1:1/nothing")

    assert (result.exit_code, result.stderr) == (1, "The database does not answer\n")


def test_a_screen_is_added_and_its_link_printed(signage: Signage, kept: Database) -> None:
    result = signage("screen", "add", "Canteen", "--site", "Solna", "--locale", "sv")

    found = re.fullmatch(r"https://wall\.example\.com/wall#(\S+)\n", result.stdout)
    assert found
    screen = screen_of(kept, KEY, found[1])
    assert (screen.name, screen.site, screen.locale) == ("Canteen", "Solna", "sv")


def test_a_bad_option_of_a_screen_is_told(signage: Signage) -> None:
    result = signage("screen", "add", "Canteen", "--timezone", "Solna", "--theme", "pink")

    assert result.exit_code == 1
    assert "Choose a time zone such as Europe/Oslo." in result.stderr
    assert "Choose a theme from the list." in result.stderr


def test_an_answer_is_erased_once(signage: Signage, kept: Database) -> None:
    take(kept, draft("7", at=clock.now(), score=9), at=clock.now())

    assert signage("erase", "shop", "7").stdout == "Erased.\n"

    again = signage("erase", "shop", "7")
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr == "There is no response with this source and id.\n"


@pytest.mark.parametrize(
    "said", [("user", "link"), ("token", "add"), ("screen", "add"), ("erase", "x"), ("nothing",)]
)
def test_a_command_that_is_not_whole_is_told_how_it_goes(
    signage: Signage, said: tuple[str, ...]
) -> None:
    result = signage(*said)

    assert result.exit_code == 2
    assert "Usage:" in result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("SIGNAGE_PORT", "x"), ("SIGNAGE_SECRET_KEY", "short"), ("DATABASE_URL", "nonsense")],
)
def test_a_bad_setting_is_told_in_one_line(signage: Signage, name: str, value: str) -> None:
    result = signage("user", "invite", **{name: value})

    assert (result.exit_code, result.stdout) == (1, "")
    assert name in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_file_that_this_user_may_not_open_is_told(
    signage: Signage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: object) -> None:
        raise PermissionError(13, "Permission denied", "/srv/signage.db")

    monkeypatch.setattr("signage.cli.refuse_moved", refused)

    result = signage("user", "list")

    assert result.exit_code == 1
    assert result.stderr.startswith("/srv/signage.db: this user may not read or write that.")
    assert result.stderr.count("\n") == 1


def test_an_empty_folder_becomes_a_product(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"

    result = Signage(fresh)("token", "add", "Survey tool")

    assert result.exit_code == 0
    assert (fresh / "signage.db").is_file()
