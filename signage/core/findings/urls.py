"""Addresses of pages, with or without https:// before them."""

from collections.abc import Iterator

import regex

from signage.core.findings.finding import Comment, Finding
from signage.words import N_

_WITH_SCHEME = regex.compile(r"(?i)(?<![\p{L}\p{N}])(?:https?|ftp)://[^\s<>\"“”«»]{1,2000}+")
_WWW = regex.compile(r"(?i)(?<![\p{L}\p{N}@.])www\.[\p{L}\p{N}\-]{1,63}+\.[^\s<>\"“”«»]{1,2000}+")
# Without either, endings that no sentence has after a full stop without a space; those that are
# words too only in small letters behind small ones, and in no language where they are a word.
_ENDINGS = (
    "com|net|org|info|biz|eu|dk|fi|fr|uk|io|app|dev|shop|online|store|nl|ch|ee|lv|lt|pl"
    "|pt|ca|gov|edu|tv"
)
_WORDS = "se|no|de|nu|be|at|is|it|us|me|ie|es"
_BARE = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}@._\-])(?:[\p{{L}}\p{{N}}\-]{{2,63}}+\.){{1,4}}+(?<=\.)"
    rf"(?:(?i:{_ENDINGS})|(?<=\p{{Ll}}\.)({_WORDS}))(?![\p{{L}}\p{{N}}@\-])(?:/[^\s<>\"“”«»]{{0,2000}}+)?"
)
_WORD_IN = {
    "sv": {"se", "de", "nu", "is"}, "da": {"se", "de", "nu", "at", "is", "me"},
    "nb": {"se", "de", "is"}, "en": {"no", "be", "at", "is", "it", "us", "me"}, "de": {"es"},
    "fi": {"se"}, "fr": {"de", "nu", "es", "me"},
    None: {"de", "is", "it", "at", "be", "no", "me", "us"},
}  # fmt: skip
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
    words = _WORD_IN.get(comment.language, set())
    for match in _BARE.finditer(text):
        if match.group(1) in words and match.group().count(".") < 2 and "/" not in match.group():
            continue
        end = match.start() + len(match.group().rstrip(_TRAILING))
        yield Finding(match.start(), end, "url", "medium", page)
