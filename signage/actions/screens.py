"""Letting walls in: a signed link for each, made on the desk, good for its own content only."""

from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import func, select, update

from signage.actions.audit import note
from signage.actions.editions import latest_edition, note_edition
from signage.actions.setup_of_screens import ScreenDraft, checked, fields_of
from signage.core.tokens import new_token, token_hash
from signage.errors import NotFound, Refused
from signage.models import Database, Recall, Screen

__all__ = [
    "ScreenDraft",
    "add_screen",
    "change_screen",
    "let_in",
    "linked",
    "renew_link",
    "revoke_screen",
    "screen_of",
]


def add_screen(
    database: Database,
    secret_key: str,
    draft: ScreenDraft,
    *,
    at: datetime,
    user_id: int | None = None,
) -> tuple[int, str]:
    """A new screen: its id, and the key of its link, which is told once and never again."""
    draft = checked(draft)
    with database.write() as session:
        screen = Screen(
            **fields_of(session, draft),
            key_hash=token_hash(new_token()),
            created_at=at,
            # It owes nothing for what happened before it.
            settled_recall_id=session.scalar(select(func.max(Recall.id))) or 0,
            seen_edition_id=latest_edition(session),
        )
        session.add(screen)
        session.flush()
        key = _signer(secret_key).dumps([screen.id, new_token()])
        screen.key_hash = token_hash(str(key))
        about = f"screen {screen.id}"
        note(session, "screen-link-made", user_id=user_id, about=about, at=at)
        return screen.id, str(key)


def renew_link(
    database: Database,
    secret_key: str,
    screen_id: int,
    *,
    at: datetime,
    user_id: int | None = None,
) -> str:
    """A new link for a screen; the old one ends."""
    key = str(_signer(secret_key).dumps([screen_id, new_token()]))
    with database.write() as session:
        changed = session.execute(
            update(Screen)
            .where(Screen.id == screen_id)
            .values(key_hash=token_hash(key), revoked_at=None)
            .returning(Screen.id)
        ).all()
        if not changed:
            raise NotFound
        note_edition(session, "link", at=at, screen_id=screen_id, user_id=user_id)
        about = f"screen {screen_id}"
        note(session, "screen-link-made", user_id=user_id, about=about, at=at)
    return key


def change_screen(
    database: Database,
    screen_id: int,
    draft: ScreenDraft,
    *,
    at: datetime,
    user_id: int | None = None,
) -> None:
    """Set a screen up differently; its link stays."""
    draft = checked(draft)
    with database.write() as session:
        screen = session.get(Screen, screen_id)
        if screen is None:
            raise NotFound
        for name, value in fields_of(session, draft).items():
            setattr(screen, name, value)
        if session.is_modified(screen):
            note_edition(session, "screen", at=at, screen_id=screen_id, user_id=user_id)


def revoke_screen(
    database: Database, screen_id: int, *, at: datetime, user_id: int | None = None
) -> None:
    """End a screen's link: the wall goes blank, and nothing lets it in again but a new link."""
    with database.write() as session:
        revoked = session.execute(
            update(Screen)
            .where(Screen.id == screen_id, Screen.revoked_at.is_(None))
            .values(revoked_at=at)
            .returning(Screen.id)
        ).all()
        if revoked:
            note_edition(session, "revoked", at=at, screen_id=screen_id, user_id=user_id)
            about = f"screen {screen_id}"
            note(session, "screen-link-revoked", user_id=user_id, about=about, at=at)


def screen_of(database: Database, secret_key: str, key: object) -> Screen:
    """The screen that a key lets in. Raises Refused with "unknown" or "revoked"."""
    screen_id = linked(secret_key, key)
    with database.read() as session:
        return let_in(session.get(Screen, screen_id), key)


def linked(secret_key: str, key: object) -> int:
    """The id of the screen that a key was made for. Raises Refused with "unknown"."""
    try:
        screen_id, _ = _signer(secret_key).loads(str(key)[:500])
        return int(screen_id)
    except (BadSignature, ValueError, TypeError) as error:
        raise Refused("unknown") from error


def let_in(screen: Screen | None, key: object) -> Screen:
    """The screen, if this key is its link of now. Raises Refused with "unknown" or "revoked"."""
    if screen is None:
        raise Refused("unknown")
    if screen.revoked_at is not None or screen.key_hash != token_hash(str(key)):
        raise Refused("revoked")
    return screen


def _signer(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="wall")
