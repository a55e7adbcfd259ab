"""`signage screen set`, `rename`, `link` and `revoke`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from signage import clock
from signage.actions import screens
from signage.actions.setup_of_screens import THEMES, TURNS, draft_of, split_tags
from signage.cli import screen, with_database
from signage.models import Database
from signage.screen_commands.found import group_named, screen_named
from signage.screen_commands.telling import BY, YES, ask, say
from signage.settings import Settings
from signage.words import N_

OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--name", help="What it is called."),
    click.option("--site", help="Where it hangs."),
    click.option("--group", help="Its group, by name or number; empty for none."),
    click.option("--tags", help="All its tags, with commas between."),
    click.option("--locale", help="Its language: en, sv, da, nb, fi, de or fr."),
    click.option("--timezone", help="e.g. Europe/Oslo."),
    click.option("--theme", help=", ".join(THEMES)),
    click.option("--turned", type=int, help=f"Degrees to the right: {', '.join(map(str, TURNS))}."),
    click.option("--diagonal", "diagonal_inch", type=int, help="In inches."),
    click.option("--distance", "distance_m", type=int, help="Of its nearest reader, in metres."),
    click.option("--motion/--no-motion", default=None, help="Whether things move on it."),
    click.option("--night-from", help="HH:MM, or empty."),
    click.option("--night-to", help="HH:MM, or empty."),
    click.option("--night-percent", type=int, help="Brightness then; 0 is off."),
)


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@screen.command("set")
@click.argument("which", metavar="SCREEN")
@_with_options
@with_database
def screen_set(settings: Settings, database: Database, which: str, **given: Any) -> None:  # noqa: ANN401, ARG001 - what the options are
    """Set a screen up differently; what is not named stays. The wall follows within seconds."""
    _set(database, which, {name: each for name, each in given.items() if each is not None})


@screen.command("rename")
@click.argument("which", metavar="SCREEN")
@click.argument("name")
@with_database
def screen_rename(settings: Settings, database: Database, which: str, name: str) -> None:  # noqa: ARG001 - all commands take both
    """Call a screen NAME from now on."""
    _set(database, which, {"name": name})


@screen.command("link")
@click.argument("which", metavar="SCREEN")
@YES
@with_database
def screen_link(settings: Settings, database: Database, which: str, yes: bool) -> None:
    """Print a new link of a screen's wall, only now; the one before it ends."""
    number = _sure(database, which, N_("End the link of {screen}, and make a new one?"), yes)
    key = screens.renew_link(database, settings.secret_key, number, at=clock.now(), by=BY)
    click.echo(f"{settings.url}/wall#{key}")


@screen.command("revoke")
@click.argument("which", metavar="SCREEN")
@YES
@with_database
def screen_revoke(settings: Settings, database: Database, which: str, yes: bool) -> None:  # noqa: ARG001 - all commands take both
    """End a screen's link and its device: its wall shows nothing more."""
    number = _sure(database, which, N_("Let nothing in any more as {screen}?"), yes)
    screens.revoke_screen(database, number, at=clock.now(), by=BY)
    say(N_("Revoked."))


def _set(database: Database, which: str, given: dict[str, Any]) -> None:
    with database.read() as session:
        one = screen_named(session, which)
        number, draft = one.id, draft_of(one)
        if (group := given.pop("group", None)) is not None:
            given["group_id"] = group_named(session, group).id if group else None
    if "tags" in given:
        given["tags"] = split_tags(given["tags"])
    screens.change_screen(database, number, replace(draft, **given), at=clock.now(), by=BY)
    say(N_("Saved."))


def _sure(database: Database, which: str, question: str, yes: bool) -> int:
    """The number of the screen, once somebody said that it is meant."""
    with database.read() as session:
        one = screen_named(session, which)
        number, name = one.id, f"{one.id} ({one.name})"
    ask(question, yes=yes, screen=name)
    return number
