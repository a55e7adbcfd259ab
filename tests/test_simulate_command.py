"""`signage simulate`: connections that behave as walls do."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import gevent
import pytest
from sqlalchemy import select

from signage import clock
from signage.actions import decide
from signage.actions.epochs import heads_of
from signage.actions.prefer import prefer
from signage.actions.screens import revoke_screen
from signage.actions.simulated import simulated_keys
from signage.models import Database, Preferences, Screen, User
from signage.simulate_command import is_ours
from signage.simulated.fleet import Fleet
from tests.answers import at_once, hung
from tests.patience import PATIENCE
from tests.screening import receipts
from tests.serving import Server, free_port
from tests.test_cli import Signage

MANY = 3


@pytest.fixture(scope="module")
def server(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("simulated")
    data.chmod(0o700)
    shutil.copy(empty_file, data / "signage.db")
    made = Server(data, free_port())
    at_once(made.database)
    made.start()
    yield made
    made.stop()
    made.database.engine.dispose()


@pytest.fixture(scope="module")
def lead(server: Server) -> int:
    with server.database.write() as session:
        user = User(
            email="lead@example.com", name="Lead", password_hash="-", language="en", role="admin",
            created_at=clock.now(),
        )  # fmt: skip
        session.add(user)
        session.flush()
        return user.id


@pytest.fixture
def keys(server: Server) -> dict[int, str]:
    return simulated_keys(server.database, server.secret_key, MANY, counted=True, at=clock.now())


@pytest.fixture
def fleet(server: Server, keys: dict[int, str]) -> Iterator[Fleet]:
    made = Fleet(server.url, keys, Random(3))  # noqa: S311 - when walls come back
    made.start()
    until(lambda: made.connected == MANY)
    yield made
    made.stop()


def until(is_so: Callable[[], object]) -> None:
    with gevent.Timeout(PATIENCE):
        while not is_so():
            gevent.sleep(0.02)


def all_show(fleet: Fleet, database: Database, feed: str = "quotes") -> None:
    """What there is by then: how the answers are shared out may be told meanwhile, too."""

    def is_so() -> bool:
        with database.read() as session:
            return fleet.latest[feed] == {heads_of(session)[feed]: MANY}

    until(is_so)


def test_they_are_told_all_and_confirm_what_leaves(
    fleet: Fleet, server: Server, keys: dict[int, str], lead: int
) -> None:
    quote = hung(server.database, "1", lead=lead, at=clock.now())
    all_show(fleet, server.database)

    decision = decide.withdraw(server.database, quote, reason="other", user_id=lead, at=clock.now())

    all_show(fleet, server.database)
    until(lambda: {(decision.cause, id_) for id_ in keys} <= receipts(server.database).keys())


def test_they_come_back_by_themselves_and_lack_nothing(
    fleet: Fleet, server: Server, lead: int
) -> None:
    server.kill()
    until(lambda: fleet.connected == 0)
    hung(server.database, "2", lead=lead, at=clock.now())
    server.start()

    until(lambda: fleet.connected == MANY)
    all_show(fleet, server.database)
    assert fleet.refused == 0


def test_one_whose_link_ends_is_cut_off_and_counted(
    fleet: Fleet, server: Server, keys: dict[int, str]
) -> None:
    prefer(server.database, Preferences(title="Another", grace_seconds=0), at=clock.now())
    revoke_screen(server.database, next(iter(keys)), at=clock.now())

    until(lambda: fleet.refused == 1)
    assert fleet.connected == MANY - 1


def test_it_says_how_it_goes_and_ends_cleanly(server: Server) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "signage", "simulate", "--screens", "2", "--seconds", "0.1"],
        env=server.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (told.returncode, told.stderr) == (0, "")
    assert "of 2 simulated screens are connected" in told.stdout
    with server.database.read() as session:
        assert not any(session.scalars(select(Screen.counted).where(Screen.simulated).limit(2)))


def test_they_are_removed(tmp_path: Path, database: Database) -> None:
    tmp_path.chmod(0o700)
    simulated_keys(database, "key", 2, counted=False, at=clock.now())

    told = Signage(tmp_path)("simulate", "--remove")

    assert (told.exit_code, told.output) == (0, "Simulated screens removed: 2.\n")


@pytest.mark.parametrize("many", ["0", "5001", "x"])
def test_their_number_is_bounded(tmp_path: Path, many: str) -> None:
    assert Signage(tmp_path)("simulate", "--screens", many).exit_code == 2


def test_other_peoples_servers_are_refused(tmp_path: Path, database: Database) -> None:
    tmp_path.chmod(0o700)

    told = Signage(tmp_path)("simulate", "--url", "https://wall.example.org")

    assert told.exit_code == 1
    assert "https://wall.example.org is neither this machine nor SIGNAGE_URL" in told.output
    with database.read() as session:
        assert session.scalars(select(Screen.id)).all() == []


@pytest.mark.parametrize(
    ("server", "ours"),
    [
        ("http://localhost:8080", True),
        ("http://127.0.0.2", True),
        ("http://[::1]:5000", True),
        ("https://wall.example.com", True),
        ("http://wall.example.com", False),
        ("https://wall.example.com:444", False),
        ("https://wall.example.com.example.org", False),
        ("https://localhost.example.org", False),
        ("http://10.0.0.1", False),
        ("ftp://localhost", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_ours_is_this_machine_or_the_configured_server(server: str, ours: bool) -> None:
    assert is_ours(server, "https://wall.example.com") is ours
