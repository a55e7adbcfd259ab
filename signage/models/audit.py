"""What people did that somebody may have to answer for."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from signage.models.base import Base, Hash, Id, Short, Word


class AuditEntry(Base):
    """One sensitive act. Rows are only ever added: the database itself refuses to change or to
    delete one (migration 0007), and each seals those before it (core/chain.py).

    It names people by their id and holds no word of a customer, so that nothing in it ever has to
    be erased.
    """

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    """1, 2, 3 …: a missing one shows."""
    act: Mapped[Word]
    user_id: Mapped[int | None] = mapped_column(Id, index=True)
    """Who; None for the command line, a program, or somebody who is not signed in. No foreign
    key: nothing that happens to an account may touch this row."""
    about: Mapped[Short]
    """What it was done to, such as `user 3` or `screen 5`; may be empty."""
    detail: Mapped[Short]
    """More of it, in words of the product's own, such as `viewer > lead`; may be empty."""
    made_at: Mapped[datetime] = mapped_column(index=True)
    previous: Mapped[str] = mapped_column(String(64))
    seal: Mapped[Hash]
