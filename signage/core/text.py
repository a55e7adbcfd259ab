"""Customers' words as plain text: no markup, nothing invisible that could mislead.

The only module that knows bleach. Nothing rests on it alone: what comes out is stored plain and
shown as text, and the tests hold it against a second sanitiser.
"""

import html
import unicodedata

import bleach
import regex

# A comment beyond these is a machine's work; the parser takes quadratic time on some such input,
# so they are stripped flat instead, in one linear pass.
MOST_CHARACTERS = 20_000
MOST_CHARACTERS_WITH_TAGS = 4_000
MOST_TAGS = 40
MOST_REFERENCES = 1_000
ROUNDS = 8

# No language stacks more marks on one letter; beyond them text is scribbled over its neighbours,
# and normalising takes time that grows with the square of the run.
_MARKS_TOO_MANY = regex.compile(r"(?<=\p{M}{8})\p{M}++")
_LINE_END = regex.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
# Out: control characters, halves of surrogate pairs, noncharacters, and all that Unicode calls
# default ignorable (zero-width space, soft hyphen, byte order mark, bidi controls, fillers, tags).
# They can hide a word from a rule, reorder a line or smuggle hidden text. LRM and RLM go with the
# rest: the wall isolates every comment with its own direction, so they do nothing there.
# Kept: the joiners, which Persian and family emoji need, and the two emoji variation selectors.
_UNWANTED = regex.compile(
    r"(?V1)[[\p{Cc}\p{Cs}\p{NChar}\p{DI}\uFFF9-\uFFFB]--[\n\u200C\u200D\uFE0E\uFE0F]]"
)
# Tag characters are hidden text, save in the three flags that are spelled with them.
_TAG_FLAG = regex.compile(
    "(\U0001f3f4(?:{})\U000e007f)".format(
        "|".join(
            "".join(chr(0xE0000 + ord(letter)) for letter in region)
            for region in ("gbeng", "gbsct", "gbwls")
        )
    )
)
# Read with or without its semicolon where a browser would make markup of it; other names only
# with it, so that an address with "&copy=2" keeps its letters.
_REFERENCE = regex.compile(
    r"&(?:#0*([0-9]{1,7});?|#[xX]0*([0-9a-fA-F]{1,6});?"
    r"|([A-Za-z][A-Za-z0-9]{1,31};|(?i:lt|gt|amp|quot)))"
)
# A heart that is broken, not a tag: parsers would swallow everything behind it.
_NO_TAG = regex.compile(r"(?i)<(?=[/!?])(?!/[a-z]|!--|!\[CDATA\[|!DOCTYPE|\?[a-z])")
# Only what a browser knows is markup: "price<quality" and "<<best>>" are customers' own words.
_ELEMENTS = bleach.html5lib_shim.HTML_TAGS | {
    "animate", "applet", "center", "circle", "desc", "font", "foreignobject", "frame", "frameset",
    "g", "image", "layer", "marquee", "math", "mglyph", "mtext", "path", "set", "svg", "text",
    "use", "xml", "xmp",
}  # fmt: skip
_NO_ELEMENT = regex.compile(
    r"(?i)<(?=/?[a-z])(?!/?(?:" + "|".join(sorted(_ELEMENTS)) + r")(?![\w:-]))"
)
_TAG_LIKE = regex.compile(r"<(?=[A-Za-z/!?])")
_FLAT_TAG = regex.compile(r"<[A-Za-z/!?][^<>]*+>")
_FLAT_REFERENCE = regex.compile(r"&(?=[A-Za-z#])")
_SPACES = regex.compile(r" {2,}+")
_SPACED_BREAK = regex.compile(r" ?\n ?")
_BREAKS = regex.compile(r"\n{3,}+")
_CLUSTER = regex.compile(r"\X")


def plain(text: str) -> str:
    """The words of `text` as plain text in NFC, line breaks kept as newlines.

    Markup is removed however often it was escaped, and a "<" that is left before a letter gets a
    space behind it, so the result would be harmless even where it is read as HTML. Runs of spaces
    become one, runs of blank lines one blank line. plain(plain(text)) == plain(text). Work is
    bounded whatever the input.
    """
    for _ in range(ROUNDS):
        cleaned = _cleaned(text)
        if cleaned == text:
            return text
        text = cleaned
    return _flat(text)


def one_line(text: str) -> str:
    """`plain` for titles and names: every run of white space is one space."""
    return " ".join(plain(text).split())


def clusters(text: str) -> list[int]:
    """Where a reader sees characters begin and end: 0, each boundary, len(text).

    Extended grapheme clusters (Unicode UAX 29), in code points. An empty text gives [0].
    """
    return [0, *(match.end() for match in _CLUSTER.finditer(text))]


def _cleaned(text: str) -> str:
    if _absurd(text):
        return _flat(text)
    text = _tidy(_decoded(text))
    if not _TAG_LIKE.search(text):
        return text
    if _absurd(text):  # references may have hidden the tags
        return _flat(text)
    return _tidy(_without_tags(text))


def _absurd(text: str) -> bool:
    return (
        len(text) > MOST_CHARACTERS
        or text.count("<") > MOST_TAGS
        or (len(text) > MOST_CHARACTERS_WITH_TAGS and _TAG_LIKE.search(text) is not None)
        or text.count("&") > MOST_REFERENCES
    )


def _decoded(text: str) -> str:
    """Character references as characters, also where one hides another."""
    for _ in range(ROUNDS):
        decoded = _REFERENCE.sub(_character, text)
        if decoded == text:
            break
        text = decoded
    return text


def _character(reference: "regex.Match[str]") -> str:
    decimal, hexadecimal, name = reference.groups()
    if decimal:
        return html.unescape(f"&#{decimal};")
    return html.unescape(f"&#x{hexadecimal};" if hexadecimal else f"&{name}")


def _tidy(text: str) -> str:
    """NFC, plain newlines and spaces, nothing invisible."""
    text = _LINE_END.sub("\n", text).replace("\t", " ")
    parts = _TAG_FLAG.split(text)
    parts[::2] = [_UNWANTED.sub("", part) for part in parts[::2]]
    text = unicodedata.normalize("NFC", _MARKS_TOO_MANY.sub("", "".join(parts)))
    text = _SPACED_BREAK.sub("\n", _SPACES.sub(" ", text))
    return _BREAKS.sub("\n\n", text).strip()


def _without_tags(text: str) -> str:
    text = _NO_ELEMENT.sub("< ", _NO_TAG.sub("< ", text))
    escaped = bleach.clean(text, tags=set(), attributes={}, strip=True, strip_comments=True)
    return _TAG_LIKE.sub("< ", _undone(escaped))


def _undone(escaped: str) -> str:
    """Without the escapes that bleach writes; "&" last, so that nothing is undone twice."""
    return escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _flat(text: str) -> str:
    text = _FLAT_TAG.sub(" ", _NO_ELEMENT.sub("< ", _tidy(text)))
    return _tidy(_FLAT_REFERENCE.sub("& ", _TAG_LIKE.sub("< ", text)))
