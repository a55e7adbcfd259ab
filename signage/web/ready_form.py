"""The forms of what is kept ready: as it is typed, and as it stands."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from signage.actions.goals import WHAT, goal_seen, load_goal
from signage.actions.notice_draft import LOOKS
from signage.actions.texts import TextDraft, load_text, text_seen
from signage.core.targets import Targets, read_targets
from signage.errors import Invalid, Problem
from signage.models import Goal, PreparedText
from signage.web import forms
from signage.web.where import targets_as_typed, typed_targets
from signage.words import N_, translate

_TEXT = {
    "headline": N_("Headline"),
    "words": N_("A few words"),
    "look": N_("How it looks"),
    "minutes": N_("For how many minutes"),
    "urgent": N_("Urgent"),
}
_GOAL = {
    "what": N_("When"),
    "metric": N_("Of"),
    "wanted": N_("Number"),
    "headline": N_("Headline of the celebration"),
    "words": N_("A few words"),
    "minutes": N_("For how many minutes"),
    "by_itself": N_("Celebrate by itself"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in the form."""

    headline: str = ""
    words: str = ""
    minutes: str = "30"
    look: str = "notice"
    urgent: bool = False
    what: str = "score"
    metric: str = "nps"
    wanted: str = ""
    by_itself: bool = False
    targets: Targets | None = None


def _of_text(kept: PreparedText) -> Given:
    return Given(
        kept.headline, kept.words, str(kept.minutes), kept.look, kept.urgent,
        targets=read_targets(kept.targets),
    )  # fmt: skip


def _of_goal(kept: Goal) -> Given:
    return Given(
        kept.headline, kept.words, str(kept.minutes), what=kept.what, metric=kept.metric,
        wanted=f"{kept.tenths / 10:.1f}".removesuffix(".0"), by_itself=kept.by_itself,
        targets=read_targets(kept.targets),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """How one of the two is read and shown. labels: field → its label, not translated."""

    template: str
    load: Callable[[Session, int], Any]
    seen: Callable[[Any], str]
    given: Callable[[Any], Given]
    labels: Mapping[str, str]


TEXT = Kind("desk/takeover_text.html", load_text, text_seen, _of_text, _TEXT)
GOAL = Kind("desk/takeover_goal.html", load_goal, goal_seen, _of_goal, _GOAL)


def told(given: Given) -> Mapping[str, object]:
    """Field by field, in the words of the form."""
    look, what = LOOKS.get(given.look, ""), WHAT.get(given.what, "")
    said = {"look": translate(look), "what": translate(what), "metric": given.metric.upper()}
    return {**asdict(given), **said}


def text_typed(given: Given) -> TextDraft:
    """The text in the form. Raises Invalid."""
    return TextDraft(
        given.headline, given.words, forms.whole("minutes"), given.look, given.urgent,
        typed_targets(),
    )  # fmt: skip


def typed() -> Given:
    """All that stands in the form."""
    return Given(
        forms.text("headline"), forms.text("words"), forms.text("minutes"),
        forms.text("look") or "notice", "urgent" in request.form, forms.text("what"),
        forms.text("metric"), forms.text("wanted", 20), "by_itself" in request.form,
        targets_as_typed(),
    )  # fmt: skip


def tenths(wanted: str) -> int:
    """A number with one decimal, as it is typed anywhere: 5.5 or 5,5."""
    whole, _, rest = wanted.replace("−", "-").replace(",", ".").partition(".")
    digits = whole.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 12 and rest in _DECIMALS):
        text = N_("Write a number, with one decimal at most.")
        raise Invalid([Problem("not-a-number", text, "wanted")])
    tenths = 10 * int(digits) + int(rest or 0)
    return -tenths if whole.startswith("-") else tenths


_DECIMALS = {"", *"0123456789"}
