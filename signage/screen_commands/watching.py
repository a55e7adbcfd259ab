"""`signage watch …`: which screens are dark, which were, and how much of their hours they were
on."""

from collections.abc import Iterator
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from signage import clock
from signage.cli import commands, with_database
from signage.models import Database, Outage, Screen
from signage.models.screens import States
from signage.models.uptimes import by_site, uptimes
from signage.models.watched import count_watched, dark_now, looked_at, outages_before
from signage.screen_commands.found import screen_named
from signage.screen_commands.telling import AS_JSON, moment, tell_json, tell_row
from signage.settings import Settings
from signage.web.api_watch import outage_told, shares_told

AT_ONCE = 500
MOST_DARK = 10_000


@commands.group()
def watch() -> None:
    """The watch over the screens."""


@watch.command("show")
@AS_JSON
@with_database
def watch_show(settings: Settings, database: Database, as_json: bool) -> None:  # noqa: ARG001 - all commands take both
    """Print how many screens are in which state, and those that are dark: number, since, site,
    name. Dark is what the server has noticed: it looks every few seconds."""
    with database.read() as session:
        looked = looked_at(session)
        counts = count_watched(session, States(session, clock.now()))
        dark = [
            {"screen": screen.id, "name": screen.name, "site": screen.site,
             "since": moment(outage.since)}
            for outage, screen in dark_now(session, size=MOST_DARK)
        ]  # fmt: skip
    if as_json:
        tell_json({"looked_at": moment(looked), "screens": counts, "dark": dark})
        return
    tell_row("looked at", moment(looked))
    for state, screens in counts.items():
        tell_row(state, screens)
    if dark:
        click.echo()
    for each in dark:
        tell_row(each["screen"], each["since"], each["site"], each["name"])


@watch.command("outages")
@click.option("--open/--over", "is_open", default=None, help="Only those that last, or do not.")
@click.option("--screen", "which", help="Only of this screen, by number or name.")
@click.option("--site", help="Only at this site.")
@click.option("--most", type=click.IntRange(1), default=100, show_default=True, help="How many.")
@AS_JSON
@with_database
def watch_outages(
    settings: Settings,  # noqa: ARG001 - all commands take both
    database: Database,
    which: str | None,
    most: int,
    as_json: bool,
    **asked: Any,  # noqa: ANN401 - what the options are
) -> None:
    """Print when screens were dark, the latest first: number, from, to, screen, site, name."""
    with database.read() as session:
        number = None if which is None else screen_named(session, which).id
        found = list(_outages(session, most, screen_id=number, **asked))
    if as_json:
        tell_json([outage_told(each) for each, _ in found])
        return
    for each, name in found:
        until = moment(each.ended_at or each.back_at)
        tell_row(each.id, moment(each.since), until, each.screen_id, each.site, name)


@watch.command("uptime")
@click.option("--site", help="Only of this site.")
@click.option("--sites", "of_sites", is_flag=True, help="Of each site in place of each screen.")
@AS_JSON
@with_database
def watch_uptime(
    settings: Settings,  # noqa: ARG001 - all commands take both
    database: Database,
    site: str | None,
    of_sites: bool,
    as_json: bool,
) -> None:
    """Print how much of their hours screens were on, in a day, a week and 30 days: number, these
    three, site, name; of sites how many screens, these three, site."""
    with database.read() as session:
        lines = uptimes(session, at=clock.now(), site=site)
    found: list[dict[str, Any]] = [
        {"screens": line.screens, "site": line.site, "on": shares_told(line)} if of_sites
        else {"id": line.id, "name": line.name, "site": line.site, "on": shares_told(line)}
        for line in (by_site(lines) if of_sites else lines)
    ]  # fmt: skip
    if as_json:
        tell_json(found)
        return
    for each in found:
        first, last = ("screens", ()) if of_sites else ("id", (each["name"],))
        tell_row(each[first], *map(_percent, each["on"].values()), each["site"], *last)


def _outages(session: Session, most: int, **asked: Any) -> Iterator[tuple[Outage, str | None]]:  # noqa: ANN401 - as above
    """Each with its screen's name; page by page, since there may be many."""
    before = None
    while most > 0 and (page := outages_before(session, before, size=min(most, AT_ONCE), **asked)):
        ids = {each.screen_id for each in page}
        rows = session.execute(select(Screen.id, Screen.name).where(Screen.id.in_(ids)))
        names: dict[int, str] = dict(rows.all())
        yield from ((each, names.get(each.screen_id)) for each in page)
        before, most = page[-1].id, most - len(page)


def _percent(share: float | None) -> str | None:
    """Of all digits two; never rounded up to all of it."""
    return None if share is None else f"{(share if share == 1 else min(share, 0.9999)):.2%}"
