"""What a wall keeps of the player, so that it starts without the server: its shell."""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import cache

from signage import __version__
from signage.actions.programme import wall_words
from signage.places import place
from signage.web.joined import SCRIPT, SHEET, entries, sent
from signage.web.security import POLICY
from signage.words import LANGUAGES

FILES = ("tokens.css", SHEET, "wall/guard.js", "wall/icon.svg", "fonts/fonts.css")
WORKER = "wall/worker.js"


@dataclass(frozen=True, slots=True)
class Shell:
    """`version` changes with anything in it; `files`: path below static → integrity."""

    version: str
    files: tuple[tuple[str, str], ...]


@cache
def shell() -> Shell:
    """Of this version of the product."""
    static = place("static")
    paths = [static / name for name in FILES]
    paths += [*entries(static / SCRIPT), *sorted((static / "fonts").glob("*.woff2"))]
    files = tuple((path.relative_to(static).as_posix(), _integrity(sent(path))) for path in paths)
    return Shell(_version(files), files)


def _version(files: tuple[tuple[str, str], ...]) -> str:
    """The page counts too: its markup, its words in each language, and what its policy lets in."""
    page = (place("templates") / "wall" / "wall.html").read_text("utf-8")
    words = {locale: dict(wall_words(locale)) for locale in LANGUAGES}
    told = json.dumps([__version__, files, page, words, POLICY], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _integrity(content: bytes) -> str:
    """As browsers check it (Subresource Integrity)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()
