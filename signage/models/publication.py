"""What hangs, what is drafted, and what publishing that would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from signage.core.plan import NO_GROUP, Plan
from signage.core.plan_changes import PlanChanges, WeekChange, plan_changes
from signage.models.group import sized_groups, without_group
from signage.models.plan import PlanDraft, PublishedPlan, draft_plan, latest_plan, live_plan


@dataclass(frozen=True, slots=True)
class Publication:
    """live, plan: what hangs, and what would. draft, latest: their rows. sizes: group → its name
    and how many screens it has, the empty name being that of no group."""

    live: Plan
    plan: Plan
    draft: PlanDraft | None
    latest: PublishedPlan | None
    changes: PlanChanges
    sizes: Mapping[str, tuple[str, int]]

    @property
    def weeks(self) -> Sequence[WeekChange]:
        """Of groups that are still there, those whose screens will show something else."""
        return [week for week in self.changes.weeks if week.group in self.sizes]

    @property
    def screens(self) -> int:
        """How many screens will show something else."""
        return sum(self.sizes[week.group][1] for week in self.weeks)

    @property
    def both(self) -> Plan:
        """For the names of playlists that are only on one side."""
        return Plan({**self.live.playlists, **self.plan.playlists})


def publication(session: Session) -> Publication:
    """As it stands."""
    live, plan = live_plan(session), draft_plan(session)
    sizes = {str(group.id): (group.name, group.screens) for group in sized_groups(session)}
    sizes[NO_GROUP] = ("", without_group(session))
    return Publication(
        live, plan, session.get(PlanDraft, 1), latest_plan(session), plan_changes(live, plan), sizes
    )
