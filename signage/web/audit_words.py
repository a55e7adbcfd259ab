"""What an entry of the audit log is about, in the reader's words. The log itself keeps codes: it is
sealed, and the same for everybody."""

import re
from collections.abc import Mapping

from signage.actions.decide import REASONS
from signage.web.desk_look import LABELS as LOOK
from signage.web.desk_settings import LABELS as SETTINGS
from signage.web.wording import HOW_WORDS, ROLE_WORDS
from signage.words import N_, translate

_NUMBERED: Mapping[str, str] = {
    "answer": N_("answer {number}"), "invitation": N_("invitation {number}"),
    "channel": N_("address {number}"), "goal": N_("goal {number}"), "text": N_("text {number}"),
    "feed": N_("feed {number}"), "group": N_("group {number}"),
    "plan": N_("publication {number}"), "playlist": N_("playlist {number}"),
    "n": N_("notice {number}"), "quote": N_("quote {number}"), "quotes": N_("{number} quotes"),
    "days": N_("{number} days"), "rows": N_("{number} rows"), "rule": N_("rule {number}"),
    "screen": N_("screen {number}"), "tags": N_("tag {number}"), "token": N_("token {number}"),
    "touchpoints": N_("touchpoint {number}"), "user": N_("account {number}"),
    "withdrawal": N_("withdrawal {number}"),
}  # fmt: skip
_NAMED: Mapping[str, str] = {
    "journey": N_("the journey"), "look": N_("the walls’ look"), "mix": N_("the mix"),
    "order patterns": N_("patterns of order numbers"), "staff list": N_("names of staff"),
    "provider": N_("by way of the sign-in provider"), "everything": N_("everything"),
    "command line": N_("on the command line"), "no group": N_("screens in no group"),
    **HOW_WORDS, **ROLE_WORDS, **REASONS, **LOOK, **SETTINGS,
}  # fmt: skip
_NUMBER = re.compile(r"(?P<kind>[a-z]+) ?(?P<number>\d+)|(?P<n>\d+) (?P<of>[a-z]+)")


def told(said: str, names: Mapping[int, str]) -> str:
    """`about` or `detail` in words; names: of accounts, by id. What no word is known for stays as
    it is."""
    parts = said.split(", ")
    if len(parts) > 1:
        return ", ".join(told(part, names) for part in parts)
    if said in _NAMED:
        return translate(_NAMED[said])
    found = _NUMBER.fullmatch(said)
    if found is None:
        return said
    kind, number = found["kind"] or found["of"], found["number"] or found["n"]
    if kind == "user" and int(number) in names:
        return names[int(number)]
    return translate(_NUMBERED[kind]).format(number=number) if kind in _NUMBERED else said
