"""`signage group …`: groups of screens."""

import json
from dataclasses import asdict

import click

from signage import clock
from signage.actions import groups
from signage.cli import commands, with_database
from signage.models import Database
from signage.models.group import sized_groups
from signage.screen_commands.found import group_named
from signage.settings import Settings
from signage.words import N_, translate


@commands.group()
def group() -> None:
    """Groups of screens."""


@group.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@with_database
def group_list(settings: Settings, database: Database, as_json: bool) -> None:  # noqa: ARG001 - all commands take both
    """Print the groups: number, how many screens, name."""
    with database.read() as session:
        found = sized_groups(session)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
        return
    for each in found:
        click.echo(f"{each.id}\t{each.screens}\t{each.name}")


@group.command("add")
@click.argument("name")
@with_database
def group_add(settings: Settings, database: Database, name: str) -> None:  # noqa: ARG001 - all commands take both
    """Make the group NAME and print its number."""
    click.echo(groups.add_group(database, name, at=clock.now()))


@group.command("rename")
@click.argument("which", metavar="GROUP")
@click.argument("name")
@with_database
def group_rename(settings: Settings, database: Database, which: str, name: str) -> None:  # noqa: ARG001 - all commands take both
    """Call a group NAME from now on."""
    with database.read() as session:
        number = group_named(session, which).id
    groups.rename_group(database, number, name, at=clock.now())
    click.echo(translate(N_("Saved.")))


@group.command("remove")
@click.argument("which", metavar="GROUP")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@with_database
def group_remove(settings: Settings, database: Database, which: str, yes: bool) -> None:  # noqa: ARG001 - all commands take both
    """Give a group up: its screens are in no group then, and are shown what is shown there."""
    with database.read() as session:
        found = group_named(session, which)
        number, name = found.id, found.name
    if not yes:
        text = N_("Give up the group {name}? Its screens are in none then.")
        click.confirm(translate(text).format(name=name), abort=True)
    groups.delete_group(database, number, at=clock.now())
    click.echo(translate(N_("The group is deleted. Its screens are in no group now.")))
