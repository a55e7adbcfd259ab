"""`signage backup`, `signage restore` and `signage doctor` as they are typed."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from signage.actions import decide
from signage.actions.epochs import heads_of
from signage.actions.witness import kept, tells
from signage.keeping.lock import serving
from signage.models import Database
from signage.settings import read_settings
from tests.answers import hung, items
from tests.test_cli import Signage


@pytest.fixture
def data(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    return tmp_path


@pytest.fixture
def signage(data: Path) -> Signage:
    return Signage(data)


@pytest.fixture
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backups") / "wall.tar"


@pytest.fixture
def filled(database: Database, lead: int, at: datetime) -> Iterator[Database]:
    """The company's database: one quote hangs."""
    hung(database, lead=lead, at=at)
    yield database
    database.engine.dispose()


def test_there_and_back(
    signage: Signage, filled: Database, file: Path, lead: int, at: datetime
) -> None:
    hanging = items(filled)
    done = signage("backup", str(file))
    assert done.exit_code == 0, done.output
    assert "read every answer" in done.output

    hung(filled, "2", lead=lead, at=at)
    decide.withdraw(filled, 1, reason="other", user_id=lead, at=at)
    filled.engine.dispose()
    done = signage("restore", str(file))

    assert done.exit_code == 0, done.output
    assert "before-restore" in done.output
    assert "quotes 1." in done.output, "it was withdrawn after the backup"
    assert "https://wall.example.com/desk/wall" in done.output
    assert items(filled) == hanging


@pytest.mark.usefixtures("filled")
def test_a_file_that_is_there(signage: Signage, file: Path) -> None:
    file.write_text("precious")
    done = signage("backup", str(file))
    assert (done.exit_code, file.read_text()) == (1, "precious")
    assert "--force" in done.output
    assert signage("backup", str(file), "--force").exit_code == 0


@pytest.mark.usefixtures("filled")
def test_a_place_that_cannot_be_written(signage: Signage) -> None:
    done = signage("backup", "/proc/wall.tar")
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert done.output.strip()


def test_not_under_a_running_server(
    signage: Signage, filled: Database, file: Path, data: Path
) -> None:
    signage("backup", str(file))
    filled.engine.dispose()
    settings = read_settings({"SIGNAGE_DATA": str(data)})
    with serving(settings):
        done = signage("restore", str(file))
    assert done.exit_code == 1
    assert "Stop it first" in done.output


def test_what_is_no_backup(signage: Signage, file: Path) -> None:
    file.write_text("text")
    done = signage("restore", str(file))
    assert done.exit_code == 1
    assert "wall.tar is not a whole backup" in done.output
    assert signage("restore", str(file.with_name("none"))).exit_code == 1


def test_postgresql_is_explained(signage: Signage, file: Path) -> None:
    for command in ("backup", "restore"):
        file.touch()
        url = "postgresql+psycopg://nobody@localhost:1/nothing"
        done = signage(command, str(file), DATABASE_URL=url)
        assert done.exit_code == 1
        assert "pg_dump" in done.output
        assert "pg_restore" in done.output


@pytest.mark.usefixtures("filled")
def test_the_doctor_ends_with_1_when_something_is_wrong(signage: Signage, data: Path) -> None:
    done = signage("doctor", SIGNAGE_TRUSTED_PROXIES="1")
    assert done.exit_code == 0, done.output
    assert all(line.startswith("ok: ") for line in done.output.splitlines())
    data.chmod(0o755)
    done = signage("doctor", SIGNAGE_TRUSTED_PROXIES="1")
    assert done.exit_code == 1
    assert "WRONG: Data folder" in done.output


def test_epochs_are_renewed_when_asked(signage: Signage, filled: Database, data: Path) -> None:
    with filled.read() as session:
        before = heads_of(session)

    assert signage("doctor", "--renew-epochs").exit_code == 0

    with filled.read() as session:
        after = heads_of(session)
    assert all(after[name][0] != before[name][0] for name in before)
    assert tells(kept(data), filled) is None
