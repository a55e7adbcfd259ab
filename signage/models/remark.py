"""What was done of a quote beside the decisions: tags put on and taken off, findings kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from signage.models.account import User
from signage.models.base import Base, Id, PrimaryKey, Short, Word

Span = tuple[int, int]


class Remark(Base):
    """Who did what, when; what becomes of the quote is not touched by it."""

    __tablename__ = "remarks"
    __table_args__ = (Index("ix_remarks_quote_id_kind", "quote_id", "kind"),)

    id: Mapped[PrimaryKey]
    quote_id: Mapped[int] = mapped_column(Id, ForeignKey("quotes.id", ondelete="CASCADE"))
    kind: Mapped[Word]
    """tag, untag; keep (a finding as it is), unkeep."""
    tag: Mapped[Short | None]
    """The tag's name as it was then."""
    start: Mapped[int | None]
    """Of the finding, in code points of the comment."""
    end: Mapped[int | None]
    user_id: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    """None where a rule did it."""
    made_at: Mapped[datetime]

    user: Mapped[User | None] = relationship()


def kept_in(session: Session, quote_id: int) -> dict[Span, Remark]:
    """The findings of a quote that somebody looked at and kept as they are."""
    latest = (
        select(func.max(Remark.id))
        .where(Remark.quote_id == quote_id, Remark.kind.in_(("keep", "unkeep")))
        .group_by(Remark.start, Remark.end)
    )
    found = session.scalars(
        select(Remark)
        .where(Remark.id.in_(latest), Remark.kind == "keep")
        .options(joinedload(Remark.user))
    )
    return {(each.start or 0, each.end or 0): each for each in found}


def remarks_of(session: Session, quote_id: int) -> Sequence[Remark]:
    """All of them, in the order in which they were made."""
    mine = select(Remark).where(Remark.quote_id == quote_id)
    return session.scalars(mine.order_by(Remark.id).options(joinedload(Remark.user))).all()
