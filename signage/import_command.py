"""`signage import FILE`: answers from a table."""

import csv
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from signage import clock
from signage.actions.import_file import Report, check_file, first_rows, import_file
from signage.actions.uploads import Wishes, plan_for, run_import
from signage.cli import commands, with_database
from signage.errors import Invalid, Problem
from signage.intake import csv_rows
from signage.intake.csv_rows import RefusedRow, Taken
from signage.intake.mapping import parse_map
from signage.intake.plan import Plan
from signage.models import Database
from signage.settings import Settings
from signage.words import N_, translate

MOST_SHOWN = 100
PREVIEWED = 3

out, err = Console(), Console(stderr=True)


@commands.command("import")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
@click.option(
    "--map", "mapping", default="", help="Columns and fields: nps=score,explication=comment."
)
@click.option(
    "--set",
    "constants",
    multiple=True,
    help="Fields that are the same in every row: touchpoint=Shop.",
)
@click.option(
    "--source",
    default="",
    help="Name of the survey; ids must be unique within it. Default: the file's name.",
)
@click.option(
    "--day-first/--month-first", default=None, help="How 3/4 is read when the file does not tell."
)
@click.option("--strict", is_flag=True, help="Take nothing in if any row is refused.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every refused row to this CSV file.",
)
@click.option("--yes", is_flag=True, help="Do not ask before importing.")
@click.option("--upload", type=int, hidden=True)
@with_database
def import_command(
    settings: Settings,
    database: Database,
    file: Path | None,
    mapping: str,
    constants: tuple[str, ...],
    source: str,
    day_first: bool | None,
    strict: bool,
    report: Path | None,
    yes: bool,
    upload: int | None,
) -> None:  # fmt: skip
    """Import answers from the table FILE. What is guessed is shown before it is used."""
    if upload is not None:
        run_import(database, upload, settings.uploads, at=clock.now())
        return
    if file is None:
        raise click.UsageError("Name a FILE.")
    wishes = Wishes(parse_map(mapping) if mapping else {}, _constants(constants), day_first, strict)
    plan = plan_for(file, wishes, source or file.stem)
    _show(file, plan)
    for problem in plan.problems:
        err.print(f"[red]{problem.message()}")
    if plan.problems:
        sys.exit(1)
    if not yes and sys.stdin.isatty():
        click.confirm(translate(N_("Import it like this?")), default=True, abort=True)
    with _refused_rows(report) as refused:
        counts = _import(database, file, plan, refused, strict)
    _tell(counts, refused, report)


class Refused:
    """Rows not taken: the first ones are shown, all of them written where a report is wanted."""

    def __init__(self, write: Callable[[list[object]], object] | None) -> None:
        self.n = 0
        self._write = write

    def __call__(self, row: RefusedRow) -> None:
        """One more."""
        self.n += 1
        reasons = "; ".join(
            f"{problem.field}: {problem.message()}" if problem.field else problem.message()
            for problem in row.problems
        )
        if self._write:
            self._write([row.line, reasons])
        if self.n <= MOST_SHOWN:
            line = translate(N_("line {line}: {reasons}")).format(line=row.line, reasons=reasons)
            # A cell may hold what a terminal obeys.
            shown = "".join(each if each.isprintable() else "\ufffd" for each in line)
            err.print(f"  {shown}", style="yellow", markup=False, highlight=False)


@contextmanager
def _refused_rows(report: Path | None) -> Iterator[Refused]:
    if report is None:
        yield Refused(None)
        return
    with report.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["line", "reasons"])
        yield Refused(writer.writerow)


def _import(database: Database, file: Path, plan: Plan, refused: Refused, strict: bool) -> Report:
    if strict and check_file(database, file, plan, at=clock.now(), on_refused=refused):
        return Report(refused=refused.n)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err) as bar:
        task = bar.add_task(file.name, total=file.stat().st_size)

        def on_progress(_: Report, progress: csv_rows.Progress) -> None:
            bar.update(task, completed=progress.done, total=progress.size)

        return import_file(
            database, file, plan, at=clock.now(), on_refused=refused, on_progress=on_progress
        )


def _constants(said: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for part in said:
        name, equals, value = part.partition("=")
        if not equals:
            text = N_("“{part}” is not of the form field=value.")
            raise Invalid([Problem("bad-constant", text, None, {"part": part})])
        found[name.strip()] = value.strip()
    return found


def _show(file: Path, plan: Plan) -> None:
    encodings = ", ".join(f"{name} ({n})" for name, n in plan.encodings.items())
    separator = {"\t": "tab"}.get(plan.separator, plan.separator)
    heading = translate(N_("{file}: encoding {encodings}, separator {separator}"))
    out.print(
        heading.format(file=file.name, encodings=encodings, separator=separator),
        markup=False, highlight=False,
    )  # fmt: skip
    table = Table(*(translate(text) for text in (N_("Column"), N_("Field"), N_("First values"))))
    samples = _samples(file, plan)
    for place, column in enumerate(plan.header):
        table.add_row(
            Text(column), Text(plan.mapping.get(column, "–")), Text(" · ".join(samples[place]))
        )
    for name, value in plan.constants.items():
        table.add_row(Text(translate(N_("every row"))), Text(name), Text(value))
    out.print(table)
    for note in plan.notes:
        out.print(f"! {note.message()}", markup=False, highlight=False)


def _samples(file: Path, plan: Plan) -> list[list[str]]:
    """The first cells of each column, from the payloads of the first rows that can be read."""
    found: list[list[str]] = [[] for _ in plan.header]
    if plan.problems:
        return found
    for row in first_rows(file, plan, at=clock.now(), most=PREVIEWED):
        if isinstance(row, Taken):
            for place, cell in enumerate(json.loads(row.draft.payload).values()):
                found[place].append(cell[:24])
    return found


def _tell(report: Report, refused: Refused, path: Path | None) -> None:
    if refused.n > MOST_SHOWN and path is None:
        more = translate(N_("… and {n} more; --report FILE lists them all."))
        err.print(f"  {more.format(n=refused.n - MOST_SHOWN)}", highlight=False)
    told = translate(
        N_("{created} new, {changed} corrected, {unchanged} known already, {refused} not taken")
    )
    out.print(told.format(**report.counts()), highlight=False)
    if report.comments_kept:
        kept = translate(
            N_("{n} rows brought another comment than the one recorded; the first one stays.")
        )
        out.print(kept.format(n=report.comments_kept), highlight=False)
    if refused.n and not report.created + report.changed + report.unchanged:
        sys.exit(1)
