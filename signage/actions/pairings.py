"""Pairing: a new player shows a code, a person confirms it, the player gets its token.

The code alone gives nothing: the token goes to whoever holds the secret that was given with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from signage.actions.agents import end_agent_in
from signage.actions.audit import note
from signage.actions.devices import device_for, give_token
from signage.actions.editions import note_edition
from signage.actions.former import note_former
from signage.actions.screen_keys import no_link
from signage.actions.screens import new_screen
from signage.actions.setup_of_screens import ScreenDraft, checked
from signage.core.pairing import LASTS, Looks, new_code
from signage.core.tokens import new_token, token_hash
from signage.errors import Conflict, NotFound, Refused
from signage.models import Database, Pairing, Screen
from signage.models.pairing import looks_of, pairing_of

MOST = 5000
"""Players that may show a code at the same time."""
MOST_OF_ONE = 200
"""The same of one network, so that nobody takes all places: as wide as the one that is shown, since
whoever has an address of IPv6 has any number of them."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What a player is told: the code is shown, the secret is not."""

    code: str
    secret: str


def begin(database: Database, looks: Looks, *, at: datetime) -> Begun:
    """A code for a new player. Raises Refused with "full" where too many wait, of its network or of
    all."""
    begun = Begun(new_code(), new_token())
    with database.write() as session:
        session.execute(delete(Pairing).where(Pairing.expires_at <= at))
        _refuse_where_full(session, looks.network)
        session.add(
            Pairing(
                code=begun.code, secret_hash=token_hash(begun.secret), looks=looks.as_json(),
                made_at=at, expires_at=at + LASTS,
            )
        )  # fmt: skip
        try:
            session.flush()
        except IntegrityError as error:  # one chance in ten million: the player asks again
            raise Conflict from error
    return begun


def _refuse_where_full(session: Session, network: str) -> None:
    """By those that wait for somebody; who was confirmed takes no place."""
    of_one = Pairing.looks["network"].as_string() == network
    all_, here = session.execute(
        select(func.count(), func.count().filter(of_one)).where(Pairing.screen_id.is_(None))
    ).one()
    if all_ >= MOST or here >= MOST_OF_ONE:
        raise Refused("full")


def pair_new(
    database: Database,
    code: str,
    draft: ScreenDraft,
    *,
    user_id: int | None,
    at: datetime,
    by: str = "",
) -> int:
    """The player that shows this code becomes a new screen: its id. Raises Invalid, NotFound. `by`
    says in the audit log what confirmed it, where it was no person."""
    draft = checked(draft)

    def anew(session: Session) -> Screen:
        return new_screen(session, draft, at=at)

    return _confirm(database, code, anew, user_id=user_id, at=at, by=by)


def pair_again(
    database: Database,
    code: str,
    screen_id: int,
    *,
    user_id: int | None,
    at: datetime,
    by: str = "",
) -> int:
    """It becomes a screen that is there already, whose device so far is cut off."""

    def again(session: Session) -> Screen:
        screen = session.get(Screen, screen_id)
        if screen is None:
            raise NotFound
        # What came by link before is let in as it was, and may be what broke.
        note_former(session, screen, at)
        if screen.revoked_at is not None:  # its old link stays ended
            screen.revoked_at, screen.key_hash = None, no_link()
        note_edition(session, "paired", at=at, screen_id=screen_id, user_id=user_id)
        return screen

    return _confirm(database, code, again, user_id=user_id, at=at, by=by)


def _confirm(
    database: Database,
    code: str,
    screen_for: Callable[[Session], Screen],
    *,
    user_id: int | None,
    at: datetime,
    by: str,
) -> int:
    with database.write() as session:
        pairing = pairing_of(session, code, at)
        if pairing is None:
            raise NotFound
        screen = screen_for(session)
        device_for(session, screen.id, looks_of(pairing.looks), at=at)
        # That of the device so far.
        end_agent_in(session, screen.id, at=at, user_id=user_id, by=by)
        confirmed = session.execute(
            update(Pairing)
            .where(Pairing.id == pairing.id, Pairing.screen_id.is_(None))
            .values(screen_id=screen.id)
            .returning(Pairing.id)
        ).all()
        if len(confirmed) != 1:
            raise Conflict
        # Whoever was confirmed as the same screen before, and has not come since, comes too late.
        session.execute(
            delete(Pairing).where(Pairing.screen_id == screen.id, Pairing.id != pairing.id)
        )
        about = f"screen {screen.id}"
        note(session, "screen-paired", user_id=user_id, about=about, detail=by, at=at)
        return screen.id


def claim(database: Database, secret_key: str, secret: str, *, at: datetime) -> str | None:
    """The token for the player that holds this secret; None while nobody has confirmed its code.
    Asked again it is another: an answer may get lost. Raises NotFound once the code has run out or
    its player was let in."""
    hashed = token_hash(secret)
    with database.read() as session:
        found = session.execute(
            select(Pairing.screen_id).where(Pairing.secret_hash == hashed, Pairing.expires_at > at)
        ).one_or_none()
    if found is None:
        raise NotFound
    if found.screen_id is None:
        return None
    with database.write() as session:
        if session.scalar(select(Pairing.id).where(Pairing.secret_hash == hashed)) is None:
            raise NotFound
        return give_token(session, secret_key, found.screen_id, at=at)


def forget_pairings(database: Database, *, at: datetime) -> None:
    """Codes that have run out."""
    with database.write() as session:
        session.execute(delete(Pairing).where(Pairing.expires_at <= at))
