"""What customers answered, and the daily counts that every score is computed from."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from signage.core.scores import Metric
from signage.models.base import Base, Id, Long, PrimaryKey, Short, Word


class Touchpoint(Base):
    """A place in the customer's journey, in journey order."""

    __tablename__ = "touchpoints"

    id: Mapped[PrimaryKey]
    name: Mapped[Short] = mapped_column(unique=True)
    """As answers name it."""
    position: Mapped[int]
    shown_as: Mapped[Short | None]
    """What walls call it, where that is not its name."""

    @property
    def title(self) -> str:
        """What walls call it."""
        return self.shown_as or self.name


class SurveyResponse(Base):
    """One answer to one question of a survey; unique by source and external id.

    The comment is plain text, normalised once on the way in, and never changed after.
    """

    __tablename__ = "survey_responses"
    __table_args__ = (UniqueConstraint("source", "external_id"),)

    id: Mapped[PrimaryKey]
    source: Mapped[Short]
    external_id: Mapped[Short]
    metric: Mapped[Metric] = mapped_column(String(32))
    kind: Mapped[Word]
    """`relational` or `transactional`: never pooled in one score."""
    score: Mapped[int | None]
    comment: Mapped[Long | None]
    touchpoint_id: Mapped[int | None] = mapped_column(Id, ForeignKey("touchpoints.id"))
    segment: Mapped[Short | None]
    language: Mapped[Word | None] = mapped_column(index=True)
    respondent: Mapped[Short | None]
    name: Mapped[Short | None]
    role: Mapped[Short | None]
    consent: Mapped[Word]
    answered_at: Mapped[datetime]
    received_at: Mapped[datetime]
    consent_at: Mapped[datetime | None]
    """When the customer agreed."""
    consent_source: Mapped[Short | None]
    """Where they did, e.g. "survey, question 4"."""
    consent_scope: Mapped[Word | None]
    """`internal` or `public`: what they agreed to; None where it is not known."""

    touchpoint: Mapped[Touchpoint | None] = relationship()


class Tally(Base):
    """How many answers of one day gave one score: rows grow with days, not with answers.

    The key begins as every question does: the rows of a window stand together, by day and score.
    """

    __tablename__ = "tallies"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read once by SQLAlchemy

    metric: Mapped[Metric] = mapped_column(String(32), primary_key=True)
    kind: Mapped[Word] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    """The UTC day of the answer."""
    score: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    touchpoint_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    """0 where the answer names none: a key column cannot be null."""
    segment: Mapped[Short] = mapped_column(primary_key=True)
    n: Mapped[int]
