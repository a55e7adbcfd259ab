"""The witness is kept up to date, and costs nothing where nothing moves."""

from datetime import datetime
from pathlib import Path

from signage.actions.epochs import heads_of
from signage.actions.witness import NAME, kept
from signage.live.witnessing import Witnessing
from signage.models import Database
from tests.answers import hung


def test_it_notes_how_far_the_feeds_have_come(
    database: Database, tmp_path: Path, lead: int, at: datetime
) -> None:
    witnessing = Witnessing(database, tmp_path)
    hung(database, lead=lead, at=at)

    witnessing.note()

    told = kept(tmp_path)
    assert told is not None
    with database.read() as session:
        assert told.feeds == heads_of(session)
    assert told.running


def test_nothing_is_written_where_nothing_moved(
    database: Database, tmp_path: Path, lead: int, at: datetime
) -> None:
    witnessing = Witnessing(database, tmp_path)
    witnessing.note()
    (tmp_path / NAME).unlink()
    witnessing.note()
    assert not (tmp_path / NAME).exists()

    hung(database, lead=lead, at=at)
    witnessing.note()
    assert (tmp_path / NAME).exists()


def test_its_end_is_noted(database: Database, tmp_path: Path) -> None:
    witnessing = Witnessing(database, tmp_path)
    witnessing.start()
    witnessing.start()
    witnessing.stop()
    witnessing.stop()
    told = kept(tmp_path)
    assert told is not None
    assert not told.running


def test_a_fault_is_for_the_next_time(database: Database, tmp_path: Path) -> None:
    witnessing = Witnessing(database, tmp_path / "gone")
    witnessing.note()
    (tmp_path / "gone").mkdir()
    witnessing.note()
    assert kept(tmp_path / "gone") is not None


def test_a_database_that_does_not_answer_is_no_end(tmp_path: Path) -> None:
    broken = Database(f"sqlite:///{tmp_path / 'nowhere' / 'signage.db'}")
    Witnessing(broken, tmp_path).note()
    broken.engine.dispose()
    assert kept(tmp_path) is None
