"""Links, pictures and files that the documentation names are there."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, anchors, links, page


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_pictures_lead_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    for link in links(text):
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target.read_text("utf-8")), link


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_are_named_exist(path: Path) -> None:
    named = re.findall(
        r"`((?:signage|static|tests|tools|templates|requirements)/[\w./-]+)`",
        path.read_text("utf-8"),
    )
    for name in named:
        assert (ROOT / name).exists(), name


def test_every_picture_is_shown_and_made() -> None:
    shown = set(re.findall(r"docs/pictures/([\w-]+)\.png", page("README.md")))
    made = set(re.findall(r'(?:Wall|Desk)\(\s*"([\w-]+)"', page("tools/pictures.py")))
    assert shown <= made


def test_every_decision_says_why_and_what_follows() -> None:
    paths = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [int(path.name.split("-", 1)[0]) for path in paths]
    assert len(set(numbers)) == len(numbers)
    for number, path in zip(numbers, paths, strict=True):
        text = path.read_text("utf-8")
        assert path.name.startswith(f"{number:04}-")
        assert text.startswith(f"# {number}. ")
        assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequence"))
