"""Dirty words, by the language of the comment; words that are ordinary in it are left alone."""

from collections.abc import Iterator

import regex

from signage.core.findings.dirt import LANGUAGES, dirt
from signage.core.findings.finding import LEVELS, Comment, Finding, Level
from signage.words import N_

LONGEST = 40
_WORD = regex.compile(
    r"[\p{L}\p{M}][\p{L}\p{M}*@$0-9]*+(?<![0-9])|[\p{L}\p{M}][\p{L}\p{M}*@$0-9]*+"
)
_HIDDEN = regex.compile(r"(?<=\p{L})[*@$]+(?=\p{L})")
_STRETCHED = regex.compile(r"(\p{L})\1{2,}+")
_LOOKALIKES = str.maketrans("@$013", "asoie")
# "A fan of yours" is no devil: what stands beside the word tells.
_FAN = regex.compile(r"(?i)\b(?:ett?|stort?|största|trogen|riktigt?|våra|er|ert|ditt|hans)[ ]$")
_OF = regex.compile(r"(?i)[ ](?:av|till|club|of)\b")

_REASONS = {
    "high": N_("This is an insult or a coarse word."),
    "medium": N_("This is a swear word."),
    "low": N_("This may hurt or offend."),
}


def dirty_words(comment: Comment) -> Iterator[Finding]:
    """By the list of the comment's language, and the coarsest English words in any."""
    for match in _WORD.finditer(comment.text):
        word = match.group()
        if len(word) > LONGEST or len(word) < 2:
            continue
        level = _level(word.lower(), comment.language)
        if level and not _is_supporter(word, comment, match.start(), match.end()):
            yield Finding(*match.span(), "dirty_word", level, _REASONS[level])


def _level(word: str, language: str | None) -> Level | None:
    for form in _forms(word):
        if found := _by_lists(form, language):
            return found
    return None


def _by_lists(word: str, language: str | None) -> Level | None:
    if language not in LANGUAGES:
        return _in_any(word)
    if dirt(language).is_innocent(word):
        return None
    own = dirt(language).level(word)
    # English swearing is heard in every language; its milder words mean other things there.
    english = dirt("en").level(word) if len(word) > 3 else None
    return own or (english if english != "low" else None)


def _in_any(word: str) -> Level | None:
    """Of an unknown language: dirty in one, and ordinary in none."""
    if any(dirt(each).is_innocent(word) for each in LANGUAGES):
        return None
    found = [level for each in LANGUAGES if len(word) > 3 and (level := dirt(each).level(word))]
    sure = [level for level in found if level != "low"]
    return max(sure, key=LEVELS.index, default=None)


def _forms(word: str) -> Iterator[str]:
    """The word as written, without stretching, with signs read as letters."""
    yield word
    if shrunk := _STRETCHED.search(word) and _STRETCHED.sub(r"\1", word):
        yield shrunk
    if _HIDDEN.search(word):
        yield word.translate(_LOOKALIKES)
        yield from _CENSORED.get(_HIDDEN.sub("*", word), ())


_CENSORED = {
    "f*ck": ("fuck",), "f*k": ("fuck",), "f*cking": ("fuck",), "f*king": ("fuck",),
    "sh*t": ("shit",), "s*t": ("shit",), "b*tch": ("bitch",), "c*nt": ("cunt",),
    "j*vla": ("jävla",),
    "h*lvete": ("helvete",), "f*n": ("fan",), "m*rde": ("merde",), "p*tain": ("putain",),
    "sch*sse": ("scheisse",), "sch*iße": ("scheiße",), "arschl*ch": ("arschloch",),
    "v*ttu": ("vittu",), "p*rkele": ("perkele",), "f*en": ("faen",), "l*rt": ("lort",),
}  # fmt: skip


def _is_supporter(word: str, comment: Comment, start: int, end: int) -> bool:
    if word.lower() not in {"fan", "fans"}:
        return False
    before, behind = comment.text[max(0, start - 20) : start], comment.text[end : end + 8]
    return bool(_FAN.search(before) or _OF.match(behind)) or word.lower() == "fans"
