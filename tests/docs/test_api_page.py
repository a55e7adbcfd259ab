"""The API's page names its fields, limits and errors as they are."""

import re
from typing import Any

import pytest

from signage.core.scopes import SCOPES
from signage.intake.checks import LONGEST_COMMENT, LONGEST_TEXT
from signage.intake.draft import FIELDS
from signage.models import Database
from signage.settings import Settings
from signage.web import create_flask
from signage.web.answer_shapes import ANSWER, MOST_ITEMS
from signage.web.api import LARGEST_BODY
from signage.web.api_document import document
from tests.docs.pages import first_cells, page, rows, section

API = page("docs/api.md")


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The document that is served."""
    folder = tmp_path_factory.mktemp("api")
    settings = Settings(
        data=folder, database_url="sqlite://", secret_key="k" * 32, url="http://localhost:8000",
        host="127.0.0.1", port=8000,
    )  # fmt: skip
    app = create_flask(settings, Database(f"sqlite:///{folder / 'signage.db'}"), dict)
    with app.app_context():
        return document(app)


def test_every_call_is_documented_with_its_scope(described: dict[str, Any]) -> None:
    there = {
        f"{method.upper()} {path}": each["security"][0]["token"][0] if each["security"] else "–"
        for path, methods in described["paths"].items()
        for method, each in methods.items()
    }
    table = rows(section(API, "## Calls"))
    assert {row[0].strip("`"): row[1].strip("`") for row in table} == there


def test_every_scope_is_documented() -> None:
    table = rows(API.partition("## Calls")[0])
    assert {row[0].strip("`"): row[1] for row in table} == dict(SCOPES)


def test_every_status_of_an_error_is_documented(described: dict[str, Any]) -> None:
    said = {row[0] for row in rows(section(API, "## Errors")) if int(row[0]) >= 400}
    assert said == {*described["components"]["responses"], "405"}


def test_the_answer_described_for_machines_has_the_same_fields() -> None:
    assert set(ANSWER["properties"]) == set(FIELDS)


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
        "more",
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
