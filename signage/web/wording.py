"""Words for the field's own terms: bands, kinds of survey, consents, masks."""

from babel import Locale, UnknownLocaleError

from signage.core.attribution import Who, attribution
from signage.core.devices import browser_of, system_of
from signage.core.pairing import Looks
from signage.core.scores import SCALES, Metric, band
from signage.models import SurveyResponse
from signage.words import N_, language, translate

SHAPES = {
    "promoter": "up", "satisfied": "up", "easy": "up",
    "passive": "level", "neutral": "level",
    "detractor": "down", "dissatisfied": "down", "hard": "down",
}  # fmt: skip

BAND_WORDS = {
    "promoter": N_("promoter"), "passive": N_("passive"), "detractor": N_("detractor"),
    "satisfied": N_("satisfied"), "neutral": N_("neutral"), "dissatisfied": N_("dissatisfied"),
    "easy": N_("easy"), "hard": N_("hard"),
}  # fmt: skip

BAND_PLURALS = {
    "promoter": N_("Promoters"), "passive": N_("Passives"), "detractor": N_("Detractors"),
    "satisfied": N_("Satisfied"), "neutral": N_("Neutral"), "dissatisfied": N_("Dissatisfied"),
    "easy": N_("Easy"), "hard": N_("Hard"),
}  # fmt: skip

LABEL_WORDS = {
    "name": N_("name"), "phone": N_("phone number"), "email": N_("e-mail address"),
    "number": N_("number"), "other": N_("private"),
}  # fmt: skip

KIND_WORDS = {
    "transactional": N_("after a contact"),
    "relational": N_("about the relationship"),
}

CONSENT_WORDS = {
    "unknown": N_("not known, so without a name"),
    "anonymous": N_("may be quoted without a name"),
    "role": N_("may be quoted with role"),
    "first_name": N_("may be quoted with first name"),
    "full_name": N_("may be quoted with full name"),
}

STATE_WORDS = {
    "waiting": N_("waiting"), "set_aside": N_("set aside"), "approved": N_("approved"),
    "published": N_("published"), "rejected": N_("rejected"), "withdrawn": N_("withdrawn"),
    "expired": N_("expired"), "merged": N_("merged with another"),
}  # fmt: skip

EVENT_WORDS = {
    "arrived": N_("came in"), "corrected": N_("the survey sent it again"),
    "inspected": N_("inspected by machine"),
    "not-inspected": N_("could not be inspected by machine: a person must look"),
    "ruled": N_("rule"), "revised": N_("cuts and masks"), "recalled": N_("taken off the walls"),
    "approve": N_("approved"), "reject": N_("rejected"), "set_aside": N_("set aside"),
    "undo": N_("decision taken back"), "reopen": N_("opened again"), "publish": N_("published"),
    "withdraw": N_("withdrawn"), "expire": N_("expired"), "edit": N_("changed while published"),
    "object": N_("objected to, so it waits again"), "person": N_("a person must look"),
    "move": N_("moved to another time"), "pin": N_("pinned"), "unpin": N_("unpinned"),
    "merge": N_("merged with another"), "part": N_("speaks for itself again"),
    "tag": N_("tagged"), "untag": N_("tag taken off"), "keep": N_("finding kept as it is"),
    "unkeep": N_("finding open again"),
}  # fmt: skip

RULING_WORDS = {
    "decided": N_("decided"), "held": N_("a person must look"), "added": N_("added to it"),
    "watched": N_("only watched"), "rule": N_("so the rule says"),
    "source": N_("its source is not trusted yet"), "timed-out": N_("it took too long"),
    "failed": N_("it failed"), "not-inspected": N_("it could not be inspected"),
    "person": N_("somebody has decided about it before"),
    "consent": N_("the customer has not agreed to be quoted"),
}  # fmt: skip

BAND_GROUPS = {
    "up": N_("Promoters, satisfied, easy"),
    "level": N_("Passives, neutral"),
    "down": N_("Detractors, dissatisfied, hard"),
}

SCOPE_WORDS = {"internal": N_("among colleagues"), "public": N_("anywhere")}

VERDICT_WORDS = {
    "approve": N_("Approved"), "reject": N_("Rejected"), "set_aside": N_("Set aside for later"),
    "undo": N_("Taken back"), "publish": N_("On the wall"), "withdraw": N_("Withdrawn"),
    "expire": N_("Expired"), "edit": N_("Changed while published"),
    "reopen": N_("Opened again"),
}  # fmt: skip

DEED_WORDS = {
    "approve": N_("Approve"), "reject": N_("Reject, then 1–6 for the reason"),
    "set_aside": N_("Set aside"), "publish_at": N_("Approve for a later time"),
    "undo": N_("Undo the last decision"), "next": N_("Next in the queue"),
    "previous": N_("Previous in the queue"),
    "cut": N_("Cut the finding or what is selected, or restore it"),
    "mask": N_("Mask the finding or what is selected"), "keep": N_("Keep the finding as it is"),
    "tags": N_("Tags"), "search": N_("Search"), "help": N_("All keys"),
}  # fmt: skip

