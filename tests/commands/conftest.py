"""The command line on a company's own data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from signage import clock
from signage.models import Database, User
from tests.test_cli import Signage


@pytest.fixture
def data(empty_file: Path, tmp_path: Path) -> Path:
    (tmp_path / "signage.db").write_bytes(empty_file.read_bytes())
    tmp_path.chmod(0o700)
    return tmp_path


@pytest.fixture
def kept(data: Path) -> Iterator[Database]:
    """The database that the commands work on."""
    opened = Database(f"sqlite:///{data / 'signage.db'}")
    yield opened
    opened.engine.dispose()


@pytest.fixture
def signage(data: Path) -> Signage:
    return Signage(data)


@pytest.fixture
def lead(kept: Database) -> int:
    """Somebody who decides at the desk."""
    with kept.write() as session:
        user = User(
            email="lead@example.com", name="Lead", password_hash="-", language="en", role="admin",
            created_at=clock.now(),
        )  # fmt: skip
        session.add(user)
        session.flush()
        return user.id
