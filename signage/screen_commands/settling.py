"""`signage screen settle`: of two players with one token one stays."""

from collections.abc import Mapping
from datetime import datetime

import click

from signage import clock
from signage.actions import devices
from signage.cli import screen, with_database
from signage.core.agents import NEEDS_LINE
from signage.errors import Invalid, Problem
from signage.models import Agent, Database, Device
from signage.models.pairing import are_two, looks_of
from signage.screen_commands.found import screen_named
from signage.screen_commands.letting_in import looks_line
from signage.screen_commands.telling import BY, YES, ask, say, tell_row
from signage.settings import Settings
from signage.words import N_, translate


@screen.command("settle")
@click.argument("which", metavar="SCREEN")
@click.option("--stays", help="Which of the two: as they are listed without this.")
@YES
@with_database
def screen_settle(
    settings: Settings,  # noqa: ARG001 - all commands take both
    database: Database,
    which: str,
    stays: str | None,
    yes: bool,
) -> None:
    """List the two players that use one token, and cut one of them off: it shows a code then, and
    can be paired as a screen of its own. Changes nothing without --stays."""
    with database.read() as session:
        number = screen_named(session, which).id
        players = _players(session.get(Device, number), clock.now())
        had = session.get(Agent, number) is not None
    if stays is None:
        for page, looks in players.items():
            tell_row(page, looks)
        return
    if stays not in players:
        text = N_("Choose one of the two that are listed without --stays.")
        raise Invalid([Problem("unknown", text, "stays")])
    ask(N_("{player} stays, and the other is cut off. Go on?"), yes=yes, player=players[stays])
    devices.settle(database, number, stays, at=clock.now(), by=BY)
    say(N_("The other player is cut off, and shows a code."))
    if had:
        click.echo(translate(NEEDS_LINE))


def _players(device: Device | None, at: datetime) -> Mapping[str, str]:
    """The word that each player's page made up, and what it says of itself."""
    if device is None or not are_two(device, at):
        text = N_("There are not two players with its token now: nothing is to be settled.")
        raise Invalid([Problem("not-two", text)])
    return {
        device.page: looks_line(looks_of(device.looks)),
        device.other_page: looks_line(looks_of(device.other_looks)),
    }
