"""Players on their way to becoming a screen, and the devices of those that are one."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from signage.core.pairing import Looks
from signage.models.base import Base, Hash, Id, Json, PrimaryKey, Word
from signage.models.screen import Screen

BOTH_WITHIN = timedelta(seconds=95)
"""Two players of one token are there while both were heard within this: three heartbeats."""


class Pairing(Base):
    """A player that shows a code. Its own secret, not the code, is what a token is given for."""

    __tablename__ = "pairings"

    id: Mapped[PrimaryKey]
    code: Mapped[Word] = mapped_column(unique=True)
    secret_hash: Mapped[Hash]
    looks: Mapped[Json]
    """The fields of signage.core.pairing.Looks."""
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    screen_id: Mapped[int | None] = mapped_column(
        Id, ForeignKey("screens.id", ondelete="CASCADE"), index=True
    )
    """What a person confirmed it as."""


class Device(Base):
    """What drives a paired screen: its token, which is renewed now and then."""

    __tablename__ = "devices"

    screen_id: Mapped[int] = mapped_column(
        Id, ForeignKey("screens.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    era: Mapped[int] = mapped_column(default=1, server_default="1")
    """Grows when the screen is paired anew or two players of one token are settled: who was let in
    before that is cut off."""
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    next_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of the token that was given last; the one before it holds until this is used."""
    issued_at: Mapped[datetime]
    """When the token that is in use was given."""
    page: Mapped[Word] = mapped_column(default="", server_default=text("''"))
    """Of its players the one that came last, by the word that its page made up."""
    looks: Mapped[Json]
    came_at: Mapped[datetime | None] = mapped_column(index=True)
    heard_at: Mapped[datetime | None]
    """When that one was heard last, noted only while there is another."""
    other_page: Mapped[Word] = mapped_column(default="", server_default=text("''"))
    """Another player that speaks though this one came after it: one token, two devices."""
    other_looks: Mapped[Json]
    other_heard_at: Mapped[datetime | None] = mapped_column(index=True)
    only_page: Mapped[Word] = mapped_column(default="", server_default=text("''"))
    """Of two players the one that stays: until it has used its new token nobody else may come."""


def pairing_of(session: Session, code: str, at: datetime) -> Pairing | None:
    """The player that shows this code now, if nobody confirmed it yet."""
    return session.scalars(
        select(Pairing).where(
            Pairing.code == code, Pairing.expires_at > at, Pairing.screen_id.is_(None)
        )
    ).one_or_none()


def with_devices(
    session: Session, screen_ids: Iterable[int]
) -> dict[int, tuple[Screen, Device | None]]:
    """Screens by their id, each with its device if it has one: one query."""
    rows = session.execute(
        select(Screen, Device)
        .outerjoin(Device, Device.screen_id == Screen.id)
        .where(Screen.id.in_(screen_ids))
    )
    return {screen.id: (screen, device) for screen, device in rows}


def are_two(device: Device | None, at: datetime) -> bool:
    """Whether two players use its token at `at`."""
    heard = (device.heard_at, device.other_heard_at) if device else (None,)
    return all(each is not None and at - each < BOTH_WITHIN for each in heard)


def looks_of(kept: dict[str, object]) -> Looks:
    """What was kept of a player's words of itself."""
    return Looks(**kept)  # type: ignore[arg-type]
