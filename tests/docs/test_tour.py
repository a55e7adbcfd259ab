"""The tour names files and functions; they are where it says."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from tests.docs.pages import ROOT, page

CALL = re.compile(r"`(#?\w+)\(\)`(?:\s+in\s+`([^`]+)`)?")


def stops() -> Iterator[tuple[str, str]]:
    """Each function of the tour with the file it is said to be in."""
    file = ""
    for part in re.split(r"^(?=#{2,3} )", page("docs/tour.md"), flags=re.MULTILINE):
        heading, _, text = part.partition("\n")
        file = heading.removeprefix("### ") if heading.startswith("### ") else ""
        if file:
            assert (ROOT / file).is_file(), file
        for name, elsewhere in CALL.findall(text):
            assert elsewhere or file, f"{name}() stands under no file"
            yield elsewhere or file, name


@cache
def functions(path: str) -> set[str]:
    """The functions and methods of a Python or JavaScript file."""
    source = page(path)
    if path.endswith(".py"):
        return {
            node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)
        }
    declared = r"^(?:export )?(?:async )?function (\w+)\("
    method = r"^  (?:static )?(?:async )?(?:get )?(#?\w+)\(.*\) \{$"
    return set(re.findall(declared, source, re.MULTILINE)) | set(
        re.findall(method, source, re.MULTILINE)
    )


def test_the_tour_goes_all_the_way() -> None:
    files = [path for path, _ in stops()]
    assert files[0] == "signage/web/api.py"
    assert "static/wall/stage.js" in files
    assert len(page("docs/tour.md").splitlines()) < 130, "one page"


def test_every_function_of_the_tour_is_in_its_file() -> None:
    missing = [f"{name}() in {path}" for path, name in stops() if name not in functions(path)]
    assert missing == []
