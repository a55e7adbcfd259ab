"""One answer on its way in: what every source hands on, and the rules that it must keep."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Literal

from signage.core.attribution import CONSENTS
from signage.core.scores import SCALES, Metric
from signage.core.text import one_line, plain
from signage.errors import Invalid, Problem
from signage.intake.moments import from_iso, implausible
from signage.words import N_

Kind = Literal["transactional", "relational"]

KINDS: tuple[Kind, ...] = ("transactional", "relational")
FIELDS = (
    "source",
    "external_id",
    "metric",
    "kind",
    "score",
    "comment",
    "touchpoint",
    "segment",
    "language",
    "respondent",
    "name",
    "role",
    "consent",
    "answered_at",
)
LONGEST_COMMENT = 10_000
LONGEST_TEXT = 200

# Words with single spaces between them, and no sign that markup needs: `plain` would only look at
# them and hand them back, which takes ten times as long.
_PLAIN_ALREADY = re.compile(r"[!-%'-;=-~¡-¬®-ÿŒœ‘’“”–—…€]++(?: [!-%'-;=-~¡-¬®-ÿŒœ‘’“”–—…€]++)*+")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*+")


@dataclass(frozen=True, slots=True)
class Draft:
    """One answer to one question, checked and ready to be received.

    comment is already plain text; language is a BCP 47 primary subtag such as "sv"; consent is
    one of signage.core.attribution.CONSENTS; answered_at is aware and in UTC; payload is the
    answer as it came, as JSON.
    """

    source: str
    external_id: str
    metric: Metric
    kind: Kind
    score: int | None
    comment: str | None
    touchpoint: str | None
    segment: str | None
    language: str | None
    respondent: str | None
    name: str | None
    role: str | None
    consent: str
    answered_at: datetime
    payload: str


def draft_from(fields: Mapping[str, object], *, at: datetime, payload: str) -> Draft:
    """The draft that these fields (names from FIELDS) make; Invalid names every problem.

    Types are strict: score is a whole number, answered_at ISO 8601 text or an aware datetime, all
    else text. None and blank text count as missing. Missing: metric "nps", kind "transactional",
    consent "unknown", answered_at `at`.
    """
    found: list[Problem] = []
    values: dict[str, Any] = _MISSING.copy()
    for name, value in fields.items():
        read = _READERS.get(name)
        if read is None:
            found.append(_unknown(name))
        elif value is not None:
            values[name] = read(name, value, found)
    values["metric"] = values["metric"] or "nps"
    values["kind"] = values["kind"] or "transactional"
    values["consent"] = values["consent"] or "unknown"
    values["score"] = _score(values["score"], values["metric"], found)
    values["answered_at"] = _answered_at(values["answered_at"], at, found)
    if not values["source"] or not values["external_id"]:
        found += _missing(values, found)
    if values["score"] is None and values["comment"] is None:
        found += _nothing_answered(found)
    if found:
        raise Invalid(found)
    return Draft(payload=payload, **values)


def suggestion(wrong: str, known: Iterable[str]) -> str | None:
    """The known name that `wrong` was probably meant to be."""
    folded = {name.casefold(): name for name in known}
    near = get_close_matches(wrong.casefold()[:LONGEST_TEXT], folded, n=1)
    return folded[near[0]] if near else None


def _unknown(name: str) -> Problem:
    near = suggestion(name, FIELDS)
    shown = name[:LONGEST_TEXT]
    if near:
        text = N_("There is no field “{name}”. Did you mean “{near}”?")
        return Problem("unknown-field", text, shown, {"name": shown, "near": near})
    text = N_("There is no field “{name}”. Leave it out, or use one of: {fields}.")
    return Problem("unknown-field", text, shown, {"name": shown, "fields": ", ".join(FIELDS)})


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


def _later(_name: str, value: object, _found: list[Problem]) -> object:
    """Kept for when the fields are known that its meaning depends on."""
    return value


def _score(value: object, metric: Metric, found: list[Problem]) -> int | None:
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


def _answered_at(value: object, at: datetime, found: list[Problem]) -> datetime:
    if value is None or (isinstance(value, str) and not value.strip()):
        return at
    if isinstance(value, str):
        value = from_iso(value.strip(), at=at)
    if isinstance(value, datetime):
        value = implausible(value, at=at) or value
    if isinstance(value, datetime):
        return value if value.tzinfo is UTC else value.astimezone(UTC)
    if not isinstance(value, Problem):
        text = N_("This must be a date and time as text, such as 2026-04-13T09:30:00Z.")
        value = Problem("wrong-type", text, "answered_at")
    found.append(value)
    return at


def _missing(values: Mapping[str, object], found: list[Problem]) -> list[Problem]:
    """Which of the two needful names are not there; one that was refused is not missing."""
    refused = {problem.field for problem in found}
    text = N_("This is missing. Give a text of 1 to {longest} characters.")
    return [
        Problem("missing", text, name, {"longest": LONGEST_TEXT})
        for name in ("source", "external_id")
        if not values[name] and name not in refused
    ]


def _nothing_answered(found: list[Problem]) -> list[Problem]:
    if any(problem.field in ("score", "comment") for problem in found):
        return []
    text = N_("There is neither a score nor a comment. Give at least one of them.")
    return [Problem("nothing-answered", text)]


_MISSING: dict[str, Any] = dict.fromkeys(FIELDS)
_CHOICES: dict[str, tuple[str, ...]] = {
    "metric": tuple(SCALES),
    "kind": KINDS,
    "consent": CONSENTS,
}
_READERS: dict[str, Callable[[str, object, list[Problem]], object]] = {
    "source": _mark,
    "external_id": _mark,
    "metric": _choice,
    "kind": _choice,
    "score": _later,
    "comment": _comment,
    "touchpoint": _words,
    "segment": _words,
    "language": _language,
    "respondent": _mark,
    "name": _words,
    "role": _words,
    "consent": _choice,
    "answered_at": _later,
}
