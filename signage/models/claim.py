"""Who looks at which quote just now, and which keys they chose."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from signage.models.base import Base, Id, Json, Word


class Claim(Base):
    """A quote is dealt to one person until `ends_at`: an old row holds nobody up."""

    __tablename__ = "claims"

    quote_id: Mapped[int] = mapped_column(
        Id, ForeignKey("quotes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    user_id: Mapped[int] = mapped_column(Id, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    page: Mapped[Word]
    """Which of the person's pages: leaving one of ten gives back what that one held."""
    ends_at: Mapped[datetime]


class Shortcuts(Base):
    """The keys that one person chose in place of the usual ones."""

    __tablename__ = "shortcuts"

    user_id: Mapped[int] = mapped_column(
        Id, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    keys: Mapped[Json]
    """Deed → key, for those that differ; "" is none. See signage/core/shortcuts.py."""
