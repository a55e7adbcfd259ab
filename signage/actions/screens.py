"""Letting walls in: a signed link for each, made on the desk, good for its own content only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from signage.actions.audit import note
from signage.actions.editions import latest_edition, note_edition
from signage.actions.former import note_former
from signage.actions.screen_keys import has_link, is_from_later, linked, no_link, signed_token
from signage.actions.setup_of_screens import (
    ScreenDraft,
    checked,
    draft_of,
    fields_of,
    setup_seen,
)
from signage.core.seen import check_seen
from signage.core.tokens import token_hash
from signage.errors import NotFound, Refused
from signage.models import Agent, Database, Device, Pairing, Recall, Screen

__all__ = [
    "ScreenDraft", "add_screen", "change_screen", "let_in", "linked", "new_screen", "renew_link",
    "revoke_screen", "screen_of",
]  # fmt: skip


def add_screen(
    database: Database,
    secret_key: str,
    draft: ScreenDraft,
    *,
    at: datetime,
    user_id: int | None = None,
    by: str = "",
) -> tuple[int, str]:
    """A new screen: its id, and the key of its link, which is told once and never again. Here and
    below `by` says in the audit log what did it, where it was no person."""
    draft = checked(draft)
    with database.write() as session:
        screen = new_screen(session, draft, at=at)
        key = signed_token(secret_key, screen.id)
        screen.key_hash = token_hash(key)
        about = f"screen {screen.id}"
        note(session, "screen-link-made", user_id=user_id, about=about, detail=by, at=at)
        return screen.id, key


def new_screen(session: Session, draft: ScreenDraft, *, at: datetime) -> Screen:
    """A new screen that nothing lets in yet; the draft is a checked one."""
    screen = Screen(
        **fields_of(session, draft),
        key_hash=no_link(),
        created_at=at,
        # It owes nothing for what happened before it.
        settled_recall_id=session.scalar(select(func.max(Recall.id))) or 0,
        seen_edition_id=latest_edition(session),
    )
    session.add(screen)
    session.flush()
    return screen


def renew_link(
    database: Database,
    secret_key: str,
    screen_id: int,
    *,
    at: datetime,
    user_id: int | None = None,
    by: str = "",
) -> str:
    """A new link for a screen; the old one ends."""
    key = signed_token(secret_key, screen_id)
    with database.write() as session:
        screen = session.get(Screen, screen_id)
        if screen is None:
            raise NotFound
        if screen.revoked_at is not None or has_link(screen):  # its device stays let in
            note_former(session, screen, at)
        screen.key_hash, screen.revoked_at = token_hash(key), None
        note_edition(session, "link", at=at, screen_id=screen_id, user_id=user_id)
        about = f"screen {screen_id}"
        note(session, "screen-link-made", user_id=user_id, about=about, detail=by, at=at)
    return key


def change_screen(
    database: Database,
    screen_id: int,
    draft: ScreenDraft,
    *,
    at: datetime,
    user_id: int | None = None,
    by: str = "",
    seen: str | None = None,
) -> None:
    """Set a screen up differently; its link stays. Raises Conflict where it is set up otherwise
    than was `seen` (`setup_seen`)."""
    draft = checked(draft)
    with database.write() as session:
        screen = session.get(Screen, screen_id)
        if screen is None:
            raise NotFound
        check_seen(seen, setup_seen(draft_of(screen)))
        for name, value in fields_of(session, draft).items():
            setattr(screen, name, value)
        if session.is_modified(screen):
            note_edition(session, "screen", at=at, screen_id=screen_id, user_id=user_id)
            about = f"screen {screen_id}"
            note(session, "screen-changed", user_id=user_id, about=about, detail=by, at=at)


def revoke_screen(
    database: Database, screen_id: int, *, at: datetime, user_id: int | None = None, by: str = ""
) -> None:
    """End a screen's link, its device and its agent: the wall shows nothing more, and nothing lets
    it in again but a new link or pairing."""
    with database.write() as session:
        revoked = session.execute(
            update(Screen)
            .where(Screen.id == screen_id, Screen.revoked_at.is_(None))
            .values(revoked_at=at)
            .returning(Screen.id)
        ).all()
        if revoked:
            session.execute(delete(Device).where(Device.screen_id == screen_id))
            session.execute(delete(Agent).where(Agent.screen_id == screen_id))
            session.execute(delete(Pairing).where(Pairing.screen_id == screen_id))
            note_edition(session, "revoked", at=at, screen_id=screen_id, user_id=user_id)
            about = f"screen {screen_id}"
            note(session, "screen-link-revoked", user_id=user_id, about=about, detail=by, at=at)


@dataclass(frozen=True, slots=True)
class Admission:
    """A screen that was let in. `by` is the link or the device that its key belongs to; `shown`
    the hash of a token that a device was given last, and comes with for the first time."""

    screen: Screen
    by: str
    is_device: bool = False
    shown: str | None = None
    issued_at: datetime | None = None
    era: int = 0
    """Of its device."""
    page: str = ""
    """Of its device's players the one that came last."""
    must_renew: bool = False
    """It alone may stay, and shares its token with another device until it has a new one."""


def screen_of(database: Database, secret_key: str, key: object) -> Screen:
    """The screen that a key lets in. Raises Refused with "unknown" or "revoked"."""
    screen_id = linked(secret_key, key)
    with database.read() as session:
        return let_in(session.get(Screen, screen_id), session.get(Device, screen_id), key).screen


def let_in(screen: Screen | None, device: Device | None, key: object, page: str = "") -> Admission:
    """Who holds this key, if it is the screen's link of now or a token of its device. Raises
    Refused with "unknown" or "revoked"."""
    if screen is None:
        raise Refused("unknown")
    hashed = token_hash(str(key))
    if screen.revoked_at is None and hashed == screen.key_hash:
        return Admission(screen, by_link(screen))
    tokens = {device.token_hash, device.next_hash} if device else set()
    if screen.revoked_at is not None or device is None:
        raise Refused("revoked")
    if hashed not in tokens:
        raise Refused("unknown" if is_from_later(device, key) else "revoked")
    shown = hashed if hashed == device.next_hash else None
    if device.only_page not in {"", page} and shown is None:
        raise Refused("revoked")
    return Admission(
        screen, by_device(device), True, shown, device.issued_at, device.era, device.page,
        must_renew=bool(device.only_page) and shown is None,
    )  # fmt: skip


def by_link(screen: Screen) -> str:
    """What lets walls of the screen's link of now in."""
    return screen.key_hash


def by_device(device: Device) -> str:
    """The same for players of its device, until it is paired anew or settled."""
    return f"device {device.era}"
