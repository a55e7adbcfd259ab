"""Screens that say what they show: what tests of receipts start from."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from signage.actions.screens import ScreenDraft, add_screen
from signage.actions.see import see
from signage.actions.sights import Confirmed, Sight
from signage.models import Database, Feed, Recall, Receipt

SECRET = "a key that only this test knows, long enough"


def screen(database: Database, name: str = "Canteen", *, at: datetime) -> int:
    """A new screen that nobody has heard of yet."""
    return add_screen(database, SECRET, ScreenDraft(name, site="Solna"), at=at)[0]


def heads(database: Database) -> dict[str, tuple[str, int]]:
    """Where each feed is: what a screen shows that has painted everything."""
    with database.read() as session:
        rows = session.execute(select(Feed.name, Feed.epoch, Feed.rev))
        return {name: (epoch, rev) for name, epoch, rev in rows}


def says(
    database: Database,
    *screens: int,
    at: datetime,
    painted: Mapping[str, tuple[str, int]] | None = None,
    edition: int = 0,
    whole: bool = False,
    holds: frozenset[str] | None = None,
) -> list[Confirmed]:
    """Each of these screens says what it shows; everything, where nothing else is given. holds: the
    only feeds of which it may hold something."""
    shown = heads(database) if painted is None else painted
    sight = Sight(at, shown, edition, None, whole, holds)
    return see(database, dict.fromkeys(screens, sight), {})[1]


def is_there(database: Database, *screens: int, at: datetime) -> None:
    """Each of these screens is in contact, and says nothing of what it shows."""
    says(database, *screens, at=at, painted={})


def receipts(database: Database) -> dict[tuple[str, int], datetime]:
    """(cause, screen) → when it was confirmed."""
    with database.read() as session:
        rows = session.execute(
            select(Recall.cause, Receipt.screen_id, Receipt.confirmed_at).join(
                Recall, Recall.id == Receipt.recall_id
            )
        )
        return {(cause, screen_id): at for cause, screen_id, at in rows}


def recalls(database: Database) -> list[Recall]:
    """All recalls, the oldest first."""
    with database.read() as session:
        return list(session.scalars(select(Recall).order_by(Recall.id)))
