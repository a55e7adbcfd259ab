"""`signage move` as it is typed."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from signage.actions.epochs import heads_of
from signage.actions.witness import keep, seen_now
from signage.keeping.move import Moved
from signage.models import Database
from signage.sqlite_file import mark_of
from tests.answers import hung, items
from tests.services import fresh_postgres
from tests.test_cli import Signage

ELSEWHERE = "postgresql+psycopg://signage:secret@localhost:1/signage"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    return tmp_path


@pytest.fixture
def signage(data: Path) -> Signage:
    return Signage(data)


@pytest.fixture
def filled(database: Database, data: Path, lead: int, at: datetime) -> Database:
    """The company's database, closed: one quote hangs, and what came after it was lost."""
    hung(database, lead=lead, at=at)
    seen = seen_now(database, running=False)
    ahead = {name: (epoch, rev + 1) for name, (epoch, rev) in seen.feeds.items()}
    keep(replace(seen, feeds=ahead), data)
    database.engine.dispose()
    return database


def test_there_and_the_way_back(signage: Signage, filled: Database, data: Path) -> None:
    hanging = items(filled)
    filled.engine.dispose()
    with fresh_postgres(empty=True) as url:
        secret = data / "to"
        secret.write_text(url)
        done = signage("move", SIGNAGE_MOVE_TO_FILE=str(secret))
        assert done.exit_code == 0, done.output
        assert "rows were moved. Now set DATABASE_URL" in done.output
        assert "signage move --back" in done.output
        assert url not in done.output
        new = Database(url)
        assert items(new) == hanging
        assert "every wall takes everything anew" in done.output
        assert epochs(new).isdisjoint(epochs(filled)), "walls know more than was moved"
        for database in (new, filled):
            database.engine.dispose()

    refused = signage("user", "list")
    assert refused.exit_code == 1
    assert "name that database in DATABASE_URL" in refused.output

    assert signage("move", "--back").exit_code == 1, "nobody said yes"
    done = signage("move", "--back", "--yes")
    assert done.exit_code == 0, done.output
    assert "every wall takes everything anew" in done.output
    assert signage("user", "list").exit_code == 0


@pytest.mark.usefixtures("filled")
def test_what_cannot_be_is_said_in_words_and_without_a_bar(signage: Signage, data: Path) -> None:
    for environment, what in (
        ({}, "SIGNAGE_MOVE_TO must name"),
        ({"SIGNAGE_MOVE_TO": "mysql://db/signage"}, "SIGNAGE_MOVE_TO must look like"),
        ({"SIGNAGE_MOVE_TO": ELSEWHERE}, "does not answer"),
        ({"SIGNAGE_MOVE_TO": ELSEWHERE, "DATABASE_URL": ELSEWHERE}, "names no SQLite"),
    ):
        done = signage("move", **environment)
        assert done.exit_code == 1
        assert what in done.output
        assert "Traceback" not in done.output
        assert "secret" not in done.output
        assert len(done.output.splitlines()) == 1
    assert not mark_of(data / "signage.db").exists()
    assert "were not moved" in signage("move", "--back").output
    told = signage("move", "--back", DATABASE_URL=ELSEWHERE).output
    assert "as it was before the move" in told
    assert "Go back?" not in told


def test_what_else_must_be_known_is_told(
    signage: Signage, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Moved(data / "signage.db", rows=7, renewed=True, marked=False)
    monkeypatch.setattr("signage.move_command.move", lambda *_, **__: done)
    told = signage("move").output
    assert "every wall takes everything anew" in told
    assert "could not be marked" in told


def epochs(database: Database) -> set[str]:
    with database.read() as session:
        return {epoch for epoch, _ in heads_of(session).values()}
