"""What a server says once it takes requests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from signage.models import Database
from signage.serve import announcing
from signage.settings import Settings
from signage.words import speaking

NEW = "Nobody has an account yet"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with speaking("en"):
        yield


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, "sqlite://", "k" * 32, "http://localhost:80", "127.0.0.1", 0)


def lost(*_: object, **__: object) -> None:
    raise OSError("the database is away")


def test_a_database_that_goes_away_meanwhile_does_not_end_who_serves(
    database: Database,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ready = announcing(settings, database)
    monkeypatch.setattr(Database, "read", lost)
    monkeypatch.setattr(Database, "write", lost)

    ready(8123)

    first, new, link = capsys.readouterr().out.splitlines()
    assert first == "Serving on 127.0.0.1:8123 – http://localhost:80"
    assert new.startswith(NEW)
    assert link.startswith("http://localhost:80/link/")


@pytest.mark.usefixtures("lead")
def test_where_somebody_has_an_account_no_link_is_made(
    database: Database, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    announcing(settings, database)(8123)

    assert NEW not in capsys.readouterr().out
