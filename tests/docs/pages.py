"""Reading the documentation as data: sections, tables, examples, links."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md"))
    if path.is_file()
)


@cache
def page(name: str) -> str:
    """A page's text; the name is its path in the checkout."""
    return (ROOT / name).read_text("utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next of the same or a higher level."""
    level = len(heading) - len(heading.lstrip("#"))
    start = re.search(rf"^{re.escape(heading)}$", text, re.MULTILINE)
    assert start, f"there is no “{heading}”"
    rest = text[start.end() :]
    end = re.search(rf"^#{{1,{level}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def rows(text: str) -> list[list[str]]:
    """The rows of the first table, without its heading."""
    table = re.search(r"^\|.*\n\|(?: ?-+ ?\|)+\n((?:\|.*\n?)+)", text, re.MULTILINE)
    assert table, "there is no table"
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        for line in table[1].splitlines()
    ]


def first_cells(text: str) -> list[str]:
    """What the first table's rows are about: the code in their first cells."""
    return [cell for row in rows(text) for cell in re.findall(r"`([^`]+)`", row[0])]


def example(text: str, heading: str) -> Any:  # noqa: ANN401 - whatever the example is
    """The first JSON example under a heading."""
    found = re.search(r"```json[ \w-]*\n(.*?)```", section(text, heading), re.DOTALL)
    assert found, f"there is no example under “{heading}”"
    return json.loads(found[1])


def examples(text: str) -> dict[str, Any]:
    """Every JSON example by its name, the word behind ```json; each must have its own."""
    found = re.findall(r"```json *([\w-]*)\n(.*?)```", text, re.DOTALL)
    named = {name: json.loads(example) for name, example in found}
    assert "" not in named, "an example has no name"
    assert len(named) == len(found), "two examples have one name"
    return named


def links(text: str) -> list[str]:
    """Where a page's links and pictures lead, but for other hosts."""
    plain = re.sub(r"```.*?```|^    .*$", "", text, flags=re.DOTALL | re.MULTILINE)
    found = re.findall(r"!?\[[^\]]*\]\(([^)\s]+)\)", plain)
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors(text: str) -> set[str]:
    """The names by which a page's headings can be reached."""
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
