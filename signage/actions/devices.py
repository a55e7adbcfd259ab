"""Devices of paired screens: their tokens, and what becomes of two with the same one."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from signage.actions.agents import end_agent_in
from signage.actions.audit import note
from signage.actions.editions import note_edition
from signage.actions.former import note_former
from signage.actions.screen_keys import signed_token
from signage.core.pairing import Looks
from signage.core.tokens import token_hash
from signage.errors import Conflict, NotFound
from signage.models import Database, Device, Pairing, Screen

RENEW = timedelta(hours=24)
"""A token that is older is renewed while its player is there."""
FIRST_ERAS = 2**30


@dataclass(frozen=True, slots=True)
class Heard:
    """A player that was heard: `page` is the word that its page made up for itself, `era` that of
    the device that it was let in as. What is told of an era that is over is not written."""

    page: str
    looks: Looks
    era: int = 0


def device_for(session: Session, screen_id: int, looks: Looks, *, at: datetime) -> Device:
    """A screen's device, without a token yet; whatever drove it before is let in no more."""
    device = session.get(Device, screen_id)
    if device is None:
        # By chance: a device that was revoked may have been here before, and is not this one.
        device = Device(screen_id=screen_id, era=secrets.randbelow(FIRST_ERAS))
        session.add(device)
    device.era += 1
    device.token_hash = device.next_hash = device.came_at = None
    device.page = device.only_page = ""
    device.issued_at, device.looks = at, looks.as_json()
    _forget_other(device)
    session.flush()
    return device


def give_token(session: Session, secret_key: str, screen_id: int, *, at: datetime) -> str:
    """The first token of a device that was just paired."""
    device = session.get(Device, screen_id)
    if device is None:
        raise NotFound
    token = signed_token(secret_key, screen_id, at)
    device.token_hash, device.next_hash, device.issued_at = token_hash(token), None, at
    return token


def renew_tokens(
    database: Database, secret_key: str, players: Collection[tuple[int, int]], *, at: datetime
) -> dict[tuple[int, int], str]:
    """A new token for each device, by screen id and era, whose era has not passed; the old one
    holds until the new one was used."""
    tokens: dict[tuple[int, int], str] = {}
    with database.write() as session:
        for device in _devices(session, {screen_id for screen_id, _ in players}):
            if (player := (device.screen_id, device.era)) in players:
                tokens[player] = signed_token(secret_key, device.screen_id, at)
                device.next_hash = token_hash(tokens[player])
    return tokens


def begin_new_tokens(database: Database, hashes: Mapping[int, str], *, at: datetime) -> None:
    """Devices came with the token that they were given last: the one before it ends. `hashes`:
    screen id → hash of the token that was shown."""
    with database.write() as session:
        for screen_id, hashed in hashes.items():
            session.execute(
                update(Device)
                .where(Device.screen_id == screen_id, Device.next_hash == hashed)
                .values(token_hash=hashed, next_hash=None, only_page="", issued_at=at)
            )


def note_arrivals(database: Database, heard: Mapping[int, Heard], *, at: datetime) -> None:
    """Players came: each is the last of its screen's. A code that was confirmed is then used up."""
    with database.write() as session:
        there = [each for each in _devices(session, heard) if each.era == heard[each.screen_id].era]
        came = {device.screen_id for device in there}
        session.execute(delete(Pairing).where(Pairing.screen_id.in_(came)))
        for device in there:
            one = heard[device.screen_id]
            device.page, device.came_at, device.heard_at = one.page, at, at
            # What it said when it was paired, of its browser too, stays where it says no more now.
            device.looks = {**device.looks, **_said(one.looks)}


def note_others(database: Database, heard: Mapping[int, Iterable[Heard]], *, at: datetime) -> None:
    """Players were heard of screens that have two of them."""
    with database.write() as session:
        for device in _devices(session, heard):
            for one in heard[device.screen_id]:
                if one.era != device.era:
                    continue
                if one.page == device.page:
                    device.heard_at = at
                else:
                    device.other_page, device.other_heard_at = one.page, at
                    device.other_looks = one.looks.as_json()


def settle(
    database: Database,
    screen_id: int,
    stays: str,
    *,
    at: datetime,
    user_id: int | None = None,
    by: str = "",
) -> None:
    """Of two players with one token this one stays; the other is cut off, and shows a code. `by`
    says in the audit log what said so, where it was no person. Raises Conflict where they are not
    the two any more."""
    with database.write() as session:
        device = session.get(Device, screen_id)
        if device is None:
            raise NotFound
        if not stays or stays not in {device.page, device.other_page}:
            raise Conflict
        if stays == device.other_page:
            device.looks, device.page = device.other_looks, stays
        device.era, device.only_page = device.era + 1, stays
        # Both may hold one that was given before: it would let the other in.
        device.next_hash = None
        _forget_other(device)
        note_former(session, session.get_one(Screen, screen_id), at)
        # On which of the two its agent is, nobody knows.
        end_agent_in(session, screen_id, at=at, user_id=user_id, by=by)
        note_edition(session, "settled", at=at, screen_id=screen_id, user_id=user_id)
        about = f"screen {screen_id}"
        note(session, "screen-settled", user_id=user_id, about=about, detail=by, at=at)


def _devices(session: Session, screen_ids: Iterable[int]) -> Sequence[Device]:
    """In the order of their screens, as every process takes them; held until the commit."""
    wanted = select(Device).where(Device.screen_id.in_(screen_ids)).order_by(Device.screen_id)
    return session.scalars(wanted.with_for_update()).all()


def _forget_other(device: Device) -> None:
    device.other_page, device.other_looks, device.other_heard_at = "", {}, None


def _said(looks: Looks) -> dict[str, object]:
    return {name: value for name, value in looks.as_json().items() if value}
