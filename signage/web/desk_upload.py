"""A file from the desk: sent, looked at, imported, reported on."""

import os
import subprocess
import sys
from pathlib import Path

import gevent
from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from signage import clock
from signage.actions import uploads
from signage.actions.held import holding
from signage.actions.import_file import first_rows
from signage.actions.uploads import Wishes
from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.intake.draft import FIELDS
from signage.intake.plan import Plan
from signage.models import Database, Upload
from signage.web import forms
from signage.web.context import at, database, me, off_loop, parts
from signage.web.permit import require
from signage.words import N_

pages = Blueprint("upload", __name__, url_prefix="/desk/intake/uploads")
pages.before_request(require("intake"))

PREVIEWED = 8
CONSTANTS = ("touchpoint", "metric", "kind", "source")


@pages.post("")
def send() -> Response | str | tuple[str, int]:
    """Keep a file and show how it would be read."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid([Problem("no-file", N_("Choose a file first."), "file")])
    folder = parts().settings.uploads
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    upload_id = uploads.keep_upload(
        database(), file_name=file.filename, size=0, user_id=me().user_id, at=at()
    )
    size = off_loop(_save, file, uploads.file_of(folder, upload_id))
    uploads.note_size(database(), upload_id, size)
    return redirect(url_for("upload.upload_page", upload_id=upload_id))


@pages.get("/<int:upload_id>")
def upload_page(upload_id: int) -> str | tuple[str, int]:
    """The preview, the progress, or the report: whichever the file has come to."""
    upload = _found(upload_id)
    if upload.state != "previewed":
        return render_template("desk/report.html", upload=upload, reasons=_reasons(upload))
    return _preview(upload, Wishes(**upload.plan))


@pages.post("/<int:upload_id>")
def change(upload_id: int) -> Response | str | tuple[str, int]:
    """Read it differently, or import it as it is shown."""
    upload = _found(upload_id)
    if upload.state != "previewed":
        raise Conflict
    wishes = _wishes()
    page = _preview(upload, wishes)
    if not isinstance(page, str):
        return page
    uploads.wish(database(), upload_id, wishes)
    if forms.text("and") == "import":
        with holding(uploads.file_of(parts().settings.uploads, upload_id)) as inherited:
            uploads.begin_import(database(), upload_id)
            _start(upload_id, inherited)
    return redirect(url_for("upload.upload_page", upload_id=upload_id))


def _found(upload_id: int) -> Upload:
    upload = uploads.find_upload(database(), upload_id)
    if upload.state == "forgotten":
        raise NotFound
    return upload


def _save(file: FileStorage, path: Path) -> int:
    file.save(path)
    path.chmod(0o600)
    return path.stat().st_size


def _preview(upload: Upload, wishes: Wishes) -> str | tuple[str, int]:
    path = uploads.file_of(parts().settings.uploads, upload.id)
    page = {"upload": upload, "fields": FIELDS, "wishes": wishes, "constants": CONSTANTS}
    try:
        plan: Plan = off_loop(uploads.plan_for, path, wishes, Path(upload.file_name).stem)
        rows = [] if plan.problems else off_loop(first_rows, path, plan, at=at(), most=PREVIEWED)
    except FileNotFoundError:
        raise NotFound from None
    except Invalid as invalid:
        return render_template(
            "desk/upload.html", plan=None, rows=[], problems=invalid.problems, **page
        ), 422
    told = render_template("desk/upload.html", plan=plan, rows=rows, problems=plan.problems, **page)
    return (told, 422) if plan.problems and request.method == "POST" else told


def _wishes() -> Wishes:
    mapping = {
        name.removeprefix("column:"): field
        for name, field in request.form.items()
        if name.startswith("column:")
    }
    constants = {name: forms.text(name, 200) for name in CONSTANTS}
    order = forms.text("day_first")
    day_first = {"day": True, "month": False}.get(order)
    return Wishes(mapping, constants, day_first, strict="strict" in request.form)


def _start(upload_id: int, inherited: tuple[int, ...]) -> None:
    """A process of its own: reading a large file would hold the server's loop. It holds the file,
    so that no other server takes it for dead."""
    settings = parts().settings
    environment = {
        **os.environ,
        "SIGNAGE_DATA": str(settings.data),
        "DATABASE_URL": settings.database_url,
    }
    process = subprocess.Popen(  # noqa: S603 - our own command, and a number that we gave out
        [sys.executable, "-m", "signage", "import", "--upload", str(upload_id)],
        env=environment,
        pass_fds=inherited,
    )
    gevent.spawn(_see_to_its_end, process, database(), settings.uploads, upload_id)


def _see_to_its_end(
    process: subprocess.Popen[bytes], kept: Database, folder: Path, upload_id: int
) -> None:
    """No zombie stays, and no import that was killed counts as running."""
    process.wait()
    uploads.fail_running(kept, folder, at=clock.now(), upload_id=upload_id)


def _reasons(upload: Upload) -> list[tuple[str, list[int]]]:
    """Why rows were not taken, in the reader's language, with the lines of those of which the same
    is to be said; what is said of most of them first."""
    lines: dict[str, list[int]] = {}
    for row in upload.refused:
        problems = (
            Problem("row", text, field or None, said) for field, text, said in row["reasons"]
        )
        told = " ".join(problem.message() for problem in problems)
        lines.setdefault(told, []).append(row["line"])
    return sorted(lines.items(), key=lambda each: -len(each[1]))
