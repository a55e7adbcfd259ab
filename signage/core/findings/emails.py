"""E-mail addresses, also those that are spelled out to escape machines."""

from collections.abc import Iterator

import regex

from signage.core.findings.finding import Comment, Finding
from signage.words import N_

# What stands before the @ is looked at only from its start, so a long run is read once.
_PLAIN = regex.compile(
    r"(?i)(?<![\p{L}\p{N}_%+\-])[\p{L}\p{N}_][\p{L}\p{N}._%+\-]{0,63}+@"
    r"(?:[\p{L}\p{N}](?:[\p{L}\p{N}\-]{0,61}[\p{L}\p{N}])?\.){1,5}\p{L}{2,24}(?![\p{L}\p{N}])"
)
_AT_WORD = "at|snabel-?a|snabela|kruxel|alfakrøll|arr?obase|ät|miukumauku"
_DOT_WORD = "dot|punkt|prick|punktum|piste|point"
_AT = rf"(?:@|[(\[{{][ ]?(?:{_AT_WORD})[ ]?[)\]}}])"
_DOT = rf"(?:\.|[ ](?:{_DOT_WORD})[ ]|[ ]?[(\[{{][ ]?(?:{_DOT_WORD}|\.)[ ]?[)\]}}][ ]?)"
_SPELLED = regex.compile(
    rf"(?i)(?<![\p{{L}}\p{{N}}._%+\-])[\p{{L}}\p{{N}}._%+\-]{{1,64}}+[ ]?{_AT}[ ]?"
    rf"[\p{{L}}\p{{N}}\-]{{1,63}}+(?:{_DOT}[\p{{L}}\p{{N}}\-]{{2,24}}+){{1,3}}"
)


def emails(comment: Comment) -> Iterator[Finding]:
    """name@example.com, name (at) example.com."""
    text = comment.text
    if "@" in text:
        for match in _PLAIN.finditer(text):
            yield Finding(*match.span(), "email", "high", N_("This is an e-mail address."))
    if "@" in text or "(" in text or "[" in text or "{" in text:
        for match in _SPELLED.finditer(text):
            reason = N_("This reads like an e-mail address that is spelled out.")
            yield Finding(*match.span(), "email", "medium", reason)
