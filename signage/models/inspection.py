"""What a machine found in a comment, and the company's own lists that it looked with."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from signage.core.findings import VERSION, Finding, Known
from signage.models.base import Base, Id, PrimaryKey, Short, Word

ListKind = Literal["staff", "order"]
LIST_KINDS: tuple[ListKind, ...] = ("staff", "order")


class Inspection(Base):
    """What was found in a quote's comment. The comment never changes, so nothing here grows old
    but by another version of the lists."""

    __tablename__ = "inspections"
    __table_args__ = (Index("ix_inspections_quote_id_version", "quote_id", "version"),)

    quote_id: Mapped[int] = mapped_column(
        Id, ForeignKey("quotes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    version: Mapped[Word]
    """Which finders and lists it was made with (`lists_in_force`)."""
    state: Mapped[Word]
    """done; or failed: a machine could not read all of it, so a person must look."""
    language: Mapped[Word | None]
    """As found out; None where it shows none of the product's languages."""
    findings: Mapped[list[Any]] = mapped_column(JSON())
    """Finding.to_json of each: spans and reasons, no words."""
    inspected_at: Mapped[datetime]

    @property
    def found(self) -> tuple[Finding, ...]:
        """The findings, in the order of the comment."""
        return tuple(map(Finding.from_json, self.findings))


class ListedWord(Base):
    """A line of the company's lists: the name of somebody on the staff, or a template of its order
    numbers."""

    __tablename__ = "listed_words"
    __table_args__ = (UniqueConstraint("kind", "text"),)

    id: Mapped[PrimaryKey]
    kind: Mapped[ListKind] = mapped_column(String(32))
    text: Mapped[Short]
    user_id: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    made_at: Mapped[datetime]


def lists_in_force(session: Session) -> tuple[Known, str]:
    """The company's lists, and the version that an inspection made with them bears."""
    rows = session.execute(
        select(ListedWord.kind, ListedWord.text).order_by(ListedWord.kind, ListedWord.text)
    )
    lists: dict[str, list[str]] = {kind: [] for kind in LIST_KINDS}
    for kind, text in rows:
        lists[kind].append(text)
    said = json.dumps([VERSION, lists], sort_keys=True)
    known = Known(staff=tuple(lists["staff"]), orders=tuple(lists["order"]))
    return known, sha256(said.encode()).hexdigest()[:16]
