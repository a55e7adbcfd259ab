"""Choosing keys."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from signage.core.shortcuts import OFF, check
from signage.models import Database, Shortcuts


def choose_keys(
    database: Database, user_id: int, wanted: Mapping[str, str], *, off: bool = False
) -> None:
    """Keep a person's keys; raises Invalid where they conflict, and keeps nothing of them."""
    kept = check(wanted, off=off)
    with database.write() as session:
        _keep(session, user_id, kept)


def switch_keys(database: Database, user_id: int, *, off: bool) -> None:
    """Switch all single keys off, or on; which deed has which key stays."""
    with database.write() as session:
        chosen = {deed: key for deed, key in chosen_keys(session, user_id).items() if deed != OFF}
        _keep(session, user_id, {**chosen, OFF: "yes"} if off else chosen)


def chosen_keys(session: Session, user_id: int) -> Mapping[str, str]:
    """What a person chose in place of the usual keys."""
    row = session.get(Shortcuts, user_id)
    return row.keys if row else {}


def _keep(session: Session, user_id: int, keys: dict[str, str]) -> None:
    row = session.get(Shortcuts, user_id)
    if row is None:
        session.add(Shortcuts(user_id=user_id, keys=keys))
    else:
        row.keys = keys
