"""What tests of commands begin with, and look at afterwards."""

from sqlalchemy import select

from signage import clock
from signage.actions import screens
from signage.actions.screens import ScreenDraft
from signage.models import AuditEntry, Database, Screen
from tests.test_cli import KEY


def added(kept: Database, name: str = "Canteen", **chosen: object) -> int:
    """A screen; gives its number."""
    draft = ScreenDraft(name, **{"site": "Solna", **chosen})  # type: ignore[arg-type]
    return screens.add_screen(kept, KEY, draft, at=clock.now())[0]


def screen(kept: Database, number: int) -> Screen:
    """As it is kept."""
    with kept.read() as session:
        return session.get_one(Screen, number)


def noted(kept: Database) -> tuple[str, str, str]:
    """The last entry of the audit log: act, about, detail; no person did it."""
    with kept.read() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last is not None
    assert last.user_id is None
    return last.act, last.about, last.detail
