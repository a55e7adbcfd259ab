"""Whether a rule makes sense, before it is kept: every problem is named at once."""

from collections.abc import Collection, Iterator

import regex

from signage.core.rules.conditions import BAND_NAMES, LEVELS, Conditions
from signage.core.rules.outcome import FEEDS, MOST_HOURS, VERDICTS, Outcome
from signage.core.rules.words import LONGEST_PATTERN, compiled, is_too_much, names_something
from signage.core.scores import SCALES
from signage.errors import Invalid, Problem
from signage.words import N_

MOST_WORDS = 200
LONGEST_WORD = 80
MOST_TAGS = 5
LONGEST_TAG = 40


def check(
    asked: Conditions,
    outcome: Outcome,
    *,
    reasons: Collection[str],
    feeds: Collection[str] = FEEDS,
) -> None:
    """Raise Invalid, naming every problem. `reasons`: those for which a quote is rejected; `feeds`:
    those to which it can be limited."""
    problems = [*_of_conditions(asked), *_of_words(asked), *_of_outcome(outcome, reasons, feeds)]
    if problems:
        raise Invalid(problems)


def _of_conditions(asked: Conditions) -> Iterator[Problem]:
    if not asked.ask_something:
        text = N_("Say which quotes it is for: a rule without conditions would take every one.")
        yield Problem("no-condition", text, "score_from")
    scores = [each for each in (asked.score_from, asked.score_to) if each is not None]
    top = max(high for _, high in SCALES.values())
    if any(not 0 <= each <= top for each in scores) or scores != sorted(scores):
        yield Problem("bad-range", N_("Scores from 0 to 10, the lower one first."), "score_from")
    lengths = [each for each in (asked.shortest, asked.longest) if each is not None]
    if any(not 0 <= each <= 10_000 for each in lengths) or lengths != sorted(lengths):
        text = N_("Lengths from 0 to 10,000 words, the lower one first.")
        yield Problem("bad-range", text, "shortest")
    known = (
        (asked.bands, BAND_NAMES, "bands"),
        (asked.metrics, tuple(SCALES), "metrics"),
        ((asked.level,), LEVELS, "level"),
        ((asked.findings,), ("", "none", "some"), "findings"),
    )
    for given, allowed, field in known:
        if not set(given) <= set(allowed):
            yield Problem("not-allowed", N_("Choose from the list."), field)


def _of_words(asked: Conditions) -> Iterator[Problem]:
    if len(asked.words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in asked.words):
        text = N_("At most {most} words or phrases, each of at most {longest} characters.")
        yield Problem("bad-words", text, "words", {"most": MOST_WORDS, "longest": LONGEST_WORD})
    if any(not names_something(word) for word in asked.words):
        yield Problem("bad-words", N_("A line of the words holds nothing but signs."), "words")
    pattern = asked.pattern
    if len(pattern) > LONGEST_PATTERN or is_too_much(pattern):
        text = N_("The pattern is too long: at most {most} characters, and no large repeats.")
        yield Problem("bad-pattern", text, "pattern", {"most": LONGEST_PATTERN})
    elif pattern:
        yield from _of_pattern(pattern)


def _of_pattern(pattern: str) -> Iterator[Problem]:
    try:
        compiled(pattern)
    except (regex.error, ValueError, RecursionError, OverflowError) as error:
        place = getattr(error, "pos", None)
        if place is None:
            yield Problem("bad-pattern", N_("The pattern cannot be read. Mend it."), "pattern")
            return
        text = N_("The pattern cannot be read from character {place} on. Mend it.")
        yield Problem("bad-pattern", text, "pattern", {"place": place + 1})


def _of_outcome(
    outcome: Outcome, reasons: Collection[str], feeds: Collection[str]
) -> Iterator[Problem]:
    if not outcome.does_something:
        text = N_("Say what follows: a decision, a tag or a limit.")
        yield Problem("no-outcome", text, "verdict")
    if outcome.verdict is not None and outcome.verdict not in VERDICTS:
        yield Problem("not-allowed", N_("Choose from the list."), "verdict")
    if outcome.verdict == "reject" and outcome.reason not in reasons:
        yield Problem("no-reason", N_("Choose a reason from the list."), "reason")
    if outcome.verdict == "approve" and not 0 <= outcome.hours <= MOST_HOURS:
        text = N_("From 1 to {most} hours.")
        yield Problem("bad-hours", text, "hours", {"most": MOST_HOURS})
    tags = outcome.tags
    if len(tags) > MOST_TAGS or any(not 0 < len(tag) <= LONGEST_TAG for tag in tags):
        text = N_("At most {most} tags, each of at most {longest} characters.")
        yield Problem("bad-tag", text, "tags", {"most": MOST_TAGS, "longest": LONGEST_TAG})
    if outcome.feeds is not None and not set(outcome.feeds) <= set(feeds):
        yield Problem("not-allowed", N_("Choose from the list."), "feeds")
