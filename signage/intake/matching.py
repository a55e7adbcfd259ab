"""Which column holds which field."""

import re
from collections.abc import Callable, Iterable, Sequence

from signage.core.attribution import CONSENTS, SCOPES
from signage.core.scores import SCALES, Metric
from signage.intake.checks import KINDS
from signage.intake.columns import EXACT, FIELDS_BY_NAME, folded, rank
from signage.intake.profile import Profile

ENOUGH_FOR_SCALE = 30
MOSTLY = 0.9
HALF = 0.5
LONGEST_LABEL = 80
SHORTEST_COMMENT = 15

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_SATISFACTION = ("csat", "satisf", "nojd", "tilfreds", "fornøyd", "tyytyv", "zufried")
_EFFORT = ("ces", "effort", "anstrang", "indsats", "innsats", "vaiva", "aufwand")


def match_columns(profiles: Sequence[Profile]) -> dict[str, str]:
    """Column to field: by name where the cells agree, else by the cells alone.

    A column without a name is left out: statistics programs write their row numbers there.
    """
    free = [each for each in profiles if each.column]
    mapping: dict[str, str] = {}
    for field in FIELDS_BY_NAME:
        found = _named(field, free)
        if field == "score" and not found:
            found = _called_score(free)
        if found:
            mapping[found.column] = field
            free.remove(found)
    for field, alike in _ALIKE.items():
        found = None if field in mapping.values() else alike(free)
        if found:
            mapping[found.column] = field
            free.remove(found)
    return mapping


def metric_of(scored: Profile) -> Metric:
    """Which metric a column of scores holds, by its name and by how far they go."""
    name = folded(scored.column)
    if name in {"csat", "ces"}:  # its name says so: what lies off its scale is refused by row
        return "csat" if name == "csat" else "ces"
    if any(part in name for part in _EFFORT) and scored.high <= 7 and scored.low:
        return "ces"
    within_five = scored.high <= 5 and scored.low
    if within_five and any(part in name for part in _SATISFACTION):
        return "csat"
    if "nps" in name or "recom" in name or scored.given < ENOUGH_FOR_SCALE:
        return "nps"
    return "csat" if within_five and scored.high == 5 else "nps"


def _named(field: str, free: Iterable[Profile]) -> Profile | None:
    ranked = [(rank(each.column, field), each) for each in free if _FITS[field](each)]
    best = max((place for place, _ in ranked), default=0)
    return next((each for place, each in ranked if place == best), None) if best else None


def _called_score(free: Iterable[Profile]) -> Profile | None:
    """The column whose name says in full that it holds scores, whatever its cells hold.

    Left out, it would be lost without a word; taken, each bad cell is refused by its line.
    """
    called = [each for each in free if _says_score(each) and each.spaced < HALF]
    return max(called, key=lambda each: rank(each.column, "score"), default=None)


def _like_score(free: Iterable[Profile]) -> Profile | None:
    alike = [each for each in free if _holds_scores(each) and not each.rising]
    return max(alike, key=lambda each: each.high, default=None)


def _like_comment(free: Iterable[Profile]) -> Profile | None:
    alike = [each for each in free if each.spaced >= 0.5 and each.length >= SHORTEST_COMMENT]
    return max(alike, key=lambda each: each.length, default=None)


def _like_date(free: Iterable[Profile]) -> Profile | None:
    # Long numbers can be read as dates too; a name must say so.
    return next((each for each in free if each.dates >= MOSTLY and each.dashed), None)


def _holds_scores(each: Profile) -> bool:
    return each.given > 0 and each.scores >= MOSTLY


def _fits_score(each: Profile) -> bool:
    # A name in full outweighs a few bad cells, even where another column has none.
    return _holds_scores(each) or (each.scores >= HALF and _says_score(each))


def _says_score(each: Profile) -> bool:
    return rank(each.column, "score") > EXACT / 2


def _holds_text(each: Profile) -> bool:
    return each.scores < 0.5 and each.dates < MOSTLY


def _holds_labels(each: Profile) -> bool:
    return 0 < each.length <= LONGEST_LABEL and each.dates < MOSTLY


def _holds_groups(each: Profile) -> bool:
    return _holds_labels(each) and (bool(each.values) or not each.unique)


def _holds_languages(each: Profile) -> bool:
    return bool(each.values) and all(map(_LANGUAGE.fullmatch, each.values))


def _one_of(choices: Iterable[str]) -> Callable[[Profile], bool]:
    known = frozenset(choices)
    return lambda each: bool(each.values) and each.values <= known


_FITS: dict[str, Callable[[Profile], bool]] = {
    # An id that comes twice numbers the customer, not the answer.
    "external_id": lambda each: each.unique and each.given == each.rows,
    "respondent": lambda each: each.given > 0 and each.spaced < 0.5,
    "score": _fits_score,
    "comment": _holds_text,
    "answered_at": lambda each: each.dates >= MOSTLY,
    "touchpoint": _holds_groups,
    "segment": _holds_groups,
    "language": _holds_languages,
    "name": _holds_labels,
    "role": _holds_labels,
    "consent": _one_of(CONSENTS),
    "consent_at": lambda each: each.dates >= MOSTLY,
    "consent_source": _holds_labels,
    "consent_scope": _one_of(SCOPES),
    "metric": _one_of(SCALES),
    "kind": _one_of(KINDS),
}
_ALIKE: dict[str, Callable[[Iterable[Profile]], Profile | None]] = {
    "score": _like_score,
    "comment": _like_comment,
    "answered_at": _like_date,
}
