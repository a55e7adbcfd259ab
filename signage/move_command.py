"""`signage move`: from SQLite to PostgreSQL."""

from contextlib import ExitStack

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from signage import clock
from signage.cli import commands
from signage.keeping import copying
from signage.keeping.move import Moved, file_to_go_back_to, move, move_back
from signage.settings import Settings
from signage.words import N_, translate

err = Console(stderr=True)


@commands.command("move")
@click.option("--back", is_flag=True, help="Go on with the SQLite database that was moved.")
@click.option("--yes", is_flag=True, help="Do not ask before going back.")
@click.pass_obj
def move_command(settings: Settings, back: bool, yes: bool) -> None:
    """Copy everything from SQLite into the empty PostgreSQL database that SIGNAGE_MOVE_TO names.
    Stop the server first."""
    if back:
        _go_back(settings, yes)
    else:
        _tell(_with_progress(settings))


def _with_progress(settings: Settings) -> Moved:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=err)
    task = bar.add_task("")
    with ExitStack() as shown:

        def on_progress(progress: copying.Progress) -> None:
            if not bar.live.is_started:  # where all is refused there is nothing to show
                shown.enter_context(bar)
            bar.update(task, total=progress.total, completed=progress.done)
            bar.update(task, description=progress.table)

        return move(settings, at=clock.now(), on_progress=on_progress)


def _tell(moved: Moved) -> None:
    told = N_(
        "{rows} rows were moved. Now set DATABASE_URL to the address in SIGNAGE_MOVE_TO, keep the "
        "data folder and the secret key, and start the server."
    )
    click.echo(translate(told).format(rows=moved.rows))
    if moved.renewed:
        text = N_("The database had lost what walls know: every wall takes everything anew.")
        click.echo(translate(text))
    if moved.marked:
        text = N_(
            "{file} is as it was; no server starts on it any more. To go back to it: signage move "
            "--back"
        )
        click.echo(translate(text).format(file=moved.file))
    else:
        text = N_(
            "{file} could not be marked as moved. See yourself that no server starts on it: what "
            "came in there would be missing in PostgreSQL."
        )
        click.echo(translate(text).format(file=moved.file), err=True)


def _go_back(settings: Settings, yes: bool) -> None:
    file_to_go_back_to(settings)  # where there is none, nothing is asked
    if not yes:
        text = N_("What came in and was decided since on PostgreSQL is not here. Go back?")
        click.confirm(translate(text), abort=True)
    move_back(settings, at=clock.now())
    text = N_(
        "Set DATABASE_URL as it was before the move and start the server; every wall takes "
        "everything anew."
    )
    click.echo(translate(text))
