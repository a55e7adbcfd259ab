"""One answer on its way in: what every source hands on, whole and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from signage.core.scores import Metric
from signage.core.shape_reading import MOST_TOLD
from signage.errors import Invalid, Problem
from signage.intake import checks

Kind = Literal["transactional", "relational"]

FIELDS = tuple(checks.READERS)

_MISSING: dict[str, Any] = dict.fromkeys(FIELDS)


@dataclass(frozen=True, slots=True)
class Draft:
    """One answer to one question, checked and ready to be received.

    comment is already plain text; language is a BCP 47 primary subtag such as "sv"; consent is
    one of signage.core.attribution.CONSENTS; consent_at and answered_at are aware and in UTC;
    payload is the answer as it came, as JSON. given: the fields that the source filled in; the
    others hold defaults, and must not overwrite what an earlier message of the same answer said.
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
    consent_at: datetime | None
    consent_source: str | None
    consent_scope: str | None
    answered_at: datetime
    payload: str
    given: frozenset[str]


def draft_from(fields: Mapping[str, object], *, at: datetime, payload: str) -> Draft:
    """The draft that these fields (names from FIELDS) make; Invalid names every problem.

    Types are strict: score is a whole number, answered_at and consent_at are ISO 8601 text or an
    aware datetime, all else is text. None and blank text count as missing. Missing: metric "nps",
    kind "transactional", consent "unknown", answered_at `at`.
    """
    found: list[Problem] = []
    values: dict[str, Any] = _MISSING.copy()
    for name, value in fields.items():
        read = checks.READERS.get(name)
        if read is None:
            if len(found) <= MOST_TOLD:  # each is compared with those that there are
                found.append(checks.unknown(name))
        elif value is not None:
            values[name] = read(name, value, found)
    given = frozenset([name for name in fields if values.get(name) is not None])
    values["metric"] = values["metric"] or "nps"
    values["kind"] = values["kind"] or "transactional"
    values["consent"] = values["consent"] or "unknown"
    values["score"] = checks.score(values["score"], values["metric"], found)
    values["consent_at"] = checks.moment("consent_at", values["consent_at"], at, found)
    values["answered_at"] = checks.answered_at(values["answered_at"], at, found)
    if not values["source"] or not values["external_id"]:
        found += checks.missing(values, found)
    if values["score"] is None and values["comment"] is None:
        found += checks.nothing_answered(found)
    if found:
        raise Invalid(found)
    return Draft(payload=payload, given=given, **values)
