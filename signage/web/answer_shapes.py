"""Answers from other programs, as the served document describes them; signage.intake.checks reads
them, and tells more of what is wrong."""

from signage.core.attribution import CONSENTS
from signage.core.shapes import nothing_or, one_of, several, text, thing, told, whole
from signage.intake.checks import LONGEST_COMMENT, LONGEST_TEXT

MOST_ITEMS = 1000

_ID = text("Ids are unique within a source.", LONGEST_TEXT)
_WORDS = nothing_or(text(most=LONGEST_TEXT))
_TIME = nothing_or(text("ISO 8601.", LONGEST_TEXT))
ANSWER = thing(
    {
        "source": text("The survey or tool.", LONGEST_TEXT), "external_id": _ID,
        "metric": nothing_or(one_of(("nps", "csat", "ces"), "nps if missing.")),
        "kind": nothing_or(one_of(("transactional", "relational"), "transactional if missing.")),
        "score": nothing_or(whole("NPS 0 to 10, CSAT 1 to 5, CES 1 to 7.", 0, 10)),
        "comment": nothing_or(text("The customer's words.", LONGEST_COMMENT)),
        "touchpoint": _WORDS, "segment": _WORDS, "language": _WORDS, "respondent": _WORDS,
        "name": _WORDS, "role": _WORDS,
        "consent": nothing_or(one_of(tuple(CONSENTS), "unknown if missing.")),
        "consent_at": _TIME, "consent_source": _WORDS,
        "consent_scope": nothing_or(one_of(("internal", "public"))),
        "answered_at": _TIME,
    },
    ("source", "external_id"), title="Response",
)  # fmt: skip
ANSWERS = {"oneOf": [ANSWER, several(ANSWER, most=MOST_ITEMS)]}

RESULT = thing(
    {
        "item": whole("Its place in the call, from 0."),
        "status": one_of(("created", "changed", "unchanged", "refused")),
        "note": text(),
        "problems": several(
            told({"type": text(), "title": text(), "field": nothing_or(text())}, title="Flaw")
        ),
    },
    ("item", "status"), title="Result",
)  # fmt: skip
TAKEN = told({"taken": whole(), "refused": whole(), "results": several(RESULT)})
NAMED = {"source": text("The survey or tool."), "external_id": text("The answer's id there.")}
ERASED = told({"status": one_of(("deleted",))})
