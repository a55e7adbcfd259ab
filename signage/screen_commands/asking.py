"""`signage screen command`: ask a screen to do something, and wait for what becomes of it.

The command is a row, as at the desk: a serving process reads it within a second and hands it over.
Where none runs, or the screen is away, it waits until its time is over.
"""

import sys
import time
from dataclasses import dataclass

import click

from signage import clock
from signage.actions import commands as asked
from signage.cli import screen, with_database
from signage.core.commands import ALL, OUTCOMES, SURE, WHY, limit_of
from signage.models import Command, Database
from signage.screen_commands.found import screen_named
from signage.screen_commands.telling import BY, ask
from signage.settings import Settings
from signage.words import N_, translate

OFTEN = 0.2
"""Seconds between two looks."""
NOT_KNOWN = 3
"""How the command ends where the outcome is still to come."""


@dataclass(frozen=True, slots=True)
class Stands:
    """How a command stands."""

    told: bool
    outcome: str | None
    detail: str
    over: bool


@screen.command("command")
@click.argument("which", metavar="SCREEN")
@click.argument("what", type=click.Choice(list(ALL)))
@click.option(
    "--wait", type=click.FloatRange(0),
    help="Seconds to wait for the outcome. Default: until its time is over.",
)  # fmt: skip
@click.option("--yes", is_flag=True, help="Do not ask before the screen turns black.")
@with_database
def screen_command(
    settings: Settings,  # noqa: ARG001 - all commands take both
    database: Database,
    which: str,
    what: str,
    wait: float | None,
    yes: bool,
) -> None:
    """Ask a screen, or the program on its device, to do WHAT, and say what became of it. Ends with
    3 if that is not known yet."""
    with database.read() as session:
        number = screen_named(session, which).id
    if what in SURE:
        ask(SURE[what], yes=yes)
    made = asked.command(database, number, what, user_id=None, at=clock.now(), by=BY)
    text = N_("Sent as command {number}. It is begun within two minutes, or not at all.")
    click.echo(translate(text).format(number=made), err=True)
    _tell(_outcome(database, made, limit_of(what).total_seconds() if wait is None else wait))


def _outcome(database: Database, number: int, wait: float) -> Stands:
    patient_until = time.monotonic() + wait
    while True:
        stands = _look(database, number)
        if stands.outcome or stands.over or time.monotonic() >= patient_until:
            return stands
        time.sleep(OFTEN)


def _look(database: Database, number: int) -> Stands:
    with database.read() as session:
        row = session.get(Command, number)
        if row is None:  # its screen was deleted
            return Stands(False, None, "", True)
        over = row.expires_at <= clock.now()
        return Stands(row.told_at is not None, row.outcome, row.detail, over)


def _tell(stands: Stands) -> None:
    if stands.outcome == "done":
        click.echo(_with_detail(stands))
        return
    if stands.outcome or stands.over:
        click.echo(_with_detail(stands), err=True)
        if not stands.told:
            text = N_("Nobody took it: the screen was not there, or no server ran.")
            click.echo(translate(text), err=True)
        sys.exit(1)
    text = (
        N_("It was told, and has not answered yet.") if stands.told
        else N_("It waits: the screen is not there, or no server runs on these data.")
    )  # fmt: skip
    click.echo(translate(text), err=True)
    sys.exit(NOT_KNOWN)


def _with_detail(stands: Stands) -> str:
    outcome = translate(OUTCOMES[stands.outcome or "expired"])
    if stands.detail in WHY:
        return f"{outcome}: {translate(WHY[stands.detail])}"
    if stands.detail.count(" ") != 4:
        return outcome
    scene, item, width, height, _ = stands.detail.split(" ")
    shows = translate(N_("scene %(scene)s, item %(item)s, %(width)s × %(height)s pixels"))
    return f"{outcome}: {shows}" % {"scene": scene, "item": item, "width": width, "height": height}
