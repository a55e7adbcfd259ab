"""Who works at the desk."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from signage.models.base import Base, Hash, Id, PrimaryKey, Short, Word


class User(Base):
    """Somebody at the desk."""

    __tablename__ = "users"

    id: Mapped[PrimaryKey]
    email: Mapped[Short] = mapped_column(unique=True)
    name: Mapped[Short]
    password_hash: Mapped[Short]
    """Argon2id; empty for somebody who signs in elsewhere alone."""
    language: Mapped[Word]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    role: Mapped[Word] = mapped_column(server_default="viewer")
    """One of core/roles.py."""
    last_seen_at: Mapped[datetime | None]
    """To within a few minutes."""


class LoginLink(Base):
    """A link that lets one person in once: to make an account, or to sign in."""

    __tablename__ = "login_links"

    id: Mapped[PrimaryKey]
    token_hash: Mapped[Hash]
    purpose: Mapped[Word]
    """`invite` makes an account; `sign-in` opens the account `user_id`."""
    user_id: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    role: Mapped[Word | None]
    """Which an invitation gives."""
    email: Mapped[Short | None] = mapped_column(index=True)
    """Whom an invitation is for, where whoever made it said so: they may also come by way of the
    sign-in provider."""
    created_at: Mapped[datetime | None]
    created_by: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id", ondelete="SET NULL"))


class SignIn(Base):
    """One browser that is signed in; deleting the row signs it out."""

    __tablename__ = "sign_ins"

    id: Mapped[PrimaryKey]
    token_hash: Mapped[Hash]
    user_id: Mapped[int] = mapped_column(Id, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    how: Mapped[Word | None]
    """`password`, `link`, `provider`."""
    agent: Mapped[Short | None]
    """What the browser calls itself."""
    address: Mapped[Short | None]
    """Where it came from, shortened to the network."""
    seen_at: Mapped[datetime | None]
    """To within a few minutes."""

    user: Mapped[User] = relationship(lazy="joined")


class Identity(Base):
    """An account at the sign-in provider, by which a person comes in."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(Id, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[Short]
    subject: Mapped[str] = mapped_column(String(255))
    """What the provider calls the person, for good; an e-mail address may change hands."""
    created_at: Mapped[datetime]
