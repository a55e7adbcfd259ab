"""Plans of what hangs when: as they are drafted, and each one that was published."""

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from signage.core.plan import Plan, plan_of
from signage.models.base import Base, Id, Json, PrimaryKey


class PublishedPlan(Base):
    """A plan as it was published, whole; the latest is the one that hangs."""

    __tablename__ = "published_plans"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read once by SQLAlchemy

    id: Mapped[PrimaryKey]
    plan: Mapped[Json]
    """As signage.core.plan writes it."""
    holidays: Mapped[Json]
    """Country → days, as walls are told them; worked out again as time goes by."""
    back_to_id: Mapped[int | None] = mapped_column(
        Id, ForeignKey("published_plans.id", ondelete="SET NULL")
    )
    """The earlier one that it brings back."""
    user_id: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    made_at: Mapped[datetime]


class PlanDraft(Base):
    """The plan as people are changing it: one row, or none where nothing waits to be published."""

    __tablename__ = "plan_drafts"

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    """Always 1."""
    plan: Mapped[Json]
    user_id: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    """Who changed it last."""
    changed_at: Mapped[datetime]


def latest_plan(session: Session) -> PublishedPlan | None:
    """The plan that hangs; None where none was ever published."""
    return session.scalars(
        select(PublishedPlan).order_by(PublishedPlan.id.desc()).limit(1)
    ).one_or_none()


def live_plan(session: Session) -> Plan:
    """What hangs."""
    latest = latest_plan(session)
    return plan_of(latest.plan) if latest else Plan()


def draft_plan(session: Session) -> Plan:
    """What would hang if it were published now."""
    draft = session.get(PlanDraft, 1)
    return plan_of(draft.plan) if draft else live_plan(session)
