"""A database that was put back: every wall ends with what it holds, and nothing else."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import signage.keep_command  # noqa: F401 - adds its commands
from signage import clock
from signage.actions import decide, screens
from signage.actions.screens import ScreenDraft
from signage.actions.witness import NAME
from signage.cli import commands
from signage.core.feeds import FeedState, answered
from signage.models import Database, User
from tests.answers import at_once, hung, items
from tests.live.conftest import Wall
from tests.serving import Server, free_port

Held = dict[str, FeedState]


class Company:
    """A server of its own, a screen and a lead."""

    def __init__(self, server: Server) -> None:
        self.server = server
        at_once(server.database)
        with server.database.write() as session:
            user = User(
                email="lead@example.com", name="Lead", password_hash="-", language="en",
                role="admin", created_at=clock.now(),
            )  # fmt: skip
            session.add(user)
            session.flush()
            self.lead = user.id
        draft = ScreenDraft("Canteen")
        _, self.key = screens.add_screen(server.database, server.secret_key, draft, at=clock.now())

    def run(self, *said: str) -> Result:
        """A command beside the server."""
        return CliRunner(env=self.server.environment).invoke(commands, said)

    def hang(self, name: str) -> int:
        return hung(self.server.database, name, lead=self.lead, at=clock.now())

    def withdraw(self, quote: int) -> None:
        decide.withdraw(
            self.server.database, quote, reason="other", user_id=self.lead, at=clock.now()
        )

    def heard(self, had: Held) -> tuple[Held, dict[str, Any]]:
        """A wall that comes with what it has: what it has then, and what it was told."""
        wall = Wall(self.server.url).connect({"token": self.key, "protocol": 1})
        feeds = {name: {"epoch": feed.epoch, "rev": feed.rev} for name, feed in had.items()}
        told = wall.call("hello", {"feeds": feeds})["feeds"]
        wall.leave()
        after = answered(had, told)
        assert not after.gap
        return dict(after.feeds), told

    def let_go(self) -> None:
        """Stop the server, with nobody left on the database."""
        self.server.stop()
        self.server.database.engine.dispose()


@pytest.fixture
def company(empty_file: Path, tmp_path: Path) -> Iterator[Company]:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    shutil.copy(empty_file, data / "signage.db")
    server = Server(data, free_port())
    made = Company(server)
    server.start()
    yield made
    made.let_go()


def by_command(company: Company, backup: Path, _: Path) -> None:
    done = company.run("restore", str(backup))
    assert done.exit_code == 0, done.output


def by_hand(company: Company, _: Path, copy: Path) -> None:
    shutil.copy(copy, company.server.data / "signage.db")


def by_hand_and_unwitnessed(company: Company, backup: Path, copy: Path) -> None:
    by_hand(company, backup, copy)
    (company.server.data / NAME).unlink()


def by_hand_and_renewed(company: Company, backup: Path, copy: Path) -> None:
    by_hand_and_unwitnessed(company, backup, copy)
    assert company.run("doctor", "--renew-epochs").exit_code == 0


WAYS: dict[str, Callable[[Company, Path, Path], None]] = {
    "signage restore": by_command,
    "a copied file, and its witness": by_hand,
    "a copied file, and what the wall says": by_hand_and_unwitnessed,
    "a copied file, and doctor --renew-epochs": by_hand_and_renewed,
}


@pytest.mark.parametrize("put_back", WAYS.values(), ids=WAYS)
def test_a_wall_ends_equal_to_the_restored_database(
    company: Company, tmp_path: Path, put_back: Callable[[Company, Path, Path], None]
) -> None:
    first = company.hang("1")
    backup, copy = tmp_path / "wall.tar", tmp_path / "copy.db"
    assert company.run("backup", str(backup)).exit_code == 0
    company.server.database.empty_log()
    shutil.copy(company.server.data / "signage.db", copy)
    published = items(company.server.database)
    company.hang("2")
    company.withdraw(first)
    company.hang("3")
    known, _ = company.heard({})
    assert known["quotes"].items != published
    company.let_go()

    put_back(company, backup, copy)
    company.server.start()

    after, told = company.heard(known)
    assert after["quotes"].items == published == items(company.server.database)
    assert all(after[name].epoch != known[name].epoch for name in known)
    assert all("items" in feed for feed in told.values())
    # Revs that this wall had for other content come again: they are not taken for what it has.
    for n in range(4):
        company.hang(f"later-{n}")
    again, told = company.heard(after)
    assert "changes" in told["quotes"]
    assert again["quotes"].items == items(company.server.database)
    late, told = company.heard(known)
    assert "items" in told["quotes"]
    assert late["quotes"] == again["quotes"]  # scores are computed while this runs


def test_a_server_that_was_killed_goes_on_with_its_epochs(company: Company) -> None:
    company.hang("1")
    known, _ = company.heard({})
    company.server.kill()
    company.server.start()

    after, told = company.heard(known)

    assert {name: feed.epoch for name, feed in after.items()} == {
        name: feed.epoch for name, feed in known.items()
    }
    assert after["quotes"] == known["quotes"]
    assert told["quotes"]["changes"] == []
    assert not any("items" in feed for feed in told.values())


def test_no_restore_under_the_server(company: Company, tmp_path: Path) -> None:
    company.hang("1")
    backup = tmp_path / "wall.tar"
    company.run("backup", str(backup))
    company.hang("2")
    before = items(company.server.database)

    done = company.run("restore", str(backup))

    assert done.exit_code == 1
    assert "Stop it first" in done.output
    assert items(company.server.database) == before


def test_the_witness_is_left_when_the_server_ends(company: Company) -> None:
    company.hang("1")
    company.let_go()
    assert '"running": false' in (company.server.data / NAME).read_text("utf-8")
    assert company.run("doctor").exit_code == 0
    database = Database(f"sqlite:///{company.server.data / 'signage.db'}")
    assert items(database)
    database.engine.dispose()
