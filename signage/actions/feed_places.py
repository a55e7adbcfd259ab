"""Where a feed hangs: the playlists that name it, and on how many screens these are to be seen."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage.core.plan import NO_GROUP, Plan
from signage.models import Screen
from signage.models.plan import live_plan


@dataclass(frozen=True, slots=True)
class Place:
    """A playlist that is published, by its name, and how many screens show it at some time."""

    title: str
    screens: int


def hangs_on(session: Session, names: Collection[str]) -> dict[str, list[Place]]:
    """Feed → the playlists that name it, for each of these feeds; two statements for all."""
    plan = live_plan(session)
    screens = _screens(session)
    found: dict[str, list[Place]] = {name: [] for name in names}
    for playlist in plan.playlists.values():
        place = Place(playlist.name, sum(screens.get(group, 0) for group in _of(plan, playlist.id)))
        for feed in {entry.feed for entry in playlist.entries} & found.keys():
            found[feed].append(place)
    return found


def _of(plan: Plan, playlist_id: str) -> list[str]:
    """The groups that show a playlist at some time."""
    return [group for group, week in plan.groups.items() if playlist_id in week.playlists]


def _screens(session: Session) -> dict[str, int]:
    rows = session.execute(
        select(Screen.group_id, func.count())
        .where(Screen.revoked_at.is_(None))
        .group_by(Screen.group_id)
    )
    return {str(group or NO_GROUP): n for group, n in rows}
