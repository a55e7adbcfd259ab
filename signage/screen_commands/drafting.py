"""`signage playlist set` and `signage week set`: all scenes, or all slots, at once, from JSON."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

import click

from signage import clock
from signage.actions.whole_plans import set_playlist, set_week
from signage.cli import with_database
from signage.core.shape_reading import read
from signage.errors import Invalid, Problem
from signage.models import Database
from signage.screen_commands.found import group_key, playlist_named
from signage.screen_commands.playlists import plan_asked, playlist
from signage.screen_commands.telling import BY, OptionFor, say
from signage.screen_commands.weeks import week
from signage.settings import Settings
from signage.web import api_playlists, api_weeks
from signage.words import N_

FILE: OptionFor = click.argument("file", type=click.File(encoding="utf-8"))


@playlist.command("set")
@click.argument("which", metavar="PLAYLIST")
@FILE
@with_database
def playlist_set(settings: Settings, database: Database, which: str, file: IO[str]) -> None:  # noqa: ARG001 - all commands take both
    """Draft a playlist's name and scenes as FILE has them, or - what is typed: JSON such as
    `playlist show --json` prints. With its revision, only if nobody has changed it since."""
    id_ = playlist_named(plan_asked(database), which).id
    with _telling_where():
        said = _read(file, api_playlists.CHANGE, "id", int(id_))
        entries = api_playlists.entries_said(said["scenes"]) if "scenes" in said else None
        seen = said.get("revision")
        set_playlist(
            database, id_, name=said.get("name"), entries=entries, seen=seen, at=clock.now(),
            by=BY,
        )  # fmt: skip
    say(N_("Saved in the draft."))


@week.command("set")
@click.argument("which", metavar="GROUP")
@FILE
@with_database
def week_set(settings: Settings, database: Database, which: str, file: IO[str]) -> None:  # noqa: ARG001 - all commands take both
    """Draft a group's default playlist and slots as FILE has them, or - what is typed: JSON such as
    `week show --json` prints. With its revision, only if nobody has changed it since."""
    with database.read() as session:
        key = group_key(session, which)
    with _telling_where():
        said = _read(file, api_weeks.CHANGE, "group", int(key))
        default = api_weeks.id_said(said["default"]) if "default" in said else None
        slots = api_weeks.slots_said(said["slots"]) if "slots" in said else None
        seen = said.get("revision")
        set_week(database, key, default=default, slots=slots, seen=seen, at=clock.now(), by=BY)
    say(N_("Saved in the draft."))


def _read(file: IO[str], shape: Mapping[str, Any], whose: str, number: int) -> dict[str, Any]:
    """What the file says of this one, by its shape. Raises Invalid naming each flaw by its place,
    or where it is of another one."""
    try:
        said = json.load(file)
    except (ValueError, RecursionError) as flaw:
        text = N_("This is no JSON: {why}")
        raise Invalid([Problem("not-json", text, None, {"why": str(flaw)})]) from flaw
    if isinstance(said, dict) and said.pop(whose, number) != number:
        text = N_("The file is of another one: {field} is not {number}.")
        raise Invalid([Problem("another", text, None, {"field": whose, "number": number})])
    found: dict[str, Any] = read(shape, said)
    return found


@contextmanager
def _telling_where() -> Iterator[None]:
    """Each flaw with its place before the words: a file has many."""
    try:
        yield
    except Invalid as invalid:
        raise Invalid([_placed(problem) for problem in invalid.problems]) from None


def _placed(problem: Problem) -> Problem:
    if not problem.field:
        return problem
    params = {"place": problem.field, "said": problem.message()}
    return Problem(problem.code, "{place}: {said}", problem.field, params)
