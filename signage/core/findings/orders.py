"""Numbers of orders, as the company's own templates describe them.

A template is read letter by letter: # is a digit, ? a letter, a space or dash may be missing, all
else is itself. It is no regular expression, so none can take long, or mean what nobody meant.
"""

from collections.abc import Iterator
from functools import lru_cache

import regex

from signage.core.findings.finding import Comment, Finding
from signage.words import N_

LEAST_OPEN, LONGEST = 3, 40
_PARTS = {"#": "[0-9]", "?": r"\p{L}", " ": r"[ \-]?", "-": r"[ \-]?"}


def problem_with(template: str) -> str | None:
    """What is wrong with a template and what to do; None where it can be used."""
    if not 0 < len(template) <= LONGEST:
        return N_("A pattern of 1 to 40 characters.")
    if template.count("#") < LEAST_OPEN:
        return N_("Write # for each digit, at least three, such as {example}.")
    return None


def orders(comment: Comment) -> Iterator[Finding]:
    """ORD-123456, where the company has said ORD-######."""
    for template in comment.known.orders:
        if pattern := _compiled(template):
            letters = any(each.isalpha() for each in template)
            for match in pattern.finditer(comment.numeric):
                yield Finding(
                    *match.span(),
                    "order_number",
                    "high" if letters else "medium",
                    N_("This fits your pattern {pattern}."),
                    {"pattern": template},
                )


@lru_cache(maxsize=1_000)
def _compiled(template: str) -> "regex.Pattern[str] | None":
    if problem_with(template):
        return None
    parts = (_PARTS.get(each, regex.escape(each)) for each in template)
    return regex.compile(rf"(?i)(?<![\p{{L}}\p{{N}}]){''.join(parts)}(?![\p{{L}}\p{{N}}])")
