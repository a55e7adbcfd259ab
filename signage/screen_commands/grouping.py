"""`signage group …`: groups of screens."""

from dataclasses import asdict

import click

from signage import clock
from signage.actions import groups
from signage.cli import commands, with_database
from signage.models import Database
from signage.models.group import sized_groups
from signage.screen_commands.found import group_named
from signage.screen_commands.telling import AS_JSON, BY, YES, ask, say, tell_json, tell_row
from signage.settings import Settings
from signage.words import N_


@commands.group()
def group() -> None:
    """Groups of screens."""


@group.command("list")
@AS_JSON
@with_database
def group_list(settings: Settings, database: Database, as_json: bool) -> None:  # noqa: ARG001 - all commands take both
    """Print the groups: number, how many screens, name."""
    with database.read() as session:
        found = sized_groups(session)
    if as_json:
        tell_json([asdict(each) for each in found])
        return
    for each in found:
        tell_row(each.id, each.screens, each.name)


@group.command("add")
@click.argument("name")
@with_database
def group_add(settings: Settings, database: Database, name: str) -> None:  # noqa: ARG001 - all commands take both
    """Make the group NAME and print its number."""
    click.echo(groups.add_group(database, name, at=clock.now(), by=BY))


@group.command("rename")
@click.argument("which", metavar="GROUP")
@click.argument("name")
@with_database
def group_rename(settings: Settings, database: Database, which: str, name: str) -> None:  # noqa: ARG001 - all commands take both
    """Call a group NAME from now on."""
    with database.read() as session:
        number = group_named(session, which).id
    groups.rename_group(database, number, name, at=clock.now(), by=BY)
    say(N_("Saved."))


@group.command("remove")
@click.argument("which", metavar="GROUP")
@YES
@with_database
def group_remove(settings: Settings, database: Database, which: str, yes: bool) -> None:  # noqa: ARG001 - all commands take both
    """Give a group up: its screens are in no group then, and are shown what is shown there."""
    with database.read() as session:
        found = group_named(session, which)
        number, name = found.id, found.name
    ask(N_("Give up the group {name}? Its screens are in none then."), yes=yes, name=name)
    groups.delete_group(database, number, at=clock.now(), by=BY)
    say(N_("The group is deleted. Its screens are in no group now."))
