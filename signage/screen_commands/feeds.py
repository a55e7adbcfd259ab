"""`signage feed …`: feeds that were made, and what hangs in them."""

from collections.abc import Mapping
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from signage import clock
from signage.actions import feeds
from signage.cli import commands, with_database
from signage.models import Database, Touchpoint
from signage.models.feed_rule import Made, made_feeds
from signage.models.tag import all_tags
from signage.screen_commands.found import feed_named
from signage.screen_commands.telling import (
    AS_JSON,
    BY,
    YES,
    ask,
    say,
    tell_fields,
    tell_json,
    tell_row,
)
from signage.settings import Settings
from signage.web.api_feeds import feeds_told
from signage.web.feed_words import KIND_TEXTS, rule_lines
from signage.words import N_, translate

LETTERS = {"quotes": "q", "improvements": "i", "notices": "n"}
"""Before the number of what hangs: as proof of play names it."""


@commands.group()
def feed() -> None:
    """Feeds that were made: lists that playlists can show."""


@feed.command("list")
@AS_JSON
@with_database
def feed_list(settings: Settings, database: Database, as_json: bool) -> None:  # noqa: ARG001 - all commands take both
    """Print the feeds: number, kind, how much hangs in each, on how many screens at most, title."""
    with database.read() as session:
        found = feeds_told(session, made_feeds(session))
    if as_json:
        tell_json([{name: each[name] for name in each if name != "holds"} for each in found])
        return
    for each in found:
        kind = KIND_TEXTS[each["kind"]]
        tell_row(each["id"], translate(kind), _hangs(each), _screens(each), each["title"])


@feed.command("show")
@click.argument("which", metavar="FEED")
@AS_JSON
@with_database
def feed_show(settings: Settings, database: Database, which: str, as_json: bool) -> None:  # noqa: ARG001 - all commands take both
    """Print one feed, by number or title: what it lets in, what hangs in it, by number, and which
    playlists show it."""
    with database.read() as session:
        made = feed_named(session, which)
        (told,) = feeds_told(session, [made])
        lines = _lets_in(session, made)
    if as_json:
        tell_json(told)
        return
    letter = LETTERS.get(made.rule.kind)
    tell_fields({
        "id": told["id"], "name": told["name"], "title": told["title"],
        "kind": translate(KIND_TEXTS[made.rule.kind]), "lets in": lines,
        "hangs": ", ".join(f"{letter}{number}" for number in told["holds"]) if letter else None,
        "playlist": [f"{place['title']}: {place['screens']}" for place in told["playlists"]],
    })  # fmt: skip


@feed.command("remove")
@click.argument("which", metavar="FEED")
@YES
@with_database
def feed_remove(settings: Settings, database: Database, which: str, yes: bool) -> None:  # noqa: ARG001 - all commands take both
    """Take a feed out: it holds nothing, and playlists that name it pass it over."""
    with database.read() as session:
        made = feed_named(session, which)
        (told,) = feeds_told(session, [made])
    text = N_("Delete the feed {name}? Playlists that name it pass it over: {playlists}.")
    places = ", ".join(place["title"] for place in told["playlists"]) or "-"
    ask(text, yes=yes, name=made.of.title, playlists=places)
    feeds.delete_feed(database, made.of.id, user_id=None, at=clock.now(), by=BY)
    say(N_("Deleted. `signage feed restore {number}` takes that back."), number=made.of.id)


@feed.command("restore")
@click.argument("number", type=click.IntRange(1))
@with_database
def feed_restore(settings: Settings, database: Database, number: int) -> None:  # noqa: ARG001 - all commands take both
    """Take the deletion of the feed with this NUMBER back."""
    feeds.restore_feed(database, number, user_id=None, at=clock.now(), by=BY)
    say(N_("Saved. What hangs follows at once."))


def _lets_in(session: Session, made: Made) -> list[str]:
    names = select(Touchpoint.id, Touchpoint.name)
    touchpoints: dict[int, str] = dict(session.execute(names).all())
    return rule_lines(made.rule, touchpoints, {tag.key: tag.name for tag in all_tags(session)})


def _hangs(told: Mapping[str, Any]) -> int | None:
    return told["hangs"] if told["kind"] in LETTERS else None


def _screens(told: Mapping[str, Any]) -> int:
    return max((place["screens"] for place in told["playlists"]), default=0)
