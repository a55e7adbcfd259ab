"""`signage week …`: what groups of screens show when."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import click
from sqlalchemy.orm import Session

from signage import clock
from signage.cli import commands, with_database
from signage.core.feasts import feasts
from signage.core.plan import NO_GROUP, Plan
from signage.core.week import calendar_of, conflicts_and_gaps
from signage.models import Database, preferences
from signage.models.group import sized_groups, without_group
from signage.models.plan import draft_plan, live_plan
from signage.screen_commands.found import group_key
from signage.screen_commands.playlists import LIVE
from signage.screen_commands.telling import AS_JSON, tell_fields, tell_json, tell_row
from signage.settings import Settings
from signage.web.api_weeks import week_told
from signage.web.slot_words import conflict_word, gap_words, idle_word, name_of, slot_word
from signage.words import N_, translate


@commands.group()
def week() -> None:
    """What hangs when: the week of each group of screens."""


@week.command("list")
@LIVE
@AS_JSON
@with_database
def week_list(settings: Settings, database: Database, live: bool, as_json: bool) -> None:  # noqa: ARG001 - all commands take both
    """Print the weeks: group, how many screens, how many slots, default playlist, group's name.
    Group 0 is the screens in no group."""
    with database.read() as session:
        plan, sizes = _plan(session, live=live), _sizes(session)
    if as_json:
        tell_json([week_told(plan, int(group)) for group in sizes])
        return
    for group, (name, screens) in sizes.items():
        of = plan.week(group)
        tell_row(group, screens, len(of.slots), name_of(plan, of.default), name)


@week.command("show")
@click.argument("which", metavar="GROUP")
@LIVE
@AS_JSON
@with_database
def week_show(
    settings: Settings,  # noqa: ARG001 - all commands take both
    database: Database,
    which: str,
    live: bool,
    as_json: bool,
) -> None:
    """Print the week of one group (0: of the screens in none): its slots, what conflicts, what
    never hangs, and when only the default does."""
    with database.read() as session:
        key = group_key(session, which)
        plan, sizes = _plan(session, live=live), _sizes(session)
        today = preferences(session).day_of(clock.now())
    if as_json:
        tell_json(week_told(plan, int(key)))
        return
    of = plan.week(key)
    name, screens = sizes[key]
    calendar = calendar_of(feasts({slot.country for slot in of.slots if slot.country}, today))
    monday = today - timedelta(days=today.weekday())
    found = conflicts_and_gaps(of.slots, calendar, today=today, week=monday)
    told: dict[str, Any] = {
        "group": key, "name": name, "screens": screens, "default": name_of(plan, of.default),
        "slot": [f"{name_of(plan, slot.playlist)}: {slot_word(slot)}" for slot in of.slots],
        "conflict": [conflict_word(each, of, plan) for each in found.conflicts],
        "never": [idle_word(each, of, plan) for each in found.idle],
        "default only": gap_words(found.gaps),
    }  # fmt: skip
    tell_fields(told)


def _plan(session: Session, *, live: bool) -> Plan:
    return live_plan(session) if live else draft_plan(session)


def _sizes(session: Session) -> Mapping[str, tuple[str, int]]:
    """Group → its name and how many screens it has, those in none first."""
    alone = translate(N_("Screens without a group"))
    groups = {str(each.id): (each.name, each.screens) for each in sized_groups(session)}
    return {NO_GROUP: (alone, without_group(session)), **groups}
