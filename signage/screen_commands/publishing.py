"""`signage plan …`: what is drafted, published at once, given up, or undone."""

from collections.abc import Iterator

import click

from signage import clock
from signage.actions import publish_plan
from signage.cli import commands, with_database
from signage.core.plan_changes import WeekChange
from signage.errors import Invalid, Problem
from signage.models import Database
from signage.models.publication import Publication, publication
from signage.screen_commands.telling import (
    AS_JSON,
    BY,
    YES,
    OptionFor,
    ask,
    moment,
    say,
    tell_fields,
    tell_json,
)
from signage.settings import Settings
from signage.web.api_publication import publication_told
from signage.web.slot_words import name_of, slot_word
from signage.words import N_, translate

KINDS = {
    "added": N_("new"), "removed": N_("deleted"), "changed": N_("other scenes"),
    "renamed": N_("another name"),
}  # fmt: skip
REVISION: OptionFor = click.option(
    "--revision", help="Only if the draft is still this one, as `plan show --json` tells it."
)


@commands.group()
def plan() -> None:
    """What hangs when, as it is drafted and as it is published."""


@plan.command("show")
@AS_JSON
@with_database
def plan_show(settings: Settings, database: Database, as_json: bool) -> None:  # noqa: ARG001 - all commands take both
    """Print what was published last, what is drafted, and what publishing that would change."""
    now = _now(database)
    if as_json:
        tell_json(publication_told(now))
    else:
        _tell(now)


@plan.command("publish")
@REVISION
@YES
@with_database
def plan_publish(settings: Settings, database: Database, revision: str | None, yes: bool) -> None:  # noqa: ARG001 - all commands take both
    """Hang what is drafted, once what it changes was shown: walls follow within seconds."""
    seen = _drafted(database, revision, yes=yes)
    ask(N_("Publish it?"), yes=yes)
    publish_plan.publish_plan(database, seen=seen, at=clock.now(), by=BY)
    say(N_("Published. Walls change between two scenes."))


@plan.command("discard")
@REVISION
@YES
@with_database
def plan_discard(settings: Settings, database: Database, revision: str | None, yes: bool) -> None:  # noqa: ARG001 - all commands take both
    """Give up what is drafted; what hangs stays."""
    seen = _drafted(database, revision, yes=yes)
    ask(N_("All that was drafted is lost. Give it up?"), yes=yes)
    publish_plan.discard_draft(database, seen=seen, at=clock.now(), by=BY)
    say(N_("The draft is gone. What hangs has stayed as it was."))


@plan.command("undo")
@YES
@with_database
def plan_undo(settings: Settings, database: Database, yes: bool) -> None:  # noqa: ARG001 - all commands take both
    """Take the latest publication back: what hung before hangs again, and what is taken back is
    the draft, unless there is one."""
    now = _now(database)
    if now.latest is None:
        raise Invalid([Problem("nothing", N_("Nothing was published yet."))])
    at = moment(now.latest.made_at)
    text = N_("Take publication {number} of {at} back, and hang again what hung before?")
    ask(text, yes=yes, number=now.latest.id, at=at)
    publish_plan.put_back(database, now.latest.id, at=clock.now(), by=BY)
    is_draft = now.draft is None
    say(
        N_("What hung before hangs again. What you took back is the draft.") if is_draft
        else N_("What hung before hangs again. The draft has stayed as it was.")
    )  # fmt: skip


def _now(database: Database) -> Publication:
    with database.read() as session:
        return publication(session)


def _drafted(database: Database, revision: str | None, *, yes: bool) -> str:
    """The draft that is meant, by its digest; shown, unless somebody has said yes already."""
    now = _now(database)
    if now.draft is None:
        raise Invalid([Problem("nothing", N_("Nothing waits to be published"))])
    if not yes:
        _tell(now)
    return now.plan.digest if revision is None else revision


def _tell(now: Publication) -> None:
    latest, draft = now.latest, now.draft
    back = translate(N_("brought back an earlier one"))
    published = latest and f"{latest.id}, {moment(latest.made_at)}"
    both = now.both
    tell_fields({
        "published": f"{published}, {back}" if latest and latest.back_to_id else published,
        "draft": draft and f"{now.plan.digest}, {moment(draft.changed_at)}",
    })  # fmt: skip
    for id_, kind in now.changes.playlists:
        click.echo(f"playlist\t{name_of(both, id_)}: {translate(KINDS[kind])}")
    for week in now.weeks:
        name, screens = now.sizes[week.group]
        click.echo(f"group\t{name or translate(N_('Screens without a group'))}: {screens}")
        for line in _changes(week, now):
            click.echo(f"\t{line}")
    if draft:
        click.echo(f"screens\t{now.screens}")


def _changes(week: WeekChange, now: Publication) -> Iterator[str]:
    """What becomes another, marked as in a list of changes."""
    both = now.both
    if week.default:
        before, after = (name_of(both, id_) for id_ in week.default)
        yield f"~ {before} → {after}"
    for slot in week.added:
        yield f"+ {name_of(both, slot.playlist)}, {slot_word(slot)}"
    for slot in week.removed:
        yield f"- {name_of(both, slot.playlist)}, {slot_word(slot)}"
    for old, new in week.changed:
        was = f"{name_of(both, old.playlist)}, {slot_word(old)}"
        yield f"~ {was} → {name_of(both, new.playlist)}, {slot_word(new)}"
    for id_ in week.playlists:
        yield f"~ {name_of(both, id_)}: {translate(N_('other scenes'))}"
