"""Screens by name on their sites and groups, those that somebody should look at first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from signage.models.screen import Screen
from signage.models.screens import SiteCount, States

FIRST = ("dark", "stale", "never", "on", "off")
MOST = 500
"""A house with more screens is told in numbers alone."""
MOST_OF_ONE = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A site or a group: how its screens are, and who the first ones are."""

    count: SiteCount
    screens: Sequence["Mark"]

    @property
    def further(self) -> int:
        """Screens that are not named."""
        return self.count.screens - len(self.screens) if self.screens else 0


@dataclass(frozen=True, slots=True)
class Mark:
    """One screen on the map."""

    screen_id: int
    name: str
    site: str
    group_id: int | None
    state: str


def marks(session: Session, states: States, counts: Iterable[SiteCount]) -> Sequence[Mark]:
    """Every screen that is not revoked, in order of FIRST; none where there are more than MOST."""
    if sum(count.screens for count in counts) > MOST:
        return ()
    state = case(*((states.where(name), name) for name in FIRST), else_="")
    rows = session.execute(
        select(Screen.id, Screen.name, Screen.site, Screen.group_id, state)
        .where(Screen.revoked_at.is_(None))
        .order_by(Screen.name, Screen.id)
        .limit(MOST)
    )
    return sorted((Mark(*row) for row in rows), key=lambda mark: FIRST.index(mark.state))


def sites_of(counts: Iterable[SiteCount], found: Sequence[Mark]) -> list[Place]:
    """Each site with its first screens."""
    return [_place(each, [mark for mark in found if mark.site == each.name]) for each in counts]


def groups_of(counts: Iterable[SiteCount], found: Sequence[Mark]) -> list[Place]:
    """The same of groups."""
    return [
        _place(each, [mark for mark in found if mark.group_id == each.group_id]) for each in counts
    ]


def _place(count: SiteCount, there: Sequence[Mark]) -> Place:
    return Place(count, there[:MOST_OF_ONE])
