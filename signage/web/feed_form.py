"""The form of a feed: read from a request, filled from a rule."""

from typing import Any

from flask import request

from signage.actions.feeds import FeedDraft
from signage.core.feed_rules import KINDS, MEANT, FeedRule, Kind
from signage.web import forms

MOST_CHOSEN = 200
LISTS = ("touchpoints", "segments", "tags", "languages", "bands")
FIELDS = ("title", "days", "mix", "order", "size")

Given = dict[str, Any]
"""What stands in the form: texts, and lists of texts where several can be chosen, by name."""


def kind_asked() -> Kind | None:
    """The kind that a request names, if it is one."""
    kind = forms.text("kind", 32)
    return next((each for each in KINDS if each == kind), None)


def typed() -> Given:
    """What a person wrote."""
    given: Given = {name: forms.text(name) for name in FIELDS}
    return given | {name: request.values.getlist(name)[:MOST_CHOSEN] for name in LISTS}


def filled(title: str, rule: FeedRule) -> Given:
    """What a feed says, as it would be written."""
    return {
        "title": title, "days": "" if rule.days is None else str(rule.days), "mix": rule.mix,
        "order": rule.order, "size": str(rule.size),
        **{name: [str(one) for one in getattr(rule, name)] for name in LISTS},
    }  # fmt: skip


def draft_of(given: Given, kind: Kind) -> FeedDraft:
    """The feed that was written; Invalid for what is no number. What means nothing to its kind is
    left as it is by default."""
    meant, plain = MEANT[kind], FeedRule(kind)
    rule: dict[str, Any] = {
        "touchpoints": tuple(int(each) for each in given["touchpoints"] if _is_id(each)),
        **{name: tuple(given[name]) for name in LISTS if name != "touchpoints"},
        "days": forms.whole_of(given["days"], "days") if given["days"] else None,
        "mix": given["mix"] or plain.mix,
        "order": given["order"] or plain.order,
        "size": forms.whole_of(given["size"], "size", plain.size),
    }
    return FeedDraft(
        given["title"],
        FeedRule(kind, **{name: value for name, value in rule.items() if name in meant}),
    )


def _is_id(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) < 19
