"""`signage backup`, `signage restore` and `signage doctor`: keeping the data."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from signage import clock
from signage.actions.epochs import renew_epochs
from signage.actions.witness import keep, seen_now
from signage.cli import at_work, commands
from signage.errors import Conflict
from signage.keeping.backup import back_up
from signage.keeping.doctor import examine
from signage.keeping.restore import Restored, restore
from signage.settings import Settings
from signage.words import N_, translate

FILE = click.Path(dir_okay=False, path_type=Path)


@commands.command("backup")
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_obj
def backup_command(settings: Settings, file: Path, force: bool) -> None:
    """Write the database and the secret key to FILE, also while the server runs."""
    with _said_plainly():
        back_up(settings, file, force=force, at=clock.now())
    text = N_("Written to {file}. Whoever can read it can read every answer and sign in.")
    click.echo(translate(text).format(file=file))


@commands.command("restore")
@click.argument("file", type=FILE)
@click.pass_obj
def restore_command(settings: Settings, file: Path) -> None:
    """Put the backup FILE in the place of the database. Stop the server first."""
    with _said_plainly():
        _tell(restore(settings, file, at=clock.now()), settings)


@commands.command("doctor")
@click.option(
    "--renew-epochs",
    is_flag=True,
    help="After the database was put back by other tools: every wall takes everything anew.",
)
@click.pass_obj
def doctor_command(settings: Settings, renew_epochs: bool) -> None:
    """Find out what is wrong, one line each; ends with 1 if anything is."""
    if renew_epochs:
        _renew(settings)
        return
    wrong = False
    for finding in examine(settings, at=clock.now()):
        click.echo(finding.line(), err=finding.wrong)
        wrong = wrong or finding.wrong
    if wrong:
        sys.exit(1)


def _renew(settings: Settings) -> None:
    with at_work(settings) as database:
        renew_epochs(database, at=clock.now(), why="asked")
        keep(seen_now(database, running=False), settings.data)
        database.engine.dispose()
    click.echo(translate(N_("Every wall takes everything anew.")))


def _tell(restored: Restored, settings: Settings) -> None:
    click.echo(translate(N_("Restored. Start the server; every wall takes everything anew.")))
    if restored.kept is not None:
        text = translate(N_("What was there before is kept in {file}."))
        click.echo(text.format(file=restored.kept))
    if restored.other_key:
        text = N_(
            "SIGNAGE_SECRET_KEY is not the key of this backup: its screens need new links, and "
            "everybody signs in again. Set it to the text in the secret-key file of the backup to "
            "keep them."
        )
        click.echo(translate(text), err=True)
    if restored.hanging_again:
        text = N_(
            "Taken down or erased since the backup, and on the walls again: quotes {ids}. Withdraw "
            "them as soon as the server runs: {url}/desk/wall"
        )
        ids = ", ".join(str(each) for each in restored.hanging_again)
        click.echo(translate(text).format(ids=ids, url=settings.url), err=True)


@contextmanager
def _said_plainly() -> Iterator[None]:
    """A full disk or a folder that may not be written to is no surprise here."""
    try:
        yield
    except OSError as error:
        text = translate(N_("It cannot be written: {reason}."))
        raise Conflict(text.format(reason=error.strerror or type(error).__name__)) from error
