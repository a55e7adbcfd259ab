"""Every route with every role: docs/operations.md says who may, and the product does so."""

import re
from datetime import datetime

import pytest
from flask import Flask
from werkzeug.routing import Rule

from signage.actions import sign_ins
from signage.actions.sweep import sweep
from signage.core.roles import ACTS, ANYONE, PROGRAM, ROLES, may
from signage.core.verbatim import Mask, Revision
from signage.models import Database, User
from signage.web.permit import act_of
from tests.answers import hung
from tests.docs.pages import page, rows, section
from tests.web.conftest import Browser

TABLE = rows(section(page("docs/operations.md"), "## Roles"))
OPEN = {ANYONE, PROGRAM}


def routes(app: Flask) -> list[tuple[str, Rule]]:
    return [
        (method, rule)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def written(method: str, rule: Rule) -> tuple[str, str]:
    """Act and least role of a route, by the table: of several that fit, the longest."""
    found = []
    for act, role, _, named in TABLE:
        for each in re.findall(r"`([^`]+)`", named):
            verb, _, path = each.rpartition(" ")
            fits = rule.rule == path or (
                path.endswith("…") and rule.rule.startswith(path.removesuffix("…"))
            )
            if fits and verb in {"", method}:
                found.append((len(each), act.strip("`"), role))
    assert found, f"docs/operations.md, Roles, has no row for {method} {rule.rule}"
    return max(found)[1:]


def with_role(app: Flask, database: Database, role: str, now: datetime) -> Browser:
    """A browser of somebody with this role."""
    with database.write() as session:
        user = User(
            email=f"a.{role}@example.com", name=role.title(), password_hash="-", language="en",
            role=role, created_at=now,
        )  # fmt: skip
        session.add(user)
        session.flush()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["sign_in"] = sign_ins.sign_in(database, user.id, at=now)
    return Browser(client)


def test_the_table_is_the_one_of_the_code() -> None:
    wanted = {**ACTS, ANYONE: "–", PROGRAM: "–"}
    assert {act.strip("`"): role for act, role, _, _ in TABLE} == wanted


def test_every_route_names_its_act_and_stands_in_the_table_under_it(app: Flask) -> None:
    for method, rule in routes(app):
        act = act_of(app, rule.endpoint)

        assert act is not None, f"{rule.endpoint} names no act: see signage/web/permit.py"
        assert (act, written(method, rule)[0]) == (act, act), (method, rule.rule)


@pytest.mark.usefixtures("lead")
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_as_far_as_the_table_says(
    app: Flask, database: Database, now: datetime, role: str
) -> None:
    browser = with_role(app, database, role, now)
    csrf = browser.csrf()
    for method, rule in routes(app):
        act, least = written(method, rule)
        if act in OPEN or rule.endpoint == "account.leave":
            continue
        path = re.sub(r"<int:[^>]+>", "999", re.sub(r"<(?!int:)[^>]+>", "none", rule.rule))
        answer = browser.client.open(path, method=method, data={"csrf_token": csrf})

        reaches = ROLES.index(role) >= ROLES.index(least)
        assert (answer.status_code != 403) == reaches, (method, path, answer.status_code)
        if not reaches:
            assert "Your role does not reach that far" in answer.text
            assert "lead@example.com" in answer.text  # who can help


def test_nobody_gets_anywhere_without_a_sign_in(app: Flask, nobody: Browser) -> None:
    csrf = nobody.csrf()
    for method, rule in routes(app):
        if written(method, rule)[0] in OPEN:
            continue
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        answer = nobody.client.open(path, method=method, data={"csrf_token": csrf})

        assert answer.status_code == 302, (method, path)
        assert answer.headers["Location"].startswith("/sign-in")


def test_a_program_is_told_in_json(app: Flask, database: Database, now: datetime) -> None:
    browser = with_role(app, database, "viewer", now)
    answer = browser.get("/desk/settings", {"Accept": "application/json"})

    assert (answer.status_code, answer.get_json()["type"]) == (403, "about:problem/not-allowed")


def test_a_changed_role_holds_at_once(database: Database, desk: Browser, lead: int) -> None:
    assert desk.get("/desk/settings").status_code == 200
    with database.write() as session:
        session.get_one(User, lead).role = "viewer"

    assert desk.get("/desk/settings").status_code == 403
    assert desk.get("/").headers["Location"] == "/desk/wall"
    page = desk.get("/desk/wall").text
    assert "/desk/settings" not in page
    assert "/desk/review" not in page


def test_what_no_table_names_nobody_may() -> None:
    assert not may("admin", "unheard-of")
    assert not may("root", "look")
    assert not may(None, "look")
    assert may(None, ANYONE)


def test_a_viewer_finds_nothing_by_words_that_are_masked(
    app: Flask, database: Database, lead: int, now: datetime
) -> None:
    masked = Revision(masks=(Mask(5, 14, "phone"),))
    hung(database, lead=lead, at=now, spans=masked, comment="Call 070123456 any day.")
    viewer = with_role(app, database, "viewer", now)

    for search, found in (("070123456", False), ("any day", True)):
        told = viewer.get(f"/desk/wall?search={search}").text
        assert ("any day." in told) is found, search
        assert ("No published quote holds" in told) is not found, search


def test_who_was_withdrawn_whole_is_not_told_to_a_viewer(
    app: Flask, database: Database, lead: int, now: datetime
) -> None:
    hung(database, lead=lead, at=now, respondent="ida@example.com")
    begun = sweep(
        database, scope="respondent", value="ida@example.com", reason="private", expected=1,
        user_id=lead, at=now,
    )  # fmt: skip
    path = f"/desk/withdrawals/{begun.id}"

    for role, status, linked in (("viewer", 403, False), ("lead", 200, True)):
        browser = with_role(app, database, role, now)
        assert browser.get(path).status_code == status
        listed = browser.get("/desk/deliveries")
        assert listed.status_code == 200
        assert (path in listed.text) is linked