UPLOAD_WORDS = {
    "previewed": N_("waits for you to import it"),
    "running": N_("being imported"),
    "done": N_("imported"),
    "refused": N_("nothing taken in"),
    "failed": N_("interrupted"),
}

FIELD_WORDS = {
    "source": N_("survey"), "external_id": N_("id of the answer"), "metric": N_("metric"),
    "kind": N_("kind of survey"), "score": N_("score"), "comment": N_("comment"),
    "touchpoint": N_("touchpoint"), "segment": N_("segment"), "language": N_("language"),
    "respondent": N_("respondent"), "name": N_("name"), "role": N_("role"),
    "consent": N_("consent"), "consent_at": N_("time of the consent"),
    "consent_source": N_("source of the consent"), "consent_scope": N_("scope of the consent"),
    "answered_at": N_("time of the answer"),
}  # fmt: skip

ROLE_WORDS = {"viewer": N_("viewer"), "lead": N_("lead"), "admin": N_("admin")}

HOW_WORDS = {
    "password": N_("by password"), "link": N_("by a one-time link"),
    "provider": N_("by way of the sign-in provider"),
}  # fmt: skip

SEPARATOR_WORDS = {
    ",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab"), "|": N_("vertical bar"),
}  # fmt: skip


def band_shape(metric: Metric, score: int | None) -> str:
    """up, level or down: a band is told by shape, colour and word."""
    return "" if score is None else SHAPES[band(metric, score)]


def band_word(metric: Metric, score: int | None) -> str:
    """promoter, passive, …"""
    return "" if score is None else translate(BAND_WORDS[band(metric, score)])


def most_of(metric: Metric) -> int:
    """The top of a metric's scale."""
    return SCALES[metric][1]


def language_name(code: str) -> str:
    """svenska, in the reader's language."""
    try:
        return Locale.parse(code).get_display_name(language()) or code
    except (UnknownLocaleError, ValueError):
        return code


def who_word(response: SurveyResponse) -> str:
    """How a wall will name the customer."""
    who = attribution(response.consent, response.name, response.role)
    return who.text or translate(N_("a customer"))


def named_word(who: Who) -> str:
    """Anna, or "a customer"."""
    return who.text or translate(N_("a customer"))


def _word_in(words: dict[str, str], code: str | None) -> str:
    return translate(words[code]) if code in words else code or ""


def device_word(agent: str | None) -> str:
    """Firefox on Windows, as far as it says."""
    browser, system = browser_of(agent), system_of(agent)
    if browser and system:
        return translate(N_("{browser} on {system}")).format(browser=browser, system=system)
    return browser or system or translate(N_("A program or an unknown browser"))


def looks_browser(looks: Looks) -> str:
    """The same of a player."""
    if looks.browser and looks.system:
        told = {"browser": looks.browser, "system": looks.system}
        return translate(N_("{browser} on {system}")).format(**told)
    return looks.browser or looks.system


def label_word(code: str) -> str:
    """What a mask hides."""
    return _word_in(LABEL_WORDS, code)


FILTERS = {
    "looks_browser": looks_browser,
    "device_word": device_word,
    "how_word": lambda code: _word_in(HOW_WORDS, code),
    "role_word": lambda code: _word_in(ROLE_WORDS, code),
    "band_shape": band_shape,
    "band_word": band_word,
    "most_of": most_of,
    "language_name": language_name,
    "who_word": who_word,
    "named_word": named_word,
    "band_plural": lambda code: _word_in(BAND_PLURALS, code),
    "label_word": label_word,
    "scope_word": lambda code: _word_in(SCOPE_WORDS, code),
    "verdict_word": lambda code: _word_in(VERDICT_WORDS, code),
    "deed_word": lambda code: _word_in(DEED_WORDS, code),
    "kind_word": lambda code: _word_in(KIND_WORDS, code),
    "state_word": lambda code: _word_in(STATE_WORDS, code),
    "event_word": lambda code: _word_in(EVENT_WORDS, code),
    "ruling_word": lambda code: _word_in(RULING_WORDS, code),
    "capitalised": lambda text: text[:1].upper() + text[1:],
    "band_group": lambda code: _word_in(BAND_GROUPS, code),
    "upload_word": lambda code: _word_in(UPLOAD_WORDS, code),
    "field_word": lambda code: _word_in(FIELD_WORDS, code),
    "separator_word": lambda code: _word_in(SEPARATOR_WORDS, code),
    "consent_word": lambda code: _word_in(CONSENT_WORDS, code),
}
