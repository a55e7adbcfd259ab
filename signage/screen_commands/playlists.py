"""`signage playlist …`: scenes in order, a draft until it is published."""

import click

from signage import clock
from signage.actions import plans
from signage.actions.plans import BUILT_IN
from signage.cli import commands, with_database
from signage.core import planning
from signage.core.plan import NO_GROUP, Entry, Plan
from signage.models import Database
from signage.models.feed_titles import feed_titles, feeds_there
from signage.models.group import groups
from signage.models.plan import draft_plan, live_plan
from signage.screen_commands.found import playlist_named
from signage.screen_commands.telling import (
    AS_JSON,
    BY,
    YES,
    OptionFor,
    ask,
    say,
    tell_fields,
    tell_json,
    tell_row,
)
from signage.settings import Settings
from signage.web.api_playlists import playlist_told
from signage.web.slot_words import scene_word
from signage.words import N_, translate

LIVE: OptionFor = click.option("--live", is_flag=True, help="As it hangs, not as it is drafted.")


@commands.group()
def playlist() -> None:
    """Playlists: scenes in order. What is changed is a draft until `signage plan publish`."""


@playlist.command("list")
@LIVE
@AS_JSON
@with_database
def playlist_list(settings: Settings, database: Database, live: bool, as_json: bool) -> None:  # noqa: ARG001 - all commands take both
    """Print the playlists: number, how many scenes, name."""
    found = plan_asked(database, live=live).playlists.values()
    if as_json:
        tell_json([playlist_told(each) for each in found])
        return
    for each in found:
        tell_row(each.id, len(each.entries), each.name)


@playlist.command("show")
@click.argument("which", metavar="PLAYLIST")
@LIVE
@AS_JSON
@with_database
def playlist_show(
    settings: Settings,  # noqa: ARG001 - all commands take both
    database: Database,
    which: str,
    live: bool,
    as_json: bool,
) -> None:
    """Print one playlist: its scenes in order, each with its feed and how often it comes."""
    plan = plan_asked(database, live=live)
    found = playlist_named(plan, which)
    if as_json:
        tell_json(playlist_told(found))
        return
    with database.read() as session:
        titles, there = feed_titles(session), {each.name for each in feeds_there(session)}
        named = {str(each.id): each.name for each in groups(session)}
    scenes = [_scene(entry, titles, there) for entry in found.entries]
    alone = translate(N_("Screens without a group"))
    where = [
        alone if group == NO_GROUP else named.get(group, group)
        for group, week in plan.groups.items()
        if found.id in week.playlists
    ]
    tell_fields({"id": found.id, "name": found.name, "group": where, "scene": scenes})


@playlist.command("add")
@click.argument("name")
@click.option("--like", default="", help="Begin as this one, or built-in: the product's own.")
@with_database
def playlist_add(settings: Settings, database: Database, name: str, like: str) -> None:  # noqa: ARG001 - all commands take both
    """Draft the playlist NAME, and print its number."""
    if like and like != BUILT_IN:
        like = playlist_named(plan_asked(database), like).id
    click.echo(plans.add_playlist(database, name, like=like, at=clock.now(), by=BY))


@playlist.command("rename")
@click.argument("which", metavar="PLAYLIST")
@click.argument("name")
@with_database
def playlist_rename(settings: Settings, database: Database, which: str, name: str) -> None:  # noqa: ARG001 - all commands take both
    """Call a playlist NAME in the draft."""
    id_ = playlist_named(plan_asked(database), which).id
    plans.revise(
        database, lambda _, plan: planning.rename_playlist(plan, id_, name), at=clock.now(), by=BY
    )
    say(N_("Saved."))


@playlist.command("remove")
@click.argument("which", metavar="PLAYLIST")
@YES
@with_database
def playlist_remove(settings: Settings, database: Database, which: str, yes: bool) -> None:  # noqa: ARG001 - all commands take both
    """Take a playlist that no group shows out of the draft."""
    found = playlist_named(plan_asked(database), which)
    ask(N_("Delete the playlist {name} from the draft?"), yes=yes, name=found.name)
    plans.revise(
        database, lambda _, plan: planning.delete_playlist(plan, found.id), at=clock.now(), by=BY
    )
    say(N_("The playlist is deleted from the draft."))


def plan_asked(database: Database, *, live: bool = False) -> Plan:
    """The draft, or what hangs."""
    with database.read() as session:
        return live_plan(session) if live else draft_plan(session)


def _scene(entry: Entry, titles: dict[str, str], there: set[str]) -> str:
    told = [scene_word(entry, titles), f"{entry.feed} × {entry.count}"]
    if entry.every > 1:
        told.append(f"{entry.offset + 1}/{entry.every}")
    if entry.dwell:
        told.append(f"{entry.dwell} s")
    if entry.feed not in there:
        told.append(translate(N_("passed over: its feed is gone")))
    return ", ".join(told)
