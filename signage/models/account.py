"""Who works at the desk."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from signage.models.base import Base, Hash, Id, PrimaryKey, Short, Word


class User(Base):
    """A CX lead."""

    __tablename__ = "users"

    id: Mapped[PrimaryKey]
    email: Mapped[Short] = mapped_column(unique=True)
    name: Mapped[Short]
    password_hash: Mapped[Short]
    """Argon2id."""
    language: Mapped[Word]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


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


class SignIn(Base):
    """One browser that is signed in; deleting the row signs it out."""

    __tablename__ = "sign_ins"

    id: Mapped[PrimaryKey]
    token_hash: Mapped[Hash]
    user_id: Mapped[int] = mapped_column(Id, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)

    user: Mapped[User] = relationship(lazy="joined")
