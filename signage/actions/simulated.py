"""Screens that are only simulated, for demos and load: made and removed together. Those of the
command are known by their site; others, such as the demo's walls, are not its own."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from signage.actions.audit import note
from signage.actions.editions import latest_edition
from signage.actions.screen_keys import signed_token
from signage.actions.setup_of_screens import ScreenDraft, fields_of
from signage.core.tokens import new_token, token_hash
from signage.models import Database, Recall, Screen, preferences

MOST = 5_000
SITE = "Simulated"
AT_ONCE = 200
"""Screens in one transaction: a server that runs has its turn between two of them."""


def simulated_keys(
    database: Database, secret_key: str, many: int, *, counted: bool, at: datetime
) -> dict[int, str]:
    """So many simulated screens of the command, those that there are first: id → the key of a new
    link; their earlier links end. counted: they are in receipts like others."""
    with database.write() as session:
        ids = list(session.scalars(_own().order_by(Screen.id).limit(many)))
        note(session, "screen-link-made", user_id=None, about=f"{many} simulated screens", at=at)
    keys = _linked_anew(database, secret_key, ids, counted=counted)
    while len(keys) < many:
        with database.write() as session:
            for screen in _made(session, min(AT_ONCE, many - len(keys)), len(keys), at):
                screen.counted = counted
                keys |= _linked(screen, secret_key)
    return keys


def keys_of_others(database: Database, secret_key: str, *, at: datetime) -> dict[int, str]:
    """New links of the simulated screens that are not the command's: id → key. They count."""
    with database.write() as session:
        others = select(Screen.id).where(Screen.simulated, Screen.site != SITE)
        ids = list(session.scalars(others.order_by(Screen.id)))
        if ids:
            about = f"{len(ids)} simulated screens"
            note(session, "screen-link-made", user_id=None, about=about, at=at)
    return _linked_anew(database, secret_key, ids, counted=True)


def remove_simulated(database: Database, *, at: datetime) -> int:
    """Remove the command's simulated screens with what they said; gives how many."""
    removed = 0
    while True:
        with database.write() as session:
            ids = session.scalars(_own().limit(AT_ONCE)).all()
            if not ids:
                if removed:
                    about = f"{removed} simulated screens"
                    note(session, "screen-link-revoked", user_id=None, about=about, at=at)
                return removed
            session.execute(delete(Screen).where(Screen.id.in_(ids)))
            removed += len(ids)


def _own() -> Select[int]:
    return select(Screen.id).where(Screen.simulated, Screen.site == SITE)


def _linked_anew(
    database: Database, secret_key: str, ids: Sequence[int], *, counted: bool
) -> dict[int, str]:
    keys: dict[int, str] = {}
    for first in range(0, len(ids), AT_ONCE):
        with database.write() as session:
            some = select(Screen).where(Screen.id.in_(ids[first : first + AT_ONCE]))
            for screen in session.scalars(some):
                screen.counted, screen.revoked_at = counted, None
                keys |= _linked(screen, secret_key)
    return keys


def _made(session: Session, many: int, before: int, at: datetime) -> Iterator[Screen]:
    chosen = preferences(session)
    # It owes nothing for what happened before it.
    settled = session.scalar(select(func.max(Recall.id))) or 0
    seen = latest_edition(session)
    screens = [
        Screen(
            **fields_of(session, ScreenDraft(
                f"Simulated {before + number}", SITE, chosen.language, chosen.timezone
            )),
            key_hash=token_hash(new_token()), created_at=at, simulated=True,
            settled_recall_id=settled, seen_edition_id=seen,
        )
        for number in range(1, many + 1)
    ]  # fmt: skip
    session.add_all(screens)
    session.flush()
    yield from screens


def _linked(screen: Screen, secret_key: str) -> dict[int, str]:
    key = signed_token(secret_key, screen.id)
    screen.key_hash = token_hash(key)
    return {screen.id: key}
