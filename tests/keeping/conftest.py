"""A data folder with a database in it, and what a backup of it is."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from signage.actions.uploads import keep_upload
from signage.keeping.backup import back_up
from signage.models import Database
from signage.settings import Settings, read_settings
from tests.answers import hung

KEY = "a key that only these tests know, and long enough"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder; `database` lies in it."""
    tmp_path.chmod(0o700)
    return tmp_path


@pytest.fixture
def settings(data: Path) -> Settings:
    """Settings of that folder, with a key made once and kept there."""
    (data / "secret-key").write_text(KEY)
    return read_settings({"SIGNAGE_DATA": str(data)})


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A new machine with nothing on it but a key of its own."""
    folder = tmp_path_factory.mktemp("elsewhere")
    folder.chmod(0o700)
    return read_settings({"SIGNAGE_DATA": str(folder)})


@pytest.fixture
def postgres(settings: Settings) -> Settings:
    """Settings that name PostgreSQL, where nothing listens."""
    return replace(settings, database_url="postgresql+psycopg://nobody@localhost:1/nothing")


def opened(settings: Settings) -> Database:
    """The database of a folder."""
    return Database(settings.database_url)


@pytest.fixture
def backup(
    database: Database,
    settings: Settings,
    lead: int,
    at: datetime,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A backup with one quote that hangs; its database was closed after it."""
    file = tmp_path_factory.mktemp("backups") / "wall.tar"
    hung(database, lead=lead, at=at)
    keep_upload(database, file_name="a.csv", size=1, user_id=lead, at=at)
    back_up(settings, file, force=False, at=at)
    database.engine.dispose()
    return file
