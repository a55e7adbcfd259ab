"""A file from the desk: looked at, mapped, imported by a process of its own, reported on."""

import io
from datetime import datetime
from pathlib import Path

import gevent
import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from signage.actions import uploads
from signage.models import Database, SurveyResponse
from signage.settings import Settings
from tests.web.conftest import Browser

ROWS = [f"{n};{n % 11};Kommentar {n} på åäö.;Butik" for n in range(1, 21)]
TABLE = "\n".join(["Svars-ID;Betyg;Kommentar;Plats", *ROWS]) + "\n"


def send(desk: Browser, content: bytes | str, name: str = "shop.csv") -> TestResponse:
    raw = content.encode() if isinstance(content, str) else content
    return desk.post("/desk/intake/uploads", file=(io.BytesIO(raw), name))


def sent(desk: Browser, content: bytes | str, name: str = "shop.csv") -> str:
    """The page of a file that was sent."""
    answer = send(desk, content, name)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def imported(desk: Browser, page: str, **fields: str) -> str:
    """The report on a file, once the process that imports it has ended."""
    answer = desk.post(page, **{"source": "shop", "and": "import", **fields})
    assert answer.status_code == 302, answer.text
    gevent.wait()
    return desk.get(page).text


def answers(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(SurveyResponse)) or 0


def test_a_file_is_shown_before_anything_is_taken_in(
    desk: Browser, database: Database, settings: Settings
) -> None:
    page = desk.get(sent(desk, TABLE)).text

    for told in ("utf-8", "semicolon", "Kommentar 1 på åäö."):
        assert told in page
    assert '<option value="score" selected>' in page
    assert '<option value="comment" selected>' in page
    assert "No column says when an answer was given" in page
    assert answers(database) == 0
    kept = settings.uploads / "1.csv"
    assert kept.read_text("utf-8") == TABLE
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_file_is_imported_to_the_end_and_reported_on(
    desk: Browser, database: Database, settings: Settings
) -> None:
    page = sent(desk, TABLE + "21;11;För mycket.;Butik\n")

    report = imported(desk, page, source="mine")

    assert "imported" in report
    assert "<dt>new</dt><dd>20</dd>" in report
    assert "<dt>not taken</dt><dd>1</dd>" in report
    assert "<td>22</td>" in report
    assert "The score lies outside the scale of NPS, which goes from 0 to 10." in report
    assert answers(database) == 20
    with database.read() as session:
        assert set(session.scalars(select(SurveyResponse.source))) == {"mine"}
    assert list(settings.uploads.iterdir()) == []
    assert "imported" in desk.get("/desk/intake").text
    # Sent once more from a page that is still open, nothing happens twice.
    assert desk.post(page, **{"and": "import"}).status_code == 409


def test_strict_takes_nothing_in_when_a_row_is_refused(desk: Browser, database: Database) -> None:
    page = sent(desk, TABLE + "21;11;För mycket.;Butik\n")

    report = imported(desk, page, strict="on")

    assert "Nothing was taken in, as you chose." in report
    assert "<td>22</td>" in report
    assert answers(database) == 0


def test_columns_may_be_mapped_anew(desk: Browser) -> None:
    page = sent(desk, TABLE)

    changed = {"column:Plats": "segment", "column:Betyg": "", "touchpoint": "Shop"}
    answer = desk.post(page, source="shop", **changed)

    assert answer.status_code == 302
    shown = desk.get(page).text
    assert '<option value="segment" selected>' in shown
    assert 'value="Shop"' in shown
    assert '<option value="score" selected>' not in shown


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"column:Betyg": "", "column:Kommentar": ""}, "No column holds a score or a comment"),
        ({"column:Betyg": "smiles"}, "smiles"),
        ({"column:Nowhere": "score"}, "Nowhere"),
        ({"metric": "smiles"}, "smiles"),
        ({"source": ""}, "This is missing."),
    ],
)
def test_a_mapping_that_cannot_work_is_told_and_not_imported(
    desk: Browser, database: Database, fields: dict[str, str], told: str
) -> None:
    page = sent(desk, TABLE)

    answer = desk.post(page, **{"source": "shop", "and": "import", **fields})

    assert answer.status_code == 422
    assert told in answer.text
    assert uploads.find_upload(database, 1).state == "previewed"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "answers.csv"),
        (b"PK\x03\x04\x14\x00\x06\x00", "answers.xlsx"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "answers.csv"),
        (b"", "answers.csv"),
        (b"<!doctype html><html><body>", "answers.csv"),
    ],
    ids=["pdf", "xlsx", "png", "empty", "html"],
)
def test_a_file_that_is_no_table_is_told_clearly(
    desk: Browser,
    database: Database,
    capfd: pytest.CaptureFixture[str],
    content: bytes,
    name: str,
) -> None:
    page = sent(desk, content, name)

    shown = desk.get(page)
    again = desk.post(page, **{"and": "import"})

    assert shown.status_code == again.status_code == 422
    assert 'role="alert"' in shown.text
    assert "Choose another file" in shown.text
    assert "Traceback" not in capfd.readouterr().err
    assert answers(database) == 0


def test_a_form_without_a_file_is_told(desk: Browser) -> None:
    answer = desk.post("/desk/intake/uploads")

    assert answer.status_code == 422
    assert "Choose a file first." in answer.text


def test_an_import_that_runs_can_be_watched(
    desk: Browser, database: Database, settings: Settings, now: datetime
) -> None:
    page = sent(desk, TABLE)
    uploads.begin_import(database, 1)

    shown = desk.get(page).text
    assert "being imported" in shown
    assert 'data-reloads="2"' in shown
    assert desk.post(page, **{"and": "import"}).status_code == 409

    uploads.fail_running(database, settings.uploads, at=now)
    assert "The import was interrupted." in desk.get(page).text


def test_an_import_whose_process_dies_is_told_and_leaves_no_file(
    desk: Browser, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = sent(desk, TABLE)
    monkeypatch.setattr("sys.executable", "/bin/false")

    assert "The import was interrupted." in imported(desk, page)
    assert list(settings.uploads.iterdir()) == []


def test_a_file_that_was_forgotten_is_gone(
    desk: Browser, database: Database, settings: Settings
) -> None:
    page = sent(desk, TABLE)
    uploads.forget_uploads(
        database,
        settings.uploads,
        at=uploads.find_upload(database, 1).created_at + 2 * uploads.KEPT,
    )

    assert desk.get(page).status_code == 404
    assert desk.post(page, **{"and": "import"}).status_code in {404, 409}
    assert "shop.csv" not in desk.get("/desk/intake").text


def test_a_file_that_vanished_from_the_disk_is_not_found(desk: Browser, settings: Settings) -> None:
    page = sent(desk, TABLE)
    (settings.uploads / "1.csv").unlink()

    assert desk.get(page).status_code == 404


@pytest.mark.parametrize(
    "name", ["../../x.csv", "<b>x</b>.csv", "å" * 300 + ".csv", "..", "x\x00y"]
)
def test_a_name_is_only_ever_shown(desk: Browser, settings: Settings, name: str) -> None:
    page = sent(desk, TABLE, name)

    assert desk.get(page).status_code == 200
    assert "<b>x" not in desk.get(page).text
    assert [path.name for path in Path(settings.uploads).iterdir()] == ["1.csv"]
