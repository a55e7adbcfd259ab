"""Choosing on a form on which screens something is to hang."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.core.targets import NO_GROUP, Targets, targets_of
from signage.errors import Invalid, Problem
from signage.models import Group, Screen
from signage.web import forms
from signage.words import N_, translate

MOST_SCREENS = 200
"""Offered one by one; with more of them, each screen's own page leads here."""
BOTH = N_(
    "“On every wall” was chosen, and groups or screens are ticked. Now only these are chosen: save "
    "again, or untick them and choose every wall."
)


def typed_targets() -> Targets | None:
    """What was chosen; None: every wall. Raises Invalid for what is no number, and where every wall
    is chosen and some are ticked: nobody knows which of the two was meant."""
    ticked = _ticked()
    if forms.text("where") == "some":
        return ticked
    if ticked:
        raise Invalid([Problem("every-wall-or-some", BOTH, "where")])
    return None


def targets_as_typed() -> Targets | None:
    """What a form shows again: whatever is ticked is what is chosen there."""
    try:
        ticked = _ticked()
    except Invalid:  # that is what is told
        return None
    return ticked if ticked or forms.text("where") == "some" else None


def _ticked() -> Targets:
    return targets_of(forms.wholes("groups"), forms.wholes("screens"))


def offered(session: Session, chosen: Targets | None) -> Mapping[str, Any]:
    """The groups and screens to choose from, for `desk/_where.html`."""
    groups = session.execute(select(Group.id, Group.name)).all()
    named = sorted(((id_, name) for id_, name in groups), key=lambda each: each[1].casefold())
    screens = session.execute(
        select(Screen.id, Screen.name, Screen.site)
        .where(Screen.revoked_at.is_(None))
        .order_by(Screen.site, Screen.name, Screen.id)
        .limit(MOST_SCREENS)
    ).all()
    shown = {id_ for id_, _, _ in screens}
    more = (chosen.screens if chosen else frozenset()) - shown
    others = session.execute(
        select(Screen.id, Screen.name, Screen.site).where(Screen.id.in_(more))
    ).all() if more else []  # fmt: skip
    return {
        "groups": [*named, (NO_GROUP, translate(N_("No group")))] if named else [],
        "screens": [*others, *screens],
        "chosen": chosen,
        "more": len(screens) == MOST_SCREENS,
    }


class Names:
    """The names of groups and screens, for lines that say where something hangs."""

    def __init__(self, session: Session, shown: Sequence[Targets | None]) -> None:
        groups = frozenset[int]().union(*(each.groups for each in shown if each))
        screens = frozenset[int]().union(*(each.screens for each in shown if each))
        self._groups = _names(session, Group, groups)
        self._screens = _names(session, Screen, screens)

    def of(self, targets: Targets | None) -> list[str]:
        """The names of what is meant and still there; none for every wall."""
        if targets is None:
            return []
        groups = [self._groups[id_] for id_ in targets.groups if id_ in self._groups]
        screens = [self._screens[id_] for id_ in targets.screens if id_ in self._screens]
        alone = [translate(N_("No group"))] if NO_GROUP in targets.groups else []
        return [*sorted(groups), *alone, *sorted(screens)]

    def gone(self, targets: Targets | None) -> int:
        """How many of those that are meant are there no more."""
        if targets is None:
            return 0
        meant = len(targets.groups - {NO_GROUP}) + len(targets.screens)
        there = self._groups.keys() & targets.groups, self._screens.keys() & targets.screens
        return meant - sum(map(len, there))


def _names(session: Session, table: type[Group | Screen], ids: frozenset[int]) -> Mapping[int, str]:
    if not ids:
        return {}
    rows = session.execute(select(table.id, table.name).where(table.id.in_(ids)))
    return dict(rows.all())
