"""What a rule asks of an answer: all that is asked must hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from signage.core.reading import count_words
from signage.core.rules.facts import HIDDEN, Facts, Span
from signage.core.rules.words import pattern_spans, word_spans
from signage.core.scores import BANDS, band

BAND_NAMES = ("good", "middle", "bad")
"""The bands of any metric, in the order of scores.BANDS."""
LEVELS = ("low", "medium", "high")


class NotInspected(Exception):
    """The rule asks for findings, and nobody has looked for any."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """Each may be left out: empty or None asks for nothing.

    shortest, longest: words shown. findings: "none" or "some" of `kinds` (empty: of any kind) at
    `level` or above. words: whole words or phrases; one that ends with `*` is a beginning.
    pattern: a regular expression.
    """

    score_from: int | None = None
    score_to: int | None = None
    bands: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    touchpoints: tuple[int, ...] = ()
    segments: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    shortest: int | None = None
    longest: int | None = None
    findings: Literal["", "none", "some"] = ""
    kinds: tuple[str, ...] = ()
    level: str = "low"
    sources: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    pattern: str = ""

    @property
    def ask_something(self) -> bool:
        """Whether they leave any answer out."""
        asked = [field for field in fields(self) if field.name not in {"kinds", "level"}]
        return any(getattr(self, field.name) not in ("", (), None) for field in asked)

    def to_json(self) -> dict[str, Any]:
        """As they are kept."""
        kept = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Conditions":
        """The reverse of to_json; TypeError for a condition that this version does not know."""
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
        }
        return cls(**given)


def met(asked: Conditions, facts: Facts) -> tuple[Span, ...] | None:
    """None unless all holds, else the words behind it. Raises TimeoutError, NotInspected."""
    if not all(fits(asked, facts) for fits in _FITS):
        return None
    spans: list[Span] = []
    for look in (_findings, _words, _pattern):
        found = look(asked, facts)
        if found is None:
            return None
        spans += found
    return tuple(sorted(set(spans)))


def _score(asked: Conditions, facts: Facts) -> bool:
    low, high = asked.score_from, asked.score_to
    if low is None and high is None:
        return True
    score = facts.score
    return score is not None and (low is None or low <= score) and (high is None or score <= high)


def _band(asked: Conditions, facts: Facts) -> bool:
    if not asked.bands:
        return True
    if facts.score is None:
        return False
    place = BANDS[facts.metric].index(band(facts.metric, facts.score))
    return BAND_NAMES[place] in asked.bands


def _length(asked: Conditions, facts: Facts) -> bool:
    if asked.shortest is None and asked.longest is None:
        return True
    length = count_words(facts.text.replace(HIDDEN, " "))
    return (asked.shortest or 0) <= length <= (asked.longest or length)


def _segment(asked: Conditions, facts: Facts) -> bool:
    segments = {each.casefold() for each in asked.segments}
    return not segments or (facts.segment or "").casefold() in segments


_FITS: tuple[Callable[[Conditions, Facts], bool], ...] = (
    lambda asked, facts: not asked.metrics or facts.metric in asked.metrics,
    lambda asked, facts: not asked.sources or facts.source in asked.sources,
    lambda asked, facts: not asked.touchpoints or facts.touchpoint_id in asked.touchpoints,
    lambda asked, facts: not asked.languages or facts.language in asked.languages,
    _segment,
    _score,
    _band,
    _length,
)


def _findings(asked: Conditions, facts: Facts) -> tuple[Span, ...] | None:
    if not asked.findings:
        return ()
    if facts.findings is None:
        raise NotInspected
    least = LEVELS.index(asked.level)
    found = tuple(
        (each.start, each.end)
        for each in facts.findings
        if LEVELS.index(each.level) >= least and (not asked.kinds or each.kind in asked.kinds)
    )
    if asked.findings == "none":
        return None if found else ()
    return found or None


def _words(asked: Conditions, facts: Facts) -> tuple[Span, ...] | None:
    return (word_spans(asked.words, facts.text) or None) if asked.words else ()


def _pattern(asked: Conditions, facts: Facts) -> tuple[Span, ...] | None:
    return (pattern_spans(asked.pattern, facts.text) or None) if asked.pattern else ()
