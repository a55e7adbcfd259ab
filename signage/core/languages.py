"""Which language a comment is written in.

Two looks. The first, by short runs of letters, tells the product's languages from others that
customers write: without those, Dutch would be called German and Turkish Swedish. It takes a few
megabytes. Only words in Swedish, Danish or Norwegian get the second look, with longer runs, which
for all languages would take 400 MB; and words that only one of two neighbours spells so.
"""

from functools import cache

import regex
from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from signage.words import LANGUAGES

MOST_READ = 1_000
"""Characters; a language shows long before."""
LEAST_LETTERS = 6
SURE = 0.6
"""The share of certainty below which nothing is said. Chosen with bench/suggestions.py."""

_SCANDINAVIAN = {
    "sv": Language.SWEDISH, "da": Language.DANISH, "nb": Language.BOKMAL,
}  # fmt: skip
_OTHERS = (
    Language.ENGLISH, Language.FINNISH, Language.GERMAN, Language.FRENCH,
    Language.ALBANIAN, Language.ARABIC, Language.CROATIAN, Language.CZECH, Language.DUTCH,
    Language.ESTONIAN, Language.HUNGARIAN, Language.ICELANDIC, Language.ITALIAN, Language.LATVIAN,
    Language.LITHUANIAN, Language.POLISH, Language.PORTUGUESE, Language.ROMANIAN, Language.SOMALI,
    Language.SPANISH, Language.TURKISH,
)  # fmt: skip

_LETTERS = regex.compile(r"\p{L}")
_WORD = regex.compile(r"\p{L}++")
_NOT_PROSE = regex.compile(r"\S*(?:@|://|www\.)\S*")
# Words that only one of the two spells so.
_ONLY_NORWEGIAN = """
    av ble meg deg seg noe noen etter nå hva mye fikk opp oss ut uten henne gjennom mer enn
    vært nei bra bare veldig språk uke forrige bli blitt lite ennå hjelp åpen hverandre sju tjue
    mulig nytt kveld
"""
_ONLY_DANISH = """
    af blev mig dig sig noget nogen efter nu hvad meget fik op os ud uden hende gennem mere
    end været nej rigtig sprog uge blive blevet endnu hjælp åben hinanden syv tyve muligt vigtig
    aften lidt
"""


def detect(text: str) -> str | None:
    """One of signage.words.LANGUAGES; None for any other, and where too little is written.

    Nynorsk counts as Norwegian, "nb". The first call reads the models: keep it off the loop.
    """
    prose = _NOT_PROSE.sub(" ", text[:MOST_READ])
    if len(_LETTERS.findall(prose)) < LEAST_LETTERS:
        return None
    found = _certainties(_wide(), prose)
    north = sum(found.get(code, 0.0) for code in _SCANDINAVIAN)
    code, sure = max(found.items(), key=lambda each: each[1])
    if code in _SCANDINAVIAN:
        code, sure = _neighbour(prose), north
    return code if sure >= SURE and code in LANGUAGES else None


def _neighbour(text: str) -> str:
    """Swedish, Danish or Norwegian."""
    found = _certainties(_near(), text)
    code = max(found, key=lambda each: found[each])
    if code != "sv":
        words = [word.lower() for word in _WORD.findall(text)]
        leaning = _count(words, _ONLY_NORWEGIAN) - _count(words, _ONLY_DANISH)
        code = "nb" if leaning > 0 else "da" if leaning < 0 else code
    return code


def _count(words: list[str], of: str) -> int:
    known = of.split()
    return sum(word in known for word in words)


def _certainties(detector: LanguageDetector, text: str) -> dict[str, float]:
    return {
        each.language.iso_code_639_1.name.lower(): each.value
        for each in detector.compute_language_confidence_values(text)
    }


# Two threads that come first at once would both build one; it costs a moment and harms nothing.
@cache
def _wide() -> LanguageDetector:
    languages = (*_SCANDINAVIAN.values(), *_OTHERS)
    return LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode().build()


@cache
def _near() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*_SCANDINAVIAN.values()).build()
