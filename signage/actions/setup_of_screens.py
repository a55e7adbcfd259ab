"""How a screen is set up: what can be chosen, and what of it cannot be."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from signage.core.hours import time_zones
from signage.core.seen import fingerprint
from signage.core.text import one_line
from signage.errors import Invalid, Problem
from signage.models import Group, Screen
from signage.words import LANGUAGES, N_

THEMES = {
    "auto": N_("By daylight"),
    "ink": N_("Ink (dark)"),
    "paper": N_("Paper (light)"),
}
TURNS = {
    0: N_("As the device shows it"),
    90: N_("A quarter to the right"),
    270: N_("A quarter to the left"),
    180: N_("Upside down"),
}
"""Degrees to the right, in words."""
MOST_TAGS = 10
LONGEST_TAG = 40
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_A_TIME = N_("A time such as 22:30.")


@dataclass(frozen=True, slots=True)
class ScreenDraft:
    """How a screen is set up; diagonal in inches, distance of the nearest reader in metres."""

    name: str
    site: str = ""
    locale: str = "en"
    timezone: str = "Europe/Stockholm"
    theme: str = "auto"
    motion: bool = True
    diagonal_inch: int = 55
    distance_m: int = 4
    night_from: str = ""
    night_to: str = ""
    night_percent: int = 20
    turned: int = 0
    group_id: int | None = None
    """None: in no group."""
    tags: tuple[str, ...] = ()


def draft_of(screen: Screen) -> ScreenDraft:
    """How a screen is set up now."""
    said = {name: getattr(screen, name) for name in ScreenDraft.__dataclass_fields__}
    return ScreenDraft(**{**said, "tags": tuple(screen.tags)})


def setup_seen(draft: ScreenDraft) -> str:
    """In short how a screen is set up: what somebody saw who changes it."""
    return fingerprint(asdict(draft))


def split_tags(typed: str) -> tuple[str, ...]:
    """The tags of a line, written with commas between."""
    return tuple(each for each in (one_line(part) for part in typed.split(",")) if each)


def checked(draft: ScreenDraft) -> ScreenDraft:
    """The draft as it is kept; raises Invalid with all that is wrong."""
    tags = _each_once(one_line(tag) for tag in draft.tags)
    draft = replace(draft, name=one_line(draft.name), site=one_line(draft.site), tags=tags)
    if found := [problem for problem in _problems(draft) if problem]:
        raise Invalid(found)
    return draft


def fields_of(session: Session, draft: ScreenDraft) -> dict[str, Any]:
    """A checked draft as columns of a screen; raises Invalid for a group that is gone."""
    if draft.group_id is not None and session.get(Group, draft.group_id) is None:
        text = N_("Choose a group from the list.")
        raise Invalid([Problem("unknown", text, "group_id")])
    return {**asdict(draft), "tags": list(draft.tags)}


def _each_once(tags: Iterable[str]) -> tuple[str, ...]:
    """In the order in which they were written; capitals make no other tag."""
    kept: dict[str, str] = {}
    for tag in tags:
        kept.setdefault(tag.casefold(), tag)
    return tuple(kept.values())


def _problems(draft: ScreenDraft) -> list[Problem | None]:
    return [
        Problem("missing", N_("Give the screen a name."), "name") if not draft.name else None,
        _unless(len(draft.name) <= 80, "too-long", N_("At most {most} characters."), "name"),
        _unless(len(draft.site) <= 80, "too-long", N_("At most {most} characters."), "site"),
        _unless(
            draft.locale in LANGUAGES, "unknown", N_("Choose a language from the list."), "locale"
        ),
        _unless(
            draft.timezone in time_zones(),
            "unknown",
            N_("Choose a time zone such as {example}."),
            "timezone",
        ),
        _unless(draft.theme in THEMES, "unknown", N_("Choose a theme from the list."), "theme"),
        _unless(
            5 <= draft.diagonal_inch <= 200,
            "out-of-range",
            N_("A diagonal from 5 to 200 inches."),
            "diagonal_inch",
        ),
        _unless(
            1 <= draft.distance_m <= 50,
            "out-of-range",
            N_("A distance from 1 to 50 metres."),
            "distance_m",
        ),
        _unless(draft.turned in TURNS, "unknown", N_("Choose a turn from the list."), "turned"),
        *_night_problems(draft),
        *_tag_problems(draft),
    ]


def _night_problems(draft: ScreenDraft) -> list[Problem | None]:
    times = (draft.night_from, draft.night_to)
    return [
        *(
            _unless(not at or _TIME.fullmatch(at) is not None, "unknown", _A_TIME, field)
            for at, field in zip(times, ("night_from", "night_to"), strict=True)
        ),
        _unless(
            bool(times[0]) == bool(times[1]) and (times[0] != times[1] or not times[0]),
            "missing",
            N_("A night has a beginning and another end; leave both empty for none."),
            "night_to",
        ),
        _unless(
            0 <= draft.night_percent <= 90,
            "out-of-range",
            N_("A brightness from 0 to 90 percent."),
            "night_percent",
        ),
    ]


def _tag_problems(draft: ScreenDraft) -> list[Problem | None]:
    return [
        _unless(len(draft.tags) <= MOST_TAGS, "too-many-tags", N_("At most {tags} tags."), "tags"),
        _unless(
            # Where they are typed, commas stand between them.
            all(0 < len(tag) <= LONGEST_TAG and "," not in tag for tag in draft.tags),
            "bad-tag",
            N_("A tag of 1 to {tag} characters, without a comma."),
            "tags",
        ),
    ]


def _unless(fine: bool, code: str, text: str, field: str) -> Problem | None:
    params: dict[str, str | int] = {
        "most": 80,
        "example": "Europe/Oslo",
        "tags": MOST_TAGS,
        "tag": LONGEST_TAG,
    }
    return None if fine else Problem(code, text, field, params)
