"""`signage takeover …`: what has walls to itself, how it comes there, and the way back."""

import click

from signage import clock
from signage.actions import notices
from signage.cli import commands, with_database
from signage.core.targets import Targets, read_targets
from signage.models import Database
from signage.models.notice import open_takeovers, prepared_texts
from signage.screen_commands.found import number_of
from signage.screen_commands.telling import (
    AS_JSON,
    BY,
    YES,
    ask,
    moment,
    say,
    tell_json,
    tell_row,
)
from signage.settings import Settings
from signage.web.api_takeovers import takeover_told
from signage.web.where import Names
from signage.words import N_, translate


@commands.group()
def takeover() -> None:
    """Takeovers: what has the walls to itself."""


@takeover.command("list")
@AS_JSON
@with_database
def takeover_list(settings: Settings, database: Database, as_json: bool) -> None:  # noqa: ARG001 - all commands take both
    """Print those that are on or to come: number, from, until, urgent or not, where, headline."""
    now = clock.now()
    with database.read() as session:
        found = open_takeovers(session, now)
        names = Names(session, [read_targets(each.targets) for each in found])
    if as_json:
        tell_json([takeover_told(each, now) for each in found])
        return
    for each in found:
        where = where_word(names, read_targets(each.targets))
        tell_row(
            each.id, moment(each.shows_from), moment(each.shows_until), _urgent(each.urgent), where,
            each.headline,
        )  # fmt: skip


@takeover.command("texts")
@AS_JSON
@with_database
def takeover_texts(settings: Settings, database: Database, as_json: bool) -> None:  # noqa: ARG001 - all commands take both
    """Print the texts kept ready: number, minutes, urgent or not, where, headline."""
    with database.read() as session:
        found = prepared_texts(session)
        names = Names(session, [read_targets(each.targets) for each in found])
    if as_json:
        tell_json([
            {
                "id": each.id, "headline": each.headline, "words": each.words, "look": each.look,
                "minutes": each.minutes, "urgent": each.urgent, "for": each.targets,
            }
            for each in found
        ])  # fmt: skip
        return
    for each in found:
        where = where_word(names, read_targets(each.targets))
        tell_row(each.id, each.minutes, _urgent(each.urgent), where, each.headline)


@takeover.command("end")
@click.argument("which", metavar="TAKEOVER")
@YES
@with_database
def takeover_end(settings: Settings, database: Database, which: str, yes: bool) -> None:  # noqa: ARG001 - all commands take both
    """End one now, by number or headline: its walls show again what they showed before."""
    with database.read() as session:
        known = {each.id: each.headline for each in open_takeovers(session, clock.now())}
    none = N_("No takeover {name} is on or to come.")
    number = number_of(known.items(), which, none, "takeover")
    ask(N_("End “{name}” now?"), yes=yes, name=known[number])
    notices.end_notice(database, number, user_id=None, at=clock.now(), by=BY)
    say(N_("Ended. The walls show again what they showed before."))


def where_word(names: Names, targets: Targets | None) -> str:
    """Where it hangs: on every wall, or on what is still there of those that were chosen."""
    if targets is None:
        return translate(N_("on every wall"))
    return ", ".join(names.of(targets)) or "-"


def _urgent(urgent: bool) -> str | None:
    return translate(N_("urgent")) if urgent else None
