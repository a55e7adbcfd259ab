"""Rules in plain words: when, then, and what one said of a quote."""

from collections.abc import Iterable, Mapping

from signage.actions.decide import REASONS
from signage.core.rules import Conditions, Outcome
from signage.models import Ruling
from signage.web.wording import language_name
from signage.words import N_, translate

STATE_WORDS = {
    "watch": N_("only watches"),
    "on": N_("decides"),
    "off": N_("rests"),
}

BAND_TEXTS = {
    "good": N_("promoter, satisfied, easy"),
    "middle": N_("passive, neutral"),
    "bad": N_("detractor, dissatisfied, hard"),
}

KIND_TEXTS = {
    "email": N_("e-mail address"), "phone": N_("phone number"),
    "personal_number": N_("personal number"), "organisation_number": N_("organisation number"),
    "iban": N_("bank account"), "card": N_("card number"), "address": N_("postal address"),
    "url": N_("link"), "staff_name": N_("colleague’s name"), "probable_name": N_("probable name"),
    "order_number": N_("order number"), "dirty_word": N_("rude word"),
}  # fmt: skip

LEVEL_TEXTS = {
    "low": N_("however unsure"), "medium": N_("fairly sure or more"), "high": N_("sure"),
}  # fmt: skip

FEED_TEXTS = {
    "quotes": N_("among the quotes"),
    "improvements": N_("beside an improvement"),
}

THEN_TEXTS = {
    "approve": N_("Approve"),
    "person": N_("A person must look"),
    "set_aside": N_("Set aside"),
    "reject": N_("Reject"),
}

WOULD_TEXTS = {
    "approve": N_("Rule “{name}” would approve"),
    "person": N_("Rule “{name}” would ask for a person"),
    "set_aside": N_("Rule “{name}” would set it aside"),
    "reject": N_("Rule “{name}” would reject"),
    None: N_("Rule “{name}” would only add a tag or a limit"),
}

DECIDED_TEXTS = {
    "approve": N_("Approved by rule “{name}”"),
    "set_aside": N_("Set aside by rule “{name}”"),
    "reject": N_("Rejected by rule “{name}”"),
}

HELD_TEXTS = {
    "rule": N_("Held by rule “{name}”"),
    "timed-out": N_("Rule “{name}” took too long, so a person must look"),
    "failed": N_("Rule “{name}” failed, so a person must look"),
    "not-inspected": N_("Rule “{name}” could not tell what the comment holds"),
}

BARRED_TEXTS = {
    "source": N_("from this source a person must look"),
    "person": N_("somebody has decided about it before"),
    "consent": N_("the customer has not agreed to be quoted"),
    "not-inspected": N_("the comment could not be looked through"),
}


def when_lines(asked: Conditions, touchpoints: Mapping[int, str]) -> list[str]:
    """What a rule asks, a line each; `touchpoints`: their names by id."""
    places = (touchpoints.get(each, "?") for each in asked.touchpoints)
    languages = (language_name(each) for each in asked.languages)
    bands = (translate(BAND_TEXTS[each]) for each in asked.bands)
    lines = (
        _range(asked.score_from, asked.score_to, _SCORES),
        _line(N_("{list}"), bands),
        _line(N_("{list}"), (each.upper() for each in asked.metrics)),
        _line(N_("about {list}"), places),
        _line(N_("segment {list}"), asked.segments),
        _line(N_("in {list}"), languages),
        _range(asked.shortest, asked.longest, _LENGTHS),
        _findings(asked),
        _line(N_("from {list}"), asked.sources),
        _line(N_("with the words: {list}"), asked.words[:8]),
        translate(N_("with the pattern {text}")).format(text=asked.pattern)
        if asked.pattern
        else "",
    )
    return [line for line in lines if line]


