import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from signage.actions import uploads
from signage.actions.held import holding
from signage.actions.uploads import Wishes, file_of
from signage.errors import Conflict, Invalid, NotFound
from signage.models import Database, SurveyResponse, Upload
from tests.answers import everything

ROWS = [f"{n},{n % 11},Comment {n}." for n in range(1, 21)]
GOOD = "\n".join(["id,score,comment", *ROWS]) + "\n"
MIXED = GOOD + "21,11,Too much.\n22,x,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "uploads"
    made.mkdir()
    return made


def sent(database: Database, folder: Path, at: datetime, content: str = GOOD) -> int:
    upload = uploads.keep_upload(database, file_name="shop.csv", size=0, user_id=None, at=at)
    path = file_of(folder, upload)
    path.write_text(content, "utf-8")
    uploads.note_size(database, upload, path.stat().st_size)
    return upload


def answers(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(SurveyResponse)) or 0


def test_a_file_is_imported_reported_on_and_deleted(
    database: Database, folder: Path, at: datetime
) -> None:
    upload = sent(database, folder, at)

    uploads.begin_import(database, upload)
    uploads.run_import(database, upload, folder, at=at)

    found = uploads.find_upload(database, upload)
    assert (found.state, found.ended_at) == ("done", at)
    assert found.bytes_done == found.bytes_total == len(GOOD)
    assert (found.counts["created"], found.counts["refused"]) == (20, 0)
    assert answers(database) == 20
    assert not file_of(folder, upload).exists()
    with database.read() as session:
        assert set(session.scalars(select(SurveyResponse.source))) == {"shop"}


def test_rows_that_cannot_be_taken_are_named_by_line(
    database: Database, folder: Path, at: datetime
) -> None:
    upload = sent(database, folder, at, MIXED)

    uploads.begin_import(database, upload)
    uploads.run_import(database, upload, folder, at=at)

    found = uploads.find_upload(database, upload)
    assert (found.state, found.counts["created"], found.counts["refused"]) == ("done", 20, 2)
    assert [row["line"] for row in found.refused] == [22, 23]
    assert all(row["reasons"] for row in found.refused)


def test_strict_takes_nothing_in_when_any_row_is_refused(
    database: Database, folder: Path, at: datetime
) -> None:
    upload = sent(database, folder, at, MIXED)
    uploads.wish(database, upload, Wishes({}, {}, strict=True))

    uploads.begin_import(database, upload)
    uploads.run_import(database, upload, folder, at=at)

    found = uploads.find_upload(database, upload)
    assert (found.state, found.counts["refused"], found.counts["created"]) == ("refused", 2, 0)
    assert [row["line"] for row in found.refused] == [22, 23]
    assert answers(database) == 0


def test_strict_takes_a_good_file_in(database: Database, folder: Path, at: datetime) -> None:
    upload = sent(database, folder, at)
    uploads.wish(database, upload, Wishes({}, {}, strict=True))

    uploads.begin_import(database, upload)
    uploads.run_import(database, upload, folder, at=at)

    assert uploads.find_upload(database, upload).state == "done"
    assert answers(database) == 20


def test_what_a_person_wished_is_what_is_read(
    database: Database, folder: Path, at: datetime
) -> None:
    upload = sent(database, folder, at, "a,b\n9,7\n")
    uploads.wish(database, upload, Wishes({"a": "", "b": "score"}, {"source": "mine"}))

    uploads.begin_import(database, upload)
    uploads.run_import(database, upload, folder, at=at)

    with database.read() as session:
        found = session.scalars(select(SurveyResponse)).one()
    assert (found.score, found.source) == (7, "mine")


def test_an_import_begins_once(database: Database, folder: Path, at: datetime) -> None:
    upload = sent(database, folder, at)
    uploads.begin_import(database, upload)
    before = everything(database)

    with pytest.raises(Conflict):
        uploads.begin_import(database, upload)
    with pytest.raises(Conflict):
        uploads.begin_import(database, 99)
    uploads.wish(database, upload, Wishes({}, {"source": "late"}))

    assert everything(database) == before


def test_a_file_that_is_no_table_fails_and_says_so(
    database: Database, folder: Path, at: datetime
) -> None:
    upload = sent(database, folder, at, "%PDF-1.7\n%âãÏÓ\n")
    uploads.begin_import(database, upload)

    with pytest.raises(Invalid):
        uploads.run_import(database, upload, folder, at=at)

    found = uploads.find_upload(database, upload)
    assert (found.state, found.ended_at) == ("failed", at)
    assert not file_of(folder, upload).exists()


