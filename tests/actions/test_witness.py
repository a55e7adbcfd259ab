"""The witness beside the database: it tells when the database was put back."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from signage.actions.epochs import heads_of, renew_epochs
from signage.actions.witness import NAME, Witness, hear, keep, kept, seen_now, tells
from signage.models import Database, Feed, FeedChange
from tests.answers import hung


def heads(database: Database) -> dict[str, tuple[str, int]]:
    with database.read() as session:
        return heads_of(session)


def set_back(database: Database) -> None:
    """As a restored database is: the same epochs, earlier revs."""
    with database.write() as session:
        session.execute(delete(FeedChange))
        session.execute(update(Feed).values(rev=0))


def test_what_is_kept_is_what_was_seen(database: Database, tmp_path: Path) -> None:
    witness = seen_now(database, running=True)
    keep(witness, tmp_path)
    assert kept(tmp_path) == witness
    assert [path.name for path in tmp_path.glob(f"*{NAME}*")] == [NAME]


def test_a_database_that_went_on_is_left_alone(
    database: Database, tmp_path: Path, lead: int, at: datetime
) -> None:
    assert hear(database, tmp_path, at=at) is None
    hung(database, lead=lead, at=at)
    before = heads(database)

    assert hear(database, tmp_path, at=at) is None

    assert heads(database) == before
    told = kept(tmp_path)
    assert told is not None
    assert told.feeds == before
    assert told.running


def test_a_database_behind_its_witness_was_put_back(
    database: Database, tmp_path: Path, lead: int, at: datetime
) -> None:
    hung(database, lead=lead, at=at)
    hear(database, tmp_path, at=at)
    set_back(database)
    before = heads(database)

    assert hear(database, tmp_path, at=at) == "restored"

    assert all(heads(database)[name][0] != before[name][0] for name in before)
    assert hear(database, tmp_path, at=at) is None, "once is enough"


def test_other_epochs_than_the_witness_saw_are_another_database(
    database: Database, tmp_path: Path, at: datetime
) -> None:
    """So a screen that knows an epoch from before two restores is not misled either."""
    hear(database, tmp_path, at=at)
    renew_epochs(database, at=at, why="asked")
    assert hear(database, tmp_path, at=at) == "restored"


def test_a_power_cut_may_have_cost_the_last_commits_of_sqlite_alone(
    database: Database, tmp_path: Path, at: datetime
) -> None:
    seen = seen_now(database, running=True)
    keep(replace(seen, boot="another run of the machine"), tmp_path)
    assert hear(database, tmp_path, at=at) == ("power-cut" if database.is_sqlite else None)


@pytest.mark.parametrize(
    "other",
    [{"boot": "another", "running": False}, {"boot": "", "running": True}, {}],
    ids=["stopped before", "not told", "the same run: killed"],
)
def test_what_is_no_power_cut(database: Database, other: dict[str, object]) -> None:
    witness = seen_now(database, running=True)
    assert tells(replace(witness, **other), database) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"feeds": 5}', '{"feeds": {"quotes": {"epoch": "e"}}}']
)
def test_a_witness_that_cannot_be_read_tells_nothing(
    database: Database, tmp_path: Path, at: datetime, text: str
) -> None:
    (tmp_path / NAME).write_text(text)
    assert kept(tmp_path) is None
    assert hear(database, tmp_path, at=at) is None
    assert isinstance(kept(tmp_path), Witness)


def test_a_full_disk_keeps_no_server_from_starting(database: Database, at: datetime) -> None:
    assert hear(database, Path("/dev/full/nowhere"), at=at) is None
