"""`signage takeover hang`: a headline, or a text kept ready, takes walls over now."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import click
from sqlalchemy.orm import Session

from signage import clock
from signage.actions.notice_draft import LOOKS, NoticeDraft
from signage.actions.takeovers import MOST_MINUTES, draft_of, load_text, reach, take_over
from signage.cli import with_database
from signage.core.targets import Targets, targets_of
from signage.errors import Invalid, Problem
from signage.models import Database
from signage.models.notice import prepared_texts
from signage.screen_commands.found import group_key, number_of, screen_named
from signage.screen_commands.takeovers import takeover, where_word
from signage.screen_commands.telling import BY, YES, ask, say
from signage.settings import Settings
from signage.web.where import Names
from signage.words import N_

USUAL = 30
"""Minutes."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed."""

    headline: str
    text: str | None
    words: str
    look: str | None
    urgent: bool
    minutes: int | None
    groups: tuple[str, ...]
    screens: tuple[str, ...]


@takeover.command("hang")
@click.argument("headline", default="")
@click.option("--text", help="A text kept ready in its place, by number or headline.")
@click.option("--words", default="", help="What stands below the headline.")
@click.option("--look", type=click.Choice(list(LOOKS)), help="notice if not said.")
@click.option("--urgent", is_flag=True, help="Before all else, on every wall, not dimmed by night.")
@click.option(
    "--minutes", type=click.IntRange(1, MOST_MINUTES),
    help=f"How long: {USUAL} if not said, or as long as the text says.",
)  # fmt: skip
@click.option("--group", "groups", multiple=True, help="Only there; can be said several times.")
@click.option("--screen", "screens", multiple=True, help="Only there; can be said several times.")
@YES
@with_database
def takeover_hang(settings: Settings, database: Database, yes: bool, **given: Any) -> None:  # noqa: ANN401, ARG001 - what the options are
    """Have HEADLINE, or a text kept ready, take walls over now: all of them, or those chosen."""
    said, now = Said(**given), clock.now()
    with database.read() as session:
        draft = _draft(session, said, now)
        screens = len(reach(session, draft.targets))
        where = where_word(Names(session, [draft.targets]), draft.targets)
    if not yes:
        until = draft.shows_until
        minutes = (until - now) // timedelta(minutes=1) if until else 0
        click.echo(f"{draft.headline} · {minutes} min · {where}")
    ask(N_("Screens that it takes over at once: {n}. Hang it?"), yes=yes, n=screens)
    hung, _ = take_over(database, _from_now(draft, now), user_id=None, at=clock.now(), by=BY)
    say(N_("It hangs, as takeover {number}. `signage takeover end {number}` ends it."),
        number=hung.id)  # fmt: skip


def _draft(session: Session, said: Said, now: datetime) -> NoticeDraft:
    targets, minutes = _targets(session, said), said.minutes
    if said.text is None:
        return NoticeDraft(
            said.headline, said.words, now, now + timedelta(minutes=minutes or USUAL),
            takes_over=True, look=said.look or "notice", urgent=said.urgent, targets=targets,
        )  # fmt: skip
    if said.headline or said.words or said.look or said.urgent:
        text = N_("With --text leave out the headline, --words, --look and --urgent.")
        raise Invalid([Problem("not-both", text, "text")])
    known = [(each.id, each.headline) for each in prepared_texts(session)]
    none = N_("No text {name} is kept ready.")
    ready = load_text(session, number_of(known, said.text, none, "text"))
    draft = draft_of(session, ready, now, look=ready.look, urgent=ready.urgent)
    if minutes is not None:
        draft = replace(draft, shows_until=now + timedelta(minutes=minutes))
    return draft if targets is None else replace(draft, targets=targets)


def _from_now(draft: NoticeDraft, then: datetime) -> NoticeDraft:
    """For its whole time from now on: somebody may have thought about it."""
    late, until = clock.now() - then, draft.shows_until
    return replace(draft, shows_from=then + late, shows_until=until + late if until else None)


def _targets(session: Session, said: Said) -> Targets | None:
    if not said.groups and not said.screens:
        return None
    return targets_of(
        [int(group_key(session, each)) for each in said.groups],
        [screen_named(session, each).id for each in said.screens],
    )
