"""What is kept ready to take over, as programs send it and are told of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from signage.actions.notice_draft import MOST_HEADLINE, MOST_WORDS
from signage.actions.texts import MOST_MINUTES, TextDraft
from signage.core.shapes import Shape, nothing_or, several, text, thing, told, whole
from signage.core.targets import MOST, Targets, targets_of
from signage.errors import Invalid

_WHERE = {
    "groups": several(whole("0: the screens in no group."), most=MOST),
    "screens": several(whole(), most=MOST),
}
WHERE = nothing_or(thing(_WHERE, title="NewTargets", about="null, or missing: every screen."))
READY: Mapping[str, Shape] = {
    "headline": text(most=MOST_HEADLINE), "words": text(most=MOST_WORDS),
    "minutes": whole("For how long; 30 if missing.", 1, MOST_MINUTES), "for": WHERE,
}  # fmt: skip
"""What a text and a goal have both."""
TARGETS = nothing_or(
    told({name: several(whole()) for name in _WHERE}, title="Targets", about="null: every screen.")
)
REVISION = text("Changes with anything in it: send it along, to change what you saw.", 40)


def text_said(draft: TextDraft, said: Mapping[str, Any]) -> TextDraft:
    """The same with what was said of it; what was not stays."""
    given: dict[str, Any] = {
        name: said[name] for name in ("headline", "words", "minutes", "look", "urgent")
        if name in said
    }  # fmt: skip
    if "for" in said:
        given["targets"] = _targets(said["for"])
    return replace(draft, **given)


def told_where(targets: Targets | None) -> dict[str, list[int]] | None:
    """As TARGETS has it."""
    return None if targets is None else targets.as_json()


def named(invalid: Invalid) -> Invalid:
    """The same, with the names that fields have here."""
    return Invalid(
        [replace(each, field="for" if each.field == "where" else each.field)
         for each in invalid.problems]
    )  # fmt: skip


def _targets(said: Mapping[str, Any] | None) -> Targets | None:
    return None if said is None else targets_of(said.get("groups", ()), said.get("screens", ()))
