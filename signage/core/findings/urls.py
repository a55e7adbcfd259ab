"""Addresses of pages, with or without https:// before them."""

from collections.abc import Iterator

import regex

from signage.core.findings.finding import Comment, Finding
from signage.words import N_

_WITH_SCHEME = regex.compile(r"(?i)(?<![\p{L}\p{N}])(?:https?|ftp)://[^\s<>\"“”«»]{1,2000}+")
_WWW = regex.compile(r"(?i)(?<![\p{L}\p{N}@.])www\.[\p{L}\p{N}\-]{1,63}+\.[^\s<>\"“”«»]{1,2000}+")
# Without either, only endings that no sentence has after a full stop without a space.
_ENDINGS = (
    "com|net|org|info|biz|eu|se|dk|no|fi|de|fr|uk|nu|io|app|dev|shop|online|store|site|be|nl|at|ch"
    "|is|ee|lv|lt|pl|es|it|pt|ie|us|ca|gov|edu|me|tv|ly|gl"
)
_BARE = regex.compile(
    rf"(?i)(?<![\p{{L}}\p{{N}}@._\-])(?:[\p{{L}}\p{{N}}\-]{{2,63}}+\.){{1,4}}+(?<=\.)(?:{_ENDINGS})"
    r"(?![\p{L}\p{N}@\-])(?:/[^\s<>\"“”«»]{0,2000}+)?"
)
_TRAILING = ".,;:!?…)]}'’"


def urls(comment: Comment) -> Iterator[Finding]:
    """https://example.com/page, www.example.com, example.com."""
    text = comment.text
    if "." not in text:
        return
    link, page = N_("This is a link."), N_("This reads like the address of a page.")
    for pattern in (_WITH_SCHEME, _WWW):
        for match in pattern.finditer(text):
            end = match.start() + len(match.group().rstrip(_TRAILING))
            yield Finding(match.start(), end, "url", "high", link)
    for match in _BARE.finditer(text):
        end = match.start() + len(match.group().rstrip(_TRAILING))
        yield Finding(match.start(), end, "url", "medium", page)
