"""Letting walls in: a signed link for each, made on the desk, good for its own content only."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import available_timezones

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import func, select, update

from signage.actions.audit import note
from signage.actions.editions import latest_edition, note_edition
from signage.core.text import one_line
from signage.core.tokens import new_token, token_hash
from signage.errors import Invalid, NotFound, Problem, Refused
from signage.models import Database, Recall, Screen
from signage.words import LANGUAGES, N_

THEMES = {
    "auto": N_("By daylight"),
    "ink": N_("Ink (dark)"),
    "paper": N_("Paper (light)"),
}
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_A_TIME = N_("A time such as 22:30.")


@dataclass(frozen=True, slots=True)
class ScreenDraft:
    """How a screen is set up; diagonal in inches, distance of the nearest reader in metres."""

    name: str
    site: str = ""
    locale: str = "en"
    timezone: str = "Europe/Stockholm"
    theme: str = "auto"
    motion: bool = True
    diagonal_inch: int = 55
    distance_m: int = 4
    night_from: str = ""
    night_to: str = ""
    night_percent: int = 20


def add_screen(
    database: Database,
    secret_key: str,
    draft: ScreenDraft,
    *,
    at: datetime,
    user_id: int | None = None,
) -> tuple[int, str]:
    """A new screen: its id, and the key of its link, which is told once and never again."""
    draft = _checked(draft)
    with database.write() as session:
        screen = Screen(
            **{name: getattr(draft, name) for name in ScreenDraft.__dataclass_fields__},
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
    draft = _checked(draft)
    with database.write() as session:
        screen = session.get(Screen, screen_id)
        if screen is None:
            raise NotFound
        for name in ScreenDraft.__dataclass_fields__:
            setattr(screen, name, getattr(draft, name))
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


def _checked(draft: ScreenDraft) -> ScreenDraft:
    name, site = one_line(draft.name), one_line(draft.site)
    problems = [
        Problem("missing", N_("Give the screen a name."), "name") if not name else None,
        _unless(len(name) <= 80, "too-long", N_("At most {most} characters."), "name"),
        _unless(len(site) <= 80, "too-long", N_("At most {most} characters."), "site"),
        _unless(
            draft.locale in LANGUAGES, "unknown", N_("Choose a language from the list."), "locale"
        ),
        _unless(
            draft.timezone in available_timezones(),
            "unknown",
            N_("Choose a time zone such as {example}."),
            "timezone",
        ),
        _unless(draft.theme in THEMES, "unknown", N_("Choose a theme from the list."), "theme"),
        _unless(
            5 <= draft.diagonal_inch <= 200,
            "out-of-range",
            N_("A diagonal from 5 to 200 inches."),
            "diagonal_inch",
        ),
        _unless(
            1 <= draft.distance_m <= 50,
            "out-of-range",
            N_("A distance from 1 to 50 metres."),
            "distance_m",
        ),
        *_night_problems(draft),
    ]
    if found := [problem for problem in problems if problem]:
        raise Invalid(found)
    return replace(draft, name=name, site=site)


def _night_problems(draft: ScreenDraft) -> list[Problem | None]:
    times = (draft.night_from, draft.night_to)
    return [
        *(
            _unless(not at or _TIME.fullmatch(at) is not None, "unknown", _A_TIME, field)
            for at, field in zip(times, ("night_from", "night_to"), strict=True)
        ),
        _unless(
            bool(times[0]) == bool(times[1]) and (times[0] != times[1] or not times[0]),
            "missing",
            N_("A night has a beginning and another end; leave both empty for none."),
            "night_to",
        ),
        _unless(
            0 <= draft.night_percent <= 90,
            "out-of-range",
            N_("A brightness from 0 to 90 percent."),
            "night_percent",
        ),
    ]


def _unless(fine: bool, code: str, text: str, field: str) -> Problem | None:
    return None if fine else Problem(code, text, field, {"most": 80, "example": "Europe/Oslo"})
