"""Rules: conditions on an answer, and what follows from them.

Pure: the same answer and the same rules give the same judgement, at any time and in any process.
Whatever fails or takes too long means that a person must look.
"""

from signage.core.rules.conditions import BAND_NAMES, LEVELS, Conditions
from signage.core.rules.facts import HIDDEN, Facts, Span, Spotted, seen_in, visible
from signage.core.rules.judging import Judgement, Rule, Said, judge
from signage.core.rules.outcome import FEEDS, VERDICTS, Outcome
from signage.core.rules.soundness import check

__all__ = [
    "BAND_NAMES",
    "FEEDS",
    "HIDDEN",
    "LEVELS",
    "VERDICTS",
    "Conditions",
    "Facts",
    "Judgement",
    "Outcome",
    "Rule",
    "Said",
    "Span",
    "Spotted",
    "check",
    "judge",
    "seen_in",
    "visible",
]
