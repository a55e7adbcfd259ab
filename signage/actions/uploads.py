"""A file from the desk: kept, previewed, imported by a process of its own, reported on, deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from signage.actions.held import is_held
from signage.actions.import_file import OnProgress, Report, check_file, import_file
from signage.core.text import one_line
from signage.errors import Conflict, NotFound
from signage.intake.csv_rows import Progress, RefusedRow
from signage.intake.guess import guess
from signage.intake.plan import Plan
from signage.models import Database, Upload

KEPT = timedelta(days=1)
"""How long an uploaded file stays when nobody imports it."""
MOST_REFUSED_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person changed of the guess: columns' fields, constants, order of day and month."""

    mapping: Mapping[str, str]
    constants: Mapping[str, str]
    day_first: bool | None = None
    strict: bool = False

    def as_json(self) -> dict[str, Any]:
        """For storing."""
        return {
            "mapping": dict(self.mapping),
            "constants": dict(self.constants),
            "day_first": self.day_first,
            "strict": self.strict,
        }


def plan_for(path: Path, wishes: Wishes, source: str) -> Plan:
    """The guess with a person's wishes; raises Invalid for a file that is no table."""
    plan = guess(path, source=source).with_mapping(wishes.mapping).with_constants(wishes.constants)
    return plan if wishes.day_first is None else plan.with_day_first(wishes.day_first)


def keep_upload(
    database: Database, *, file_name: str, size: int, user_id: int | None, at: datetime
) -> int:
    """Note a file that was uploaded; its id names the file in the data folder."""
    with database.write() as session:
        upload = Upload(
            user_id=user_id,
            file_name=one_line(file_name)[:200] or "answers.csv",
            state="previewed",
            plan=Wishes({}, {}).as_json(),
            bytes_total=size,
            bytes_done=0,
            counts=Report().counts(),
            refused=[],
            created_at=at,
        )
        session.add(upload)
        session.flush()
        return upload.id


def note_size(database: Database, upload_id: int, size: int) -> None:
    """The file is there; size in bytes."""
    with database.write() as session:
        session.execute(update(Upload).where(Upload.id == upload_id).values(bytes_total=size))


def wish(database: Database, upload_id: int, wishes: Wishes) -> None:
    """Keep what a person changed of the guess."""
    with database.write() as session:
        session.execute(
            update(Upload)
            .where(Upload.id == upload_id, Upload.state == "previewed")
            .values(plan=wishes.as_json())
        )


def begin_import(database: Database, upload_id: int) -> None:
    """Claim an upload for importing: once."""
    with database.write() as session:
        claimed = session.execute(
            update(Upload)
            .where(Upload.id == upload_id, Upload.state == "previewed")
            .values(state="running")
            .returning(Upload.id)
        ).all()
        if len(claimed) != 1:
            raise Conflict


def run_import(database: Database, upload_id: int, folder: Path, *, at: datetime) -> None:
    """Import an upload that was begun, noting progress; the file is deleted after it."""
    upload = find_upload(database, upload_id)
    path = file_of(folder, upload_id)
    refused: list[dict[str, Any]] = []
    wishes = Wishes(**upload.plan)

    def on_refused(row: RefusedRow) -> None:
        if len(refused) < MOST_REFUSED_SHOWN:
            reasons = [[p.field or "", p.text, dict(p.params)] for p in row.problems]
            refused.append({"line": row.line, "reasons": reasons})

    report, state = Report(), "failed"
    try:
        plan = plan_for(path, wishes, Path(upload.file_name).stem)
        if wishes.strict and (
            report_refused := check_file(database, path, plan, at=at, on_refused=on_refused)
        ):
            report.refused, state = report_refused, "refused"
        else:
            report = import_file(
                database, path, plan, at=at, on_refused=on_refused,
                on_progress=_noting(database, upload_id),
            )  # fmt: skip
            state = "done"
    finally:
        _end(database, upload_id, state, report, refused, at)
        path.unlink(missing_ok=True)


def find_upload(database: Database, upload_id: int) -> Upload:
    """The upload; raises NotFound."""
    with database.read() as session:
        found = session.get(Upload, upload_id)
    if found is None:
        raise NotFound
    return found


def file_of(folder: Path, upload_id: int) -> Path:
    """Where an upload's file lies."""
    return folder / f"{upload_id}.csv"


def forget_uploads(database: Database, folder: Path, *, at: datetime) -> None:
    """Delete files that nobody imported within a day, and those that an import left behind."""
    # Looked for first: an upload is noted before its file is written, so none is taken for old.
    files = [path for path in folder.glob("*.csv") if path.stem.isdecimal()]
    with database.write() as session:
        session.execute(
            update(Upload)
            .where(Upload.state == "previewed", Upload.created_at < at - KEPT)
            .values(state="forgotten")
        )
        needed = set(
            session.scalars(select(Upload.id).where(Upload.state.in_(("previewed", "running"))))
        )
    for path in files:
        if int(path.stem) not in needed:
            path.unlink(missing_ok=True)


def fail_running(
    database: Database, folder: Path, *, at: datetime, upload_id: int | None = None
) -> None:
    """Call imports failed that still count as running though nothing runs them: all of them at a
    start, or this one when its process has ended. Their files are deleted. What they took stays;
    importing the file again takes the rest and changes nothing else. One whose file a living
    process holds goes on: another server of several may have begun it."""
    running = select(Upload.id).where(Upload.state == "running")
    if upload_id is not None:
        running = running.where(Upload.id == upload_id)
    with database.write() as session:
        dead = [each for each in session.scalars(running) if not is_held(file_of(folder, each))]
        session.execute(
            update(Upload).where(Upload.id.in_(dead)).values(state="failed", ended_at=at)
        )
    for each in dead:
        file_of(folder, each).unlink(missing_ok=True)


def _noting(database: Database, upload_id: int) -> OnProgress:
    def on_progress(report: Report, progress: Progress) -> None:
        with database.write() as session:
            session.execute(
                update(Upload)
                .where(Upload.id == upload_id)
                .values(bytes_done=progress.done, counts=report.counts())
            )

    return on_progress


def _end(
    database: Database,
    upload_id: int,
    state: str,
    report: Report,
    refused: list[dict[str, Any]],
    at: datetime,
) -> None:
    with database.write() as session:
        session.execute(
            update(Upload)
            .where(Upload.id == upload_id)
            .values(
                state=state,
                counts=report.counts(),
                refused=refused,
                ended_at=at,
                bytes_done=Upload.bytes_total if state == "done" else Upload.bytes_done,
            )
        )