def then_lines(outcome: Outcome, made: Mapping[str, str]) -> list[str]:
    """What follows, a line each; `made`: feeds that were made at the desk, name → title."""
    lines = []
    if outcome.verdict == "approve" and outcome.hours:
        text = translate(N_("Approve, unless somebody objects within {n} h"))
        lines.append(text.format(n=outcome.hours))
    elif outcome.verdict == "reject" and outcome.reason in REASONS:
        reason = translate(REASONS[outcome.reason])
        lines.append(translate(N_("Reject: {reason}")).format(reason=reason))
    elif outcome.verdict is not None:
        lines.append(translate(THEN_TEXTS[outcome.verdict]))
    lines.append(_line(N_("Tag: {list}"), outcome.tags))
    if outcome.feeds is not None:
        texts = feed_texts(made)
        feeds = (texts[name] for name in outcome.feeds if name in texts)
        lines.append(_line(N_("May hang only {list}"), feeds))
    return [line for line in lines if line]


def feed_texts(made: Mapping[str, str]) -> dict[str, str]:
    """Feed → where a quote hangs that is limited to it."""
    built_in = {name: translate(text) for name, text in FEED_TEXTS.items()}
    told = translate(N_("in the feed “{name}”"))
    return built_in | {name: told.format(name=title) for name, title in made.items()}


def ruling_line(ruling: Ruling, name: str, comment: str) -> str:
    """What a rule said of a quote, with the words behind it."""
    words = ", ".join(dict.fromkeys(comment[start:end] for start, end in ruling.words))
    text = translate(_ruling_text(ruling)).format(name=name)
    if ruling.did == "held" and ruling.why in BARRED_TEXTS and ruling.verdict is not None:
        text = f"{text}; {translate(BARRED_TEXTS[ruling.why])}"
    return f"{text}: {words}" if words else text


def decided_line(verdict: str, name: str, words: Iterable[str] | None) -> str:
    """A rule's decision, with the words behind it."""
    text = translate(DECIDED_TEXTS[verdict]).format(name=name)
    told = ", ".join(words or ())
    return f"{text}: {told}" if told else text


def _ruling_text(ruling: Ruling) -> str:
    if ruling.did == "decided" and ruling.verdict in DECIDED_TEXTS:
        return DECIDED_TEXTS[ruling.verdict]
    if ruling.did == "added":
        return N_("Rule “{name}” added a tag or a limit")
    if ruling.did == "watched" and ruling.why is not None:
        return N_("Rule “{name}”, which watches only, came to no end")
    if ruling.did == "held" and ruling.why in HELD_TEXTS and ruling.verdict in {None, "person"}:
        return HELD_TEXTS[ruling.why]
    return WOULD_TEXTS[ruling.verdict]


_SCORES = (N_("score {low}"), N_("score {low} to {high}"), N_("score {low} or more"),
           N_("score {high} or less"))  # fmt: skip
_LENGTHS = (N_("{low} words"), N_("{low} to {high} words"), N_("{low} words or more"),
            N_("{high} words or fewer"))  # fmt: skip


def _range(low: int | None, high: int | None, texts: tuple[str, str, str, str]) -> str:
    if low is None and high is None:
        return ""
    same, both, least, most = texts
    text = least if high is None else most if low is None else same if low == high else both
    return translate(text).format(low=low, high=high)


def _findings(asked: Conditions) -> str:
    if not asked.findings:
        return ""
    kinds = ", ".join(translate(KIND_TEXTS.get(kind, kind)) for kind in asked.kinds)
    if asked.findings == "none":
        text = N_("with no {list}") if kinds else N_("with nothing found")
    else:
        text = N_("with {list}") if kinds else N_("with something found")
    told = translate(text).format(list=kinds)
    return told if asked.level == "low" else f"{told} ({translate(LEVEL_TEXTS[asked.level])})"


def _line(text: str, names: Iterable[str]) -> str:
    told = ", ".join(names)
    return translate(text).format(list=told) if told else ""


FILTERS = {
    "rule_state": lambda code: translate(STATE_WORDS[code]) if code in STATE_WORDS else code,
    "decided_line": decided_line,
    "ruling_line": ruling_line,
}
