"""The wall's page asks for one script and one sheet: what main.js and wall.css need stands in them.

Seventy small files, asked for one by one, are what a start would consist of. There is no build
step: the sources are modules that any browser loads as they are (the desk does), and are joined
once, when they are first sent. Each module becomes a function that gives what it exports, in the
order in which they need one another; the entry itself stands last. What is imported later, by
`import("…")`, is an entry of its own, which takes from the first what that has already.
"""

import re
from collections.abc import Iterator
from functools import cache
from os.path import normpath, relpath
from pathlib import Path

from signage.places import place
from signage.web.lean import lean

SCRIPT, SHEET = "wall/main.js", "wall/wall.css"

_IMPORT = re.compile(r'^import (?:\{([^}]*)\}|\* as (\w+)) from "(\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_EXPORTS = re.compile(r"\bexport\{([^}]*)\};\s*\Z")
_LATER = re.compile(r'\bimport\("(\.[^"]+)"\)')
_OTHER = re.compile(r"^(?:import|export)\b(?!\()", re.MULTILINE)
_SHEETS = re.compile(r'^@import url\("([^"]+)"\) layer\((\w+)\);\n', re.MULTILINE)


def sent(path: Path) -> bytes:
    """A file of the static folder as it is sent."""
    if path == place("static") / SHEET:
        return _sheet(path)
    first = place("static") / SCRIPT
    return _script(first, path) if path in entries(first) else lean(path)


@cache
def entries(first: Path) -> tuple[Path, ...]:
    """A script and what it leads to later, each sent with all that it imports."""
    found = [first]
    for entry in found:
        later = {
            _beside(module, name)
            for module in _order(entry)
            for name in _LATER.findall(lean(module).decode())
        }
        found += sorted(later.difference(found))
    return tuple(found)


@cache
def _sheet(path: Path) -> bytes:
    def inside(found: re.Match[str]) -> str:
        return f"@layer {found[2]} {{\n{(path.parent / found[1]).read_text('utf-8')}}}\n"

    return _SHEETS.sub(inside, path.read_text("utf-8")).encode()


@cache
def _script(first: Path, entry: Path) -> bytes:
    names = {
        module: f"module_{number}"
        for number, module in enumerate(
            dict.fromkeys(module for each in entries(first) for module in _order(each))
        )
    }
    return "".join(_parts(first, entry, names)).encode()


def _parts(first: Path, entry: Path, names: dict[Path, str]) -> Iterator[str]:
    there = set() if entry == first else set(_order(first))
    if taken := [names[module] for module in _order(entry) if module in there]:
        yield f'import {{ {", ".join(taken)} }} from "./{relpath(first, entry.parent)}";\n'
    for module in _order(entry)[:-1]:
        if module not in there:
            text, gives = _exported(_imported(module, names))
            yield f"const {names[module]} = (() => {{\n{text}return {{ {gives} }};\n}})();\n"
    yield _imported(entry, names)
    if entry == first:
        yield f"export {{ {', '.join(names[module] for module in _order(entry)[:-1])} }};\n"


@cache
def _order(entry: Path) -> tuple[Path, ...]:
    """A script and what it imports, each after what it needs itself."""
    found: dict[Path, None] = {}

    def visit(module: Path) -> None:
        for _, _, name in _IMPORT.findall(lean(module).decode()):
            if (needed := _beside(module, name)) not in found:
                visit(needed)
        found[module] = None

    visit(entry)
    return tuple(found)


def _imported(module: Path, names: dict[Path, str]) -> str:
    """Its text, with what it imports taken from the functions before it."""

    def taken(found: re.Match[str]) -> str:
        some, whole, name = found.groups()
        bound = whole or "{" + some.replace(" as ", ": ") + "}"
        return f"const {bound} = {names[_beside(module, name)]};\n"

    text = _IMPORT.sub(taken, lean(module).decode())
    if _OTHER.search(_EXPORT.sub("", text)):
        raise ValueError(f"{module.name} imports or exports in a way that joined.py does not know")
    return text


def _exported(text: str) -> tuple[str, str]:
    """A text without the word export, and what it gives."""
    if last := _EXPORTS.search(text):
        pairs = (name.split(" as ") for name in last[1].split(","))
        gives = ", ".join(f"{pair[-1]}: {pair[0]}" for pair in pairs)
        return text[: last.start()] + "\n", gives
    return _EXPORT.sub("", text), ", ".join(_EXPORT.findall(text))


def _beside(module: Path, name: str) -> Path:
    return Path(normpath(module.parent / name))
