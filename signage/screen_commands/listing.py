"""`signage screen list` and `signage screen show`."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click
from sqlalchemy.orm import Session

from signage import clock
from signage.actions.commands import commands_of
from signage.actions.setup_of_screens import draft_of
from signage.cli import screen, with_database
from signage.core.hours import hours_of
from signage.core.watching import state_of
from signage.models import Agent, Command, Database, Device, Screen, ScreenVitals
from signage.models.group import groups
from signage.models.pairing import are_two
from signage.models.screens import STATES, Asked, States, found
from signage.screen_commands.found import group_named, screen_named
from signage.screen_commands.telling import AS_JSON, moment, tell_fields, tell_json, tell_row
from signage.settings import Settings

AT_ONCE = 500
LATEST = 5


@screen.command("list")
@click.option("--group", help="Only of this group: its name or number; empty for those in none.")
@click.option("--site", help="Only at this site; empty for those that name none.")
@click.option("--tag", default="", help="Only with this tag.")
@click.option("--state", type=click.Choice(STATES), help="Only in this state.")
@AS_JSON
@with_database
def screen_list(
    settings: Settings,  # noqa: ARG001 - all commands take both
    database: Database,
    group: str | None,
    site: str | None,
    tag: str,
    state: str | None,
    as_json: bool,
) -> None:
    """Print the screens: number, state, when last heard of, site, name, group, tags."""
    at = clock.now()
    with database.read() as session:
        number = group and group_named(session, group).id
        asked = Asked(state or "", site, None if group is None else int(number or 0), tag)
        named = {each.id: each.name for each in groups(session)}
        told = (_told(each, named, at) for each in _each(session, asked, States(session, at)))
        if as_json:
            tell_json(list(told))
            return
        for one in told:
            tell_row(
                one["id"], one["state"], one["last_seen_at"], one["site"], one["name"],
                one["group"], ", ".join(one["tags"]),
            )  # fmt: skip


@screen.command("show")
@click.argument("which", metavar="SCREEN")
@AS_JSON
@with_database
def screen_show(settings: Settings, database: Database, which: str, as_json: bool) -> None:  # noqa: ARG001 - all commands take both
    """Print one screen, by number or name: how it is, how it is set up, what it was asked."""
    with database.read() as session:
        one = screen_named(session, which)
        named = {each.id: each.name for each in groups(session)}
        told = _told(one, named, clock.now()) | _more(session, one.id)
    if as_json:
        tell_json(told)
    else:
        tell_fields(told)


def _each(session: Session, asked: Asked, states: States) -> Iterator[Screen]:
    """Page by page: there may be tens of thousands."""
    skip = 0
    while page := found(session, asked, states, skip=skip, size=AT_ONCE):
        yield from page
        skip += AT_ONCE


def _told(one: Screen, groups: Mapping[int, str], at: datetime) -> dict[str, Any]:
    setup = asdict(draft_of(one))
    group_id = setup.pop("group_id")
    state = state_of(hours_of(one), one.last_seen_at, at=at).state
    return {
        "id": one.id, "state": "revoked" if one.revoked_at else str(state),
        "last_seen_at": moment(one.last_seen_at), "group": groups.get(group_id),
        "simulated": one.simulated, **setup,
    }  # fmt: skip


def _more(session: Session, screen_id: int) -> dict[str, Any]:
    vitals, agent = session.get(ScreenVitals, screen_id), session.get(Agent, screen_id)
    device = session.get(Device, screen_id)
    return {
        "paired": device is not None,
        "twice": are_two(device, clock.now()),
        "says": {"at": moment(vitals.told_at), **vitals.said} if vitals else None,
        "device": {"at": moment(agent.heard_at), **agent.said} if agent else None,
        "commands": [_asked(each) for each in commands_of(session, screen_id, most=LATEST)],
    }


def _asked(one: Command) -> dict[str, Any]:
    return {
        "id": one.id, "what": one.what, "made_at": moment(one.made_at),
        "told_at": moment(one.told_at), "outcome": one.outcome, "detail": one.detail,
    }  # fmt: skip
