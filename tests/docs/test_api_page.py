"""The API's page names its fields, limits and errors as they are."""

import re

from signage.intake.checks import LONGEST_COMMENT, LONGEST_TEXT
from signage.intake.draft import FIELDS
from signage.web.api import LARGEST_BODY, MOST_ITEMS
from tests.docs.pages import first_cells, page, rows, section

API = page("docs/api.md")


def test_every_field_of_an_answer_is_documented() -> None:
    assert first_cells(section(API, "### Fields")) == list(FIELDS)


def test_every_error_of_the_api_is_documented() -> None:
    said = set(first_cells(section(API, "### Problems of an item")))
    checked = (
        "signage/intake/checks.py",
        "signage/intake/moments.py",
        "signage/actions/correct.py",
    )
    assert said == {code for path in checked for code in codes(page(path))} | {
        "not-object",
        "too-deep",
    }
    statuses = " ".join(row[1] for row in rows(section(API, "## Errors")))
    table = re.search(
        r"^_PROBLEMS = \{(.*?)^\}", page("signage/web/api.py"), re.DOTALL | re.MULTILINE
    )
    assert table
    for code in {
        *re.findall(r'^    "([a-z-]+)"', table[1], re.MULTILINE),
        "invalid-responses",
    } - said:
        assert f"`{code}`" in statuses


def codes(source: str) -> set[str]:
    """The codes of the problems that a module finds."""
    chosen = " ".join(re.findall(r"^\s*code = (.*)$", source, re.MULTILINE))
    return set(re.findall(r'Problem\(\s*"([a-z-]+)"', source)) | set(
        re.findall(r'"([a-z-]+)"', chosen)
    )


def test_limits_are_the_ones_in_force() -> None:
    said = {row[0]: row[1] for row in rows(section(API, "### Limits"))}
    assert said["items in a call"] == f"{MOST_ITEMS:,}"
    assert said["size of a call"] == f"{LARGEST_BODY // 2**20} MB"
    assert said["comment"] == f"{LONGEST_COMMENT:,} characters"
    assert said["any other text"] == f"{LONGEST_TEXT:,} characters"