def test_an_import_that_died_with_the_server_is_called_failed(
    database: Database, folder: Path, at: datetime
) -> None:
    running, waiting = sent(database, folder, at), sent(database, folder, at)
    uploads.begin_import(database, running)

    uploads.fail_running(database, folder, at=at)
    uploads.fail_running(database, folder, at=at + timedelta(hours=1))

    assert uploads.find_upload(database, running).state == "failed"
    assert uploads.find_upload(database, running).ended_at == at
    assert uploads.find_upload(database, waiting).state == "previewed"
    assert not file_of(folder, running).exists()
    assert file_of(folder, waiting).exists()


def test_an_import_that_another_servers_child_works_on_goes_on(
    database: Database, folder: Path, at: datetime
) -> None:
    """As when a second server starts, and also when the first one has ended meanwhile."""
    upload = sent(database, folder, at)
    with holding(file_of(folder, upload)) as inherited:
        uploads.begin_import(database, upload)
        child = subprocess.Popen(["cat"], stdin=subprocess.PIPE, pass_fds=inherited)

    uploads.fail_running(database, folder, at=at)
    assert uploads.find_upload(database, upload).state == "running"
    assert file_of(folder, upload).exists()

    child.communicate()
    uploads.fail_running(database, folder, at=at)
    assert uploads.find_upload(database, upload).state == "failed"
    assert not file_of(folder, upload).exists()


def test_only_the_import_whose_process_ended_is_called_failed(
    database: Database, folder: Path, at: datetime
) -> None:
    dead, alive, done = (sent(database, folder, at) for _ in range(3))
    for upload in (dead, alive, done):
        uploads.begin_import(database, upload)
    uploads.run_import(database, done, folder, at=at)

    for upload in (dead, done):
        uploads.fail_running(database, folder, at=at, upload_id=upload)

    states = [uploads.find_upload(database, each).state for each in (dead, alive, done)]
    assert states == ["failed", "running", "done"]
    assert [path.name for path in folder.iterdir()] == [f"{alive}.csv"]


def test_a_file_that_an_import_left_behind_is_deleted(
    database: Database, folder: Path, at: datetime
) -> None:
    done, running, waiting = (sent(database, folder, at) for _ in range(3))
    for upload in (done, running):
        uploads.begin_import(database, upload)
    uploads.run_import(database, done, folder, at=at)
    file_of(folder, done).write_text(GOOD, "utf-8")

    uploads.forget_uploads(database, folder, at=at)

    assert {path.name for path in folder.iterdir()} == {f"{running}.csv", f"{waiting}.csv"}


def test_strict_takes_nothing_in_when_a_correction_would_be_refused(
    database: Database, folder: Path, at: datetime
) -> None:
    uploads_of = ("id,score,metric\n1,4,csat\n", "id,score\n2,9\n1,9\n")
    for content in uploads_of:
        upload = sent(database, folder, at, content)
        uploads.wish(database, upload, Wishes({}, {}, strict=True))
        uploads.begin_import(database, upload)
        uploads.run_import(database, upload, folder, at=at)

    found = uploads.find_upload(database, upload)
    assert (found.state, [row["line"] for row in found.refused]) == ("refused", [3])
    assert answers(database) == 1


def test_a_file_that_nobody_imports_within_a_day_is_deleted(
    database: Database, folder: Path, at: datetime
) -> None:
    old, new = sent(database, folder, at), sent(database, folder, at + timedelta(hours=2))
    late = at + timedelta(hours=25)

    uploads.forget_uploads(database, folder, at=late)
    uploads.forget_uploads(database, folder, at=late)

    assert uploads.find_upload(database, old).state == "forgotten"
    assert not file_of(folder, old).exists()
    assert uploads.find_upload(database, new).state == "previewed"
    assert file_of(folder, new).exists()
    with pytest.raises(Conflict):
        uploads.begin_import(database, old)


def test_an_upload_that_is_not_there_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        uploads.find_upload(database, 99)


@pytest.mark.parametrize("name", ["", "  ", "<b></b>", "../../etc/passwd", "a" * 300])
def test_a_name_never_names_a_file_on_the_server(
    database: Database, folder: Path, at: datetime, name: str
) -> None:
    upload = uploads.keep_upload(database, file_name=name, size=1, user_id=None, at=at)

    assert file_of(folder, upload) == folder / f"{upload}.csv"
    with database.read() as session:
        kept = session.get_one(Upload, upload).file_name
    assert 0 < len(kept) <= 200
