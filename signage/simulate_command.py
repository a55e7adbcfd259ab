"""`signage simulate`: many screens that are only simulated."""

import signal
import sys
from ipaddress import ip_address
from random import Random
from urllib.parse import urlsplit

import click
import gevent
from gevent.event import Event

from signage import clock
from signage.actions.simulated import MOST, remove_simulated, simulated_keys
from signage.cli import commands, with_database
from signage.models import Database
from signage.settings import Settings
from signage.simulated.fleet import Fleet, most_walls
from signage.words import N_, translate

TOLD = 5.0
"""Seconds between two lines that say how it goes."""


@commands.command("simulate")
@click.option(
    "--screens", type=click.IntRange(1, MOST), default=500, show_default=True, help="How many."
)
@click.option("--url", default="", help="The server. Default: SIGNAGE_URL.")
@click.option("--elsewhere", is_flag=True, help="Also a server that is not SIGNAGE_URL.")
@click.option("--seconds", type=click.FloatRange(0), default=0.0, help="How long; 0: until Ctrl+C.")
@click.option("--counted", is_flag=True, help="They count in receipts.")
@click.option("--remove", is_flag=True, help="Remove those that it made, and start none.")
@with_database
def simulate_command(
    settings: Settings,
    database: Database,
    screens: int,
    url: str,
    elsewhere: bool,
    seconds: float,
    counted: bool,
    remove: bool,
) -> None:
    """Simulate screens: each is a real connection that speaks the whole protocol."""
    if remove:
        text = N_("Simulated screens removed: {many}.")
        click.echo(translate(text).format(many=remove_simulated(database, at=clock.now())))
        return
    server = (url or settings.url).rstrip("/")
    if not (elsewhere or is_ours(server, settings.url)):
        _refuse(N_(
            "{url} is neither this machine nor SIGNAGE_URL. Simulated screens are load: if the "
            "server is yours, say --elsewhere."
        ), url=server)  # fmt: skip
    if (most := most_walls()) < screens:
        _refuse(N_("This user’s open files allow {most} screens at a time: ulimit -n."), most=most)
    keys = simulated_keys(database, settings.secret_key, screens, counted=counted, at=clock.now())
    database.engine.dispose()
    _run(Fleet(server, keys, Random()), screens, seconds)  # noqa: S311 - when walls come back


def is_ours(server: str, configured: str) -> bool:
    """Whether an address is this machine's, or the one that the product is set to."""
    there, ours = urlsplit(server), urlsplit(configured)
    if there.scheme not in {"http", "https"} or not there.hostname:
        return False
    if (there.scheme, there.netloc) == (ours.scheme, ours.netloc):
        return True
    try:
        return ip_address(there.hostname).is_loopback
    except ValueError:
        return there.hostname == "localhost"


def _run(fleet: Fleet, screens: int, seconds: float) -> None:
    ending = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, ending.set)
    timer = gevent.spawn_later(seconds, ending.set) if seconds else None
    fleet.start()
    while not ending.wait(TOLD):
        _tell(fleet, screens)
    _tell(fleet, screens)
    fleet.stop()
    if timer is not None:
        timer.kill()


def _tell(fleet: Fleet, screens: int) -> None:
    text = N_(
        "{connected} of {screens} simulated screens are connected; changes painted: {painted}, "
        "connections lost: {lost}, refused: {refused}"
    )
    click.echo(translate(text).format(
        connected=fleet.connected, screens=screens, painted=fleet.painted, lost=fleet.lost,
        refused=fleet.refused,
    ))  # fmt: skip


def _refuse(text: str, **fields: object) -> None:
    click.echo(translate(text).format(**fields), err=True)
    sys.exit(1)
