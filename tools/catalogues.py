"""Bring signage/locale/*.po up to date with the texts in code, templates and player.

`python tools/catalogues.py` adds new texts, untranslated, and drops those that are gone.
"""

import json
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from signage.words import LANGUAGES

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "signage" / "locale"

METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"**.html": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "translate": None,
    "ngettext": (1, 2),
    "translate_plural": (1, 2),
}


def texts() -> Catalog:
    """Every text that a person reads, as a catalogue without translations."""
    found = Catalog(project="Signage", charset="utf-8")
    for folder in ("signage", "templates"):
        rows = extract_from_dir(
            ROOT / folder, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS
        )
        for file, _, message, comments, context in sorted(rows, key=lambda row: row[:2]):
            found.add(
                message, locations=[(f"{folder}/{file}", 1)], auto_comments=comments,
                context=context,
            )  # fmt: skip
    player = json.loads((ROOT / "static" / "wall" / "words.json").read_text("utf-8"))
    for key, text in player.items():
        found.add(text, locations=[("static/wall/words.json", 1)], auto_comments=[key])
    return found


def update(language: str) -> tuple[int, int]:
    """Update one language; gives the number of texts and of those not translated yet."""
    path = LOCALE / f"{language}.po"
    catalogue = Catalog(locale=language, project="Signage", charset="utf-8")
    if path.exists() and path.stat().st_size:
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale=language)
    catalogue.update(texts(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with path.open("wb") as stream:
        stream.write(_header(language, catalogue.plural_forms).encode())
        write_po(stream, catalogue, width=100, include_lineno=False, omit_header=True)
    messages = [message for message in catalogue if message.id]
    return len(messages), sum(not _translated(message) for message in messages)


def _header(language: str, plural_forms: str) -> str:
    lines = (
        f"Language: {language}",
        "Content-Type: text/plain; charset=utf-8",
        f"Plural-Forms: {plural_forms}",
    )
    told = "".join(f'"{line}\\n"\n' for line in lines)
    return f'# {LANGUAGES[language]}\nmsgid ""\nmsgstr ""\n{told}\n'


def _translated(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else message.string
    return all(strings or [""])


if __name__ == "__main__":
    for code in LANGUAGES:
        if code != "en":
            n, missing = update(code)
            print(f"{code}: {n} texts, {missing} not translated")
