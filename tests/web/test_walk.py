"""Every route there is: a new one is covered by itself."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.web.conftest import Browser

OPEN = {
    "account", "agents", "api", "elsewhere", "health", "metrics", "pairing", "pictures", "wall",
}  # fmt: skip
"""Blueprints whose pages may be seen without signing in."""


def rules(app: Flask, method: str) -> list[Rule]:
    found = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or set())]
    return [rule for rule in found if not rule.endpoint.startswith("static")]


def address(rule: Rule) -> str:
    return re.sub(r"<[^>]+>", "1", rule.rule)


def blueprint(rule: Rule) -> str:
    name = f"{rule.endpoint}".partition(".")[0]
    return "api" if name.startswith("api_") else name


def test_every_desk_page_leads_to_the_sign_in_page_and_back(app: Flask, nobody: Browser) -> None:
    walked = [rule for rule in rules(app, "GET") if blueprint(rule) not in OPEN]
    assert len(walked) >= 12
    for rule in walked:
        answer = nobody.get(f"{address(rule)}?page=2")

        assert answer.status_code == 302, rule
        then = f"{address(rule)}?page=2"
        assert parse_qs(urlsplit(answer.headers["Location"]).query) == {"then": [then]}, rule


def test_every_form_is_refused_without_a_csrf_token(app: Flask, desk: Browser) -> None:
    programs = {"agents", "api", "pairing"}
    walked = [rule for rule in rules(app, "POST") if blueprint(rule) not in programs]
    assert len(walked) >= 18
    for rule in walked:
        answer = desk.client.post(address(rule), data={})

        assert answer.status_code == 400, rule
        assert "That did not get through" in answer.text, rule


def test_a_csrf_token_of_another_browser_is_refused(desk: Browser, nobody: Browser) -> None:
    answer = desk.client.post("/desk/settings", data={"csrf_token": nobody.csrf()})

    assert answer.status_code == 400


def test_every_desk_form_leads_somebody_who_is_not_signed_in_to_the_sign_in_page(
    app: Flask, nobody: Browser
) -> None:
    csrf = nobody.csrf()
    walked = [rule for rule in rules(app, "POST") if blueprint(rule) not in OPEN]
    for rule in walked:
        answer = nobody.client.post(address(rule), data={"csrf_token": csrf})

        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in"), rule


def test_no_address_changes_anything_by_get(app: Flask) -> None:
    """What changes something is a POST or a DELETE, and has no GET beside it but a page."""
    for rule in rules(app, "POST"):
        assert rule.endpoint.rpartition(".")[2] not in {"list_page", "queue_page", "wall_page"}
        assert "GET" not in (rule.methods or set()), rule


@pytest.mark.parametrize("number", [0, 7, 2**63, 10**30])
def test_what_is_not_there_is_a_page_that_says_so_whatever_the_number(
    app: Flask, desk: Browser, number: int
) -> None:
    csrf = desk.csrf()
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            if "<int:" not in rule.rule or "revocation" in rule.rule:
                continue
            if blueprint(rule) in {"agents", "api"}:
                continue
            path = re.sub(r"<int:[^>]+>", str(number), rule.rule)
            form = {"csrf_token": csrf, "reason": "private", "name": "A", "did": "A", "label": "A"}
            form |= {"spans": "{}", "headline": "A"}
            chosen = {"locale": "en", "timezone": "Europe/Oslo", "theme": "ink", "state": "off"}
            answer = (
                desk.get(path)
                if method == "GET"
                else desk.client.post(path, data={**form, **chosen})
            )

            told = {404: "Nothing here", 405: "Not by this kind of request"}
            assert answer.status_code in told, (method, path)
            assert told[answer.status_code] in answer.text


@pytest.mark.parametrize(
    "typed", ["99999999999999999999", "-1", "0", "x", "1e9", "²", "٣", "9" * 5000]
)
def test_no_number_in_a_query_breaks_a_page(app: Flask, desk: Browser, typed: str) -> None:
    names = ("page", "quote", "first", "done", "than", "days", "touchpoint", "quotes", "metric")
    query = "&".join(f"{name}={typed}" for name in names)
    for rule in rules(app, "GET"):
        # What tells how the server is says 503 here, where no relay runs.
        closed = {"api", "elsewhere", "health"}
        if "<" in rule.rule or blueprint(rule) in closed:
            continue
        answer = desk.get(f"{rule.rule}?{query}")

        assert answer.status_code in {200, 302, 422}, (rule, answer.text)


MARKED = re.compile(r'<a (?:class="mine" )?href="[^"]*" aria-current="page">')


def test_every_page_of_the_desk_is_marked_in_its_menu(app: Flask, desk: Browser) -> None:
    walked = [rule for rule in rules(app, "GET") if blueprint(rule) not in OPEN]
    heads = {rule.rule: desk.get(address(rule)).text.partition("<main")[0] for rule in walked}
    pages = [path for path, head in heads.items() if 'class="brand"' in head]

    assert len(pages) > 60
    assert [path for path in pages if not MARKED.search(heads[path])] == []
