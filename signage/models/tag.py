"""Tags: the company's own words for what quotes are about."""

from collections.abc import Iterable

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from signage.models.base import Base, Id, PrimaryKey, Short


class Tag(Base):
    """One tag; `key` is its name as it is compared, so that "Delivery" and "delivery" are one."""

    __tablename__ = "tags"

    id: Mapped[PrimaryKey]
    name: Mapped[Short]
    key: Mapped[Short] = mapped_column(unique=True)


class QuoteTag(Base):
    """A quote has a tag."""

    __tablename__ = "quote_tags"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read once by SQLAlchemy

    quote_id: Mapped[int] = mapped_column(
        Id, ForeignKey("quotes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    tag_id: Mapped[int] = mapped_column(
        Id,
        ForeignKey("tags.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )


def all_tags(session: Session) -> list[Tag]:
    """Every tag, by name."""
    return list(session.scalars(select(Tag).order_by(Tag.key)))


def tags_of(session: Session, quote_ids: Iterable[int]) -> dict[int, list[Tag]]:
    """Quote id → its tags by name, for quotes that have any; one statement for all of them."""
    found: dict[int, list[Tag]] = {}
    rows = session.execute(
        select(QuoteTag.quote_id, Tag)
        .join(Tag, Tag.id == QuoteTag.tag_id)
        .where(QuoteTag.quote_id.in_(list(quote_ids)))
        .order_by(Tag.key)
    )
    for quote_id, tag in rows:
        found.setdefault(quote_id, []).append(tag)
    return found
