"""Goals, as programs are told of them and set them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from signage.actions import goals
from signage.actions.goals import WHAT, GoalDraft
from signage.core.scores import SCALES
from signage.core.shapes import flag, moment, nothing_or, number, one_of, text, thing, told, whole
from signage.core.targets import read_targets
from signage.errors import Invalid, Problem
from signage.models import Goal
from signage.web.calls import iso_or_none
from signage.web.ready_shapes import READY, REVISION, TARGETS, text_said, told_where
from signage.words import N_

LARGEST = 100_000_000
_WHAT = one_of(tuple(WHAT), "That its score is at least so high, or that so many gave the best.")
_METRIC = one_of(tuple(SCALES))
_ITSELF = flag("Whether walls celebrate at once; else somebody decides.")
_TAKEN = {
    "what": _WHAT, "metric": _METRIC,
    "wanted": number("With one decimal at most.", -100, LARGEST), "by_itself": _ITSELF, **READY,
}  # fmt: skip
GOAL = told(
    {
        "id": whole(), "what": _WHAT, "metric": _METRIC, "wanted": number(),
        "now": nothing_or(number("How far it is; null: too few answers to say.")),
        "headline": text(), "words": text(), "minutes": whole(), "for": TARGETS,
        "by_itself": _ITSELF, "reached_at": nothing_or(moment()),
        "settled_at": nothing_or(moment("When it was celebrated, or let pass.")),
        "takeover": nothing_or(whole("The celebration.")), "revision": REVISION,
    },
    title="Goal",
)  # fmt: skip
CELEBRATED = told(
    {
        "takeover": whole("End it as any other."), "from": moment(), "until": nothing_or(moment()),
    },
    title="Celebration",
)  # fmt: skip
MADE = thing(_TAKEN, ("what", "metric", "wanted", "headline"))
CHANGE = thing({**_TAKEN, "revision": REVISION})


def goal_said(draft: GoalDraft, said: Mapping[str, Any]) -> GoalDraft:
    """The same with what was said of it; what was not stays."""
    given: dict[str, Any] = {
        name: said[name] for name in ("what", "metric", "by_itself") if name in said
    }
    if "wanted" in said:
        given["tenths"] = _tenths(said["wanted"])
    return replace(draft, text=text_said(draft.text, said), **given)


def told_goals(reading: Session, found: Sequence[Goal]) -> list[dict[str, Any]]:
    """Goals, and how far they are: one query for each kind."""
    kinds = {(goal.what, goal.metric) for goal in found}
    far = {kind: goals.standing(reading, *kind) for kind in kinds}
    return [
        {
            "id": goal.id, "what": goal.what, "metric": goal.metric, "wanted": goal.tenths / 10,
            "now": None if (now := far[goal.what, goal.metric]) is None else now / 10,
            "headline": goal.headline, "words": goal.words, "minutes": goal.minutes,
            "for": told_where(read_targets(goal.targets)), "by_itself": goal.by_itself,
            "reached_at": iso_or_none(goal.reached_at), "settled_at": iso_or_none(goal.settled_at),
            "takeover": goal.notice_id, "revision": goals.goal_seen(goal),
        }
        for goal in found
    ]  # fmt: skip


def _tenths(wanted: float) -> int:
    tenths = round(10 * wanted)
    if tenths / 10 != wanted:
        text_ = N_("Write a number, with one decimal at most.")
        raise Invalid([Problem("not-a-number", text_, "wanted")])
    return tenths
