"""`signage watch plays`: what screens have shown, as CSV."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import click

from signage import clock
from signage.actions.export import note_plays_export
from signage.cli import with_database
from signage.models import Database, preferences
from signage.models.proof import Sought
from signage.models.proof_csv import csv_of
from signage.screen_commands.found import screen_named
from signage.screen_commands.telling import BY
from signage.screen_commands.watching import watch
from signage.settings import Settings
from signage.web.plays import USUAL

DAY = click.DateTime(["%Y-%m-%d"])


@watch.command("plays")
@click.option("--by", type=click.Choice(["scene", "item"]), default="scene", show_default=True,
              help="Scenes by hours, or items by days.")  # fmt: skip
@click.option("--screen", "which", help="Only of this screen, by number or name.")
@click.option("--site", help="Only at this site.")
@click.option("--name", help="A scene such as notice, or an item such as q12.")
@click.option("--from", "first", type=DAY, help="The first day; seven days ago if not said.")
@click.option("--to", "last", type=DAY, help="The last day; today if not said.")
@with_database
def watch_plays(
    settings: Settings,  # noqa: ARG001 - all commands take both
    database: Database,
    by: str,
    which: str | None,
    first: datetime | None,
    last: datetime | None,
    **only: str | None,
) -> None:
    """Print what screens have shown as CSV, the oldest first. It is noted in the audit log. Days
    are the company's; of items, UTC's."""
    by_item, now = by == "item", clock.now()
    with database.read() as session:
        number = None if which is None else screen_named(session, which).id
        zone = ZoneInfo("UTC" if by_item else preferences(session).timezone)
    wanted = Sought(
        since=_midnight(first.date(), zone) if first else now - USUAL,
        before=_midnight(last.date(), zone, days=1) if last else now + timedelta(days=1),
        by_item=by_item, screen_id=number, **only,
    )  # fmt: skip
    said = {
        "by": by, "screen": number, "name": only["name"], "from": first and first.date(),
        "to": last and last.date(),
    }  # fmt: skip
    what = " ".join(f"{name}={value}" for name, value in said.items() if value)
    note_plays_export(database, what=what, user_id=None, at=now, by=BY)
    for text in csv_of(database, wanted):
        click.echo(text.replace("\r\n", "\n"), nl=False)


def _midnight(day: date, zone: ZoneInfo, *, days: int = 0) -> datetime:
    """When a day begins, or one so many days later."""
    day = min(max(day, date.min + timedelta(3)), date.max - timedelta(3))
    return datetime.combine(day + timedelta(days=days), time(), zone).astimezone(UTC)
