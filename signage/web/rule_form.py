"""The form of a rule: read from a request, filled from a rule."""

from collections.abc import Sequence
from typing import Any

from flask import request

from signage.actions.rules import RuleDraft
from signage.core.rules import Conditions, Outcome
from signage.web import forms

LONGEST_LIST = 20_000
"""Characters of a list of words."""
MOST_CHOSEN = 200
LISTS = ("bands", "metrics", "touchpoints", "languages", "kinds", "sources", "feeds")
FIELDS = (
    "name", "score_from", "score_to", "shortest", "longest", "findings", "level", "pattern",
    "verdict", "hours", "reason", "tags",
)  # fmt: skip

Given = dict[str, Any]
"""What stands in the form: texts, and lists of texts where several can be chosen, by name."""

EMPTY: Given = {
    **dict.fromkeys((*FIELDS, "words", "segments"), ""),
    **{name: [] for name in LISTS},
    "level": "low",
    "hours": "2",
}


def typed() -> Given:
    """What a person wrote."""
    given: Given = {name: forms.text(name) for name in FIELDS}
    given |= {name: forms.text(name, LONGEST_LIST) for name in ("words", "segments")}
    given |= {name: request.values.getlist(name)[:MOST_CHOSEN] for name in LISTS}
    return given


def filled(name: str, asked: Conditions, outcome: Outcome) -> Given:
    """What a rule says, as it would be written."""
    later = outcome.verdict == "approve" and outcome.hours > 0
    numbers = ("score_from", "score_to", "shortest", "longest")
    return {
        **{each: _written(getattr(asked, each)) for each in numbers},
        **{each: getattr(asked, each) for each in ("findings", "level", "pattern")},
        **{each: [str(one) for one in getattr(asked, each)] for each in LISTS if each != "feeds"},
        "name": name,
        "words": "\n".join(asked.words),
        "segments": "\n".join(asked.segments),
        "verdict": "later" if later else outcome.verdict or "",
        "hours": str(outcome.hours or 2),
        "reason": outcome.reason or "",
        "tags": ", ".join(outcome.tags),
        "feeds": list(outcome.feeds or ()),
    }


def draft_of(given: Given) -> RuleDraft:
    """The rule that was written; Invalid for what is no number."""
    return RuleDraft(given["name"], _conditions(given), _outcome(given))


def _conditions(given: Given) -> Conditions:
    return Conditions(
        score_from=_number("score_from"),
        score_to=_number("score_to"),
        bands=tuple(given["bands"]),
        metrics=tuple(given["metrics"]),
        touchpoints=tuple(int(each) for each in given["touchpoints"] if _is_id(each)),
        segments=_lines(given["segments"].splitlines()),
        languages=tuple(given["languages"]),
        shortest=_number("shortest"),
        longest=_number("longest"),
        findings=given["findings"],
        kinds=tuple(given["kinds"]) if given["findings"] else (),
        level=given["level"] or "low",
        sources=tuple(given["sources"]),
        words=_lines(given["words"].splitlines()),
        pattern=given["pattern"],
    )


def _outcome(given: Given) -> Outcome:
    verdict, later = given["verdict"] or None, given["verdict"] == "later"
    return Outcome(
        verdict="approve" if later else verdict,
        reason=given["reason"] if verdict == "reject" else None,
        # 0 hours would be an approval without the wait that was asked for: refused as too few.
        hours=(forms.whole("hours") or -1) if later else 0,
        tags=_lines(given["tags"].split(",")),
        feeds=tuple(given["feeds"]) or None,
    )


def _number(name: str) -> int | None:
    return forms.whole(name) if forms.text(name) else None


def _written(number: int | None) -> str:
    return "" if number is None else str(number)


def _is_id(typed: str) -> bool:
    return typed.isdecimal() and len(typed) < 19


def _lines(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines if line.strip())
