"""Reading the lists of dirty words: dirt/<language>.txt, in words, stems and endings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from signage.core.findings.finding import Level

PLAIN_LEVELS: Mapping[str, Level] = {"high": "high", "medium": "medium", "low": "low"}
LANGUAGES = ("en", "sv", "da", "nb", "fi", "de", "fr")
LEAST_STEM = 3
"""Letters of a word that may take endings: shorter ones would be the beginning of too many."""
_ENDINGS = {
    "en": ("s", "es", "ed", "ing", "er", "ers", "y"),
    "sv": ("en", "et", "ar", "er", "or", "na", "a", "s", "arna", "erna", "orna", "t", "n", "r"),
    "da": ("en", "et", "er", "e", "s", "ne", "erne", "r", "t", "n"),
    "nb": ("en", "et", "er", "e", "s", "a", "ene", "r", "t", "n"),
    "fi": ("n", "t", "a", "ä", "ja", "jä", "ssa", "ssä", "sta", "stä", "lla", "llä", "ksi", "ille"),
    "de": ("e", "en", "er", "es", "em", "n", "s"),
    "fr": ("s", "e", "es", "x"),
}


@dataclass(frozen=True, slots=True)
class Dirt:
    """One language's list. exact: word → level. begins, ends: stems → level. holds: the same,
    anywhere in a word. innocent: words, and beginnings of words, that are none."""

    exact: Mapping[str, Level]
    begins: Mapping[str, Level]
    ends: Mapping[str, Level]
    holds: Mapping[str, Level]
    innocent: frozenset[str]
    innocent_beginnings: frozenset[str]

    def level(self, word: str) -> Level | None:
        """How bad a word is; None where it is none of them, or innocent in this language."""
        if self.is_innocent(word):
            return None
        if found := self.exact.get(word):
            return found
        for length in range(LEAST_STEM, len(word) + 1):
            if found := self.begins.get(word[:length]) or self.ends.get(word[-length:]):
                return found
        return next((level for stem, level in self.holds.items() if stem in word), None)

    def is_innocent(self, word: str) -> bool:
        """Whether the word is ordinary in this language."""
        return word in self.innocent or any(
            word[:length] in self.innocent_beginnings for length in range(2, len(word) + 1)
        )


@cache
def dirt(language: str) -> Dirt:
    """The list of one of LANGUAGES."""
    kinds: dict[str, dict[str, Level]] = {"exact": {}, "begins": {}, "ends": {}, "holds": {}}
    innocent: set[str] = set()
    beginnings: set[str] = set()
    for part, entry in _entries(language):
        if part == "innocent":
            (beginnings if entry.endswith("*") else innocent).add(entry.strip("*="))
        else:
            _add(kinds, entry, PLAIN_LEVELS[part], language)
    return Dirt(**kinds, innocent=frozenset(innocent), innocent_beginnings=frozenset(beginnings))


def _add(kinds: dict[str, dict[str, Level]], entry: str, level: Level, language: str) -> None:
    word = entry.strip("*=")
    if entry.startswith("*") and entry.endswith("*"):
        kinds["holds"].setdefault(word, level)
    elif entry.endswith("*"):
        kinds["begins"].setdefault(word, level)
    elif entry.startswith("*"):
        kinds["ends"].setdefault(word, level)
    else:
        endings = () if entry.startswith("=") else _ENDINGS[language]
        for form in (word, *(word + ending for ending in endings)):
            kinds["exact"].setdefault(form, level)


def _entries(language: str) -> Iterator[tuple[str, str]]:
    part = ""
    text = files("signage.core.findings").joinpath("dirt", f"{language}.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            part = line.strip("[]")
        elif not line.startswith("#"):
            yield from ((part, entry) for entry in line.split())
