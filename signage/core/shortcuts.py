"""Single keys of the desk: which deed each person has on which key (WCAG 2.1.4)."""

from collections.abc import Mapping

import regex

from signage.errors import Invalid, Problem
from signage.words import N_

USUAL = {
    "next": "j", "previous": "k", "approve": "a", "reject": "r", "set_aside": "s", "cut": "x",
    "mask": "m", "keep": "o", "tags": "t", "publish_at": "p", "undo": "u", "help": "?",
    "search": "/",
}  # fmt: skip
"""Deed → key, as long as nobody chose another."""

OFF = "off"
"""Under this name stands whether all single keys are switched off."""

_KEY = regex.compile(r"[^\s\p{C}\p{M}0-9]")  # digits choose among what a menu offers


def in_force(chosen: Mapping[str, str]) -> dict[str, str]:
    """Deed → key, "" for none."""
    return {deed: chosen.get(deed, usual) for deed, usual in USUAL.items()}


def are_off(chosen: Mapping[str, str]) -> bool:
    """Whether all single keys are switched off."""
    return chosen.get(OFF) == "yes"


def check(wanted: Mapping[str, str], *, off: bool = False) -> dict[str, str]:
    """What is kept of a choice of keys: those that differ from the usual ones. Raises Invalid
    where two deeds have one key, or a key is none."""
    keys = {deed: wanted.get(deed, usual).strip().lower() for deed, usual in USUAL.items()}
    problems = [
        Problem("no-key", N_("One letter or sign, no digit; empty for no key."), deed)
        for deed, key in keys.items()
        if key and not _KEY.fullmatch(key)
    ]
    first: dict[str, str] = {}
    for deed, key in keys.items():
        if key and first.setdefault(key, deed) != deed:
            text = N_("The key “{key}” is taken twice: each needs its own.")
            problems.append(Problem("key-taken", text, deed, {"key": key.upper()}))
    if problems:
        raise Invalid(problems)
    kept = {deed: key for deed, key in keys.items() if key != USUAL[deed]}
    return {**kept, OFF: "yes"} if off else kept
