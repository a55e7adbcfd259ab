"""Feeds in plain words: their kinds, what they let through, in which order."""

from collections.abc import Iterable, Mapping

from signage.core.feed_rules import FeedRule
from signage.web.rule_words import BAND_TEXTS
from signage.web.wording import language_name
from signage.words import N_, translate

KIND_TEXTS = {
    "quotes": N_("Quotes"), "improvements": N_("Improvements"), "nps": N_("NPS"),
    "csat": N_("CSAT"), "ces": N_("CES"), "touchpoints": N_("Touchpoints"),
    "notices": N_("Notices"),
}  # fmt: skip

FEED_NAMES = KIND_TEXTS | {"mix": N_("The mix")}
"""The feeds that are always there, by their names."""

KIND_HINTS = {
    "quotes": N_("Customers’ words, of one touchpoint, one segment, one language, or with a tag."),
    "improvements": N_("What was done, at the touchpoints that a team answers for."),
    "nps": N_("The score and its trend, of a part of the answers."),
    "csat": N_("The share of satisfied customers, of a part of the answers."),
    "ces": N_("How easy it was, of a part of the answers."),
    "touchpoints": N_("Some touchpoints beside each other."),
    "notices": N_("The latest of the company’s own words."),
}

ORDER_TEXTS = {
    "newest": N_("The latest published first"),
    "oldest": N_("The first published first"),
    "answered": N_("The latest answered first"),
}

MIX_TEXTS = {
    "as_answered": N_("As customers answered"),
    "newest": N_("By their order alone"),
    "equal": N_("As many from each group"),
}

DAYS_TEXTS = {
    "quotes": N_("Answered at most so many days ago"),
    "improvements": N_("Done at most so many days ago"),
    "notices": N_("Begun at most so many days ago"),
}
"""What is meant by the days of a kind; of figures, the days that they count."""
DAYS_OF_FIGURES = N_("Answers of so many days")


def rule_lines(
    rule: FeedRule, touchpoints: Mapping[int, str], tags: Mapping[str, str]
) -> list[str]:
    """What a feed holds, a line each; names of touchpoints by id, of tags by key."""
    days = translate(N_("of the last {n} days")).format(n=rule.days) if rule.days else ""
    lines = (
        _line(N_("about {list}"), (touchpoints.get(each, "?") for each in rule.touchpoints)),
        _line(N_("segment {list}"), rule.segments),
        _line(N_("tagged {list}"), (tags.get(each, each) for each in rule.tags)),
        _line(N_("in {list}"), (language_name(each) for each in rule.languages)),
        _line(N_("{list}"), (translate(BAND_TEXTS[each]) for each in rule.bands)),
        days,
    )
    return [line for line in lines if line]


def _line(text: str, names: Iterable[str]) -> str:
    told = ", ".join(names)
    return translate(text).format(list=told) if told else ""
