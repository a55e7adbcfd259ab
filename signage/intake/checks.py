"""What each field of an answer may hold. Every problem is noted, none is raised."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import lru_cache

from signage.core.attribution import CONSENTS, SCOPES
from signage.core.scores import SCALES, Metric
from signage.core.text import one_line, plain
from signage.errors import Problem
from signage.intake.moments import from_iso, implausible
from signage.words import N_

KINDS = ("transactional", "relational")
LONGEST_COMMENT = 20_000
LONGEST_TEXT = 200

# Words with single spaces between them, and no sign that markup needs: `plain` would only look at
# them and hand them back, which takes ten times as long.
_PLAIN_ALREADY = re.compile(r"[!-%'-;=-~¡-¬®-ÿŒœ‘’“”–—…€]++(?: [!-%'-;=-~¡-¬®-ÿŒœ‘’“”–—…€]++)*+")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*+")


def score(value: object, metric: Metric, found: list[Problem]) -> int | None:
    """The score within its metric's scale; a problem in `found` for any other."""
    if value is None:
        return None
    low, high = SCALES[metric]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        whole = isinstance(value, float)
        code = "score-not-whole" if whole else "wrong-type"
        text = N_("The score must be a whole number from {low} to {high}.")
        found.append(Problem(code, text, "score", {"low": low, "high": high}))
        return None
    if low <= value <= high:
        return value
    text = N_("The score lies outside the scale of {metric}, which goes from {low} to {high}.")
    params: dict[str, str | int] = {"metric": metric.upper(), "low": low, "high": high}
    found.append(Problem("score-out-of-range", text, "score", params))
    return None


def answered_at(value: object, at: datetime, found: list[Problem]) -> datetime:
    """The moment in UTC, `at` where none is given."""
    return moment("answered_at", value, at, found) or at


def moment(name: str, value: object, at: datetime, found: list[Problem]) -> datetime | None:
    """A moment in UTC, None where none is given or it cannot be read."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str):
        value = from_iso(value.strip(), at=at)
    if isinstance(value, datetime):
        value = implausible(value, at=at) or value
    if isinstance(value, datetime):
        return value if value.tzinfo is UTC else value.astimezone(UTC)
    if not isinstance(value, Problem):
        text = N_("This must be a date and time as text, such as 2026-04-13T09:30:00Z.")
        value = Problem("wrong-type", text)
    found.append(replace(value, field=name))
    return None


def missing(values: Mapping[str, object], found: list[Problem]) -> list[Problem]:
    """Which of the two needful names are not there; one that was refused is not missing."""
    refused = {problem.field for problem in found}
    text = N_("This is missing. Give a text of 1 to {longest} characters.")
    return [
        Problem("missing", text, name, {"longest": LONGEST_TEXT})
        for name in ("source", "external_id")
        if not values[name] and name not in refused
    ]


def nothing_answered(found: list[Problem]) -> list[Problem]:
    """That score and comment are missing, unless one of them was there and refused."""
    if any(problem.field in ("score", "comment") for problem in found):
        return []
    text = N_("There is neither a score nor a comment. Give at least one of them.")
    return [Problem("nothing-answered", text)]


def unknown(name: str) -> Problem:
    """What to say about a field that is not in READERS."""
    near = suggestion(name, READERS)
    shown = name[:LONGEST_TEXT]
    if near:
        text = N_("There is no field “{name}”. Did you mean “{near}”?")
        return Problem("unknown-field", text, shown, {"name": shown, "near": near})
    text = N_("There is no field “{name}”. Leave it out, or use one of: {fields}.")
    return Problem("unknown-field", text, shown, {"name": shown, "fields": ", ".join(READERS)})


def suggestion(wrong: str, known: Iterable[str]) -> str | None:
    """The known name that `wrong` was probably meant to be."""
    folded = {name.casefold(): name for name in known}
    near = get_close_matches(wrong.casefold()[:LONGEST_TEXT], folded, n=1)
    return folded[near[0]] if near else None


def _text(name: str, value: object, found: list[Problem], longest: int = LONGEST_TEXT) -> str:
    """The text without space around it; empty where there is none that can be taken."""
    if not isinstance(value, str):
        found.append(Problem("wrong-type", N_("This must be text, in quotes."), name))
        return ""
    value = value.strip()
    if len(value) <= longest:
        return value
    text = N_("This is {length} characters long; at most {longest} are kept. Shorten it.")
    found.append(Problem("too-long", text, name, {"length": len(value), "longest": longest}))
    return ""


def _comment(name: str, value: object, found: list[Problem]) -> str | None:
    given = _text(name, value, found, LONGEST_COMMENT)
    if _PLAIN_ALREADY.fullmatch(given):
        return given
    return plain(given) or None


def _words(name: str, value: object, found: list[Problem]) -> str | None:
    """A short text that people will read."""
    return _cleaned(_text(name, value, found)) or None


# The same few touchpoints, segments and roles come again and again.
_cleaned = lru_cache(maxsize=4096)(one_line)


def _mark(name: str, value: object, found: list[Problem]) -> str | None:
    """A text that programs compare: kept to the letter, so it may hold nothing unseen."""
    given = _text(name, value, found)
    if given.isprintable():
        return given or None
    text = N_("This holds characters that cannot be seen or stored. Remove them.")
    found.append(Problem("not-printable", text, name))
    return None


def _choice(name: str, value: object, found: list[Problem]) -> str | None:
    choices = _CHOICES[name]
    given = _text(name, value, found)
    if given in choices or not given:
        return given or None
    text = N_("“{given}” is not known here. Use one of: {choices}.")
    params = {"given": given, "choices": ", ".join(choices)}
    found.append(Problem("not-a-choice", text, name, params))
    return None


def _language(name: str, value: object, found: list[Problem]) -> str | None:
    given = _text(name, value, found)
    match = _LANGUAGE.fullmatch(given)
    if match or not given:
        return match[1].lower() if match else None
    text = N_("“{given}” is no language code. Use one such as “sv” or “en-GB”.")
    found.append(Problem("language-unreadable", text, name, {"given": given}))
    return None


def _as_given(_name: str, value: object, _found: list[Problem]) -> object:
    """For those that need more than themselves to be judged; the caller does."""
    return None if isinstance(value, str) and not value.strip() else value


_CHOICES: dict[str, tuple[str, ...]] = {
    "metric": tuple(SCALES),
    "kind": KINDS,
    "consent": CONSENTS,
    "consent_scope": SCOPES,
}
READERS: dict[str, Callable[[str, object, list[Problem]], object]] = {
    "source": _mark,
    "external_id": _mark,
    "metric": _choice,
    "kind": _choice,
    "score": _as_given,
    "comment": _comment,
    "touchpoint": _words,
    "segment": _words,
    "language": _language,
    "respondent": _mark,
    "name": _words,
    "role": _words,
    "consent": _choice,
    "consent_at": _as_given,
    "consent_source": _words,
    "consent_scope": _choice,
    "answered_at": _as_given,
}
