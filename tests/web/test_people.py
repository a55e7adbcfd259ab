"""People and one's own account, over HTTP."""

import csv
import io
import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from signage.actions import accounts, passwords, sign_ins
from signage.actions.audit import note
from signage.models import Database, SignIn, User
from signage.web import audit_words
from tests.web.conftest import Browser, statements

OLD, NEW = "bread butter cheese", "butter cheese bread"


@pytest.fixture
def ida(database: Database, now: datetime) -> int:
    with database.write() as session:
        user = User(
            email="ida@example.com", name="Ida <b>Ek</b>", language="en", role="lead",
            password_hash=passwords.hash_password(OLD), created_at=now,
        )  # fmt: skip
        session.add(user)
        session.flush()
        return user.id


def browser_of(app: Flask, database: Database, user_id: int, now: datetime) -> Browser:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["sign_in"] = sign_ins.sign_in(database, user_id, at=now)
    return Browser(client)


def test_an_invitation_is_shown_once_and_lets_one_person_in(app: Flask, desk: Browser) -> None:
    assert desk.post("/desk/people/invitations", role="viewer", email="").status_code == 302
    page = desk.get("/desk/people").text
    link = re.search(r'value="http://localhost(/link/[^"]+)"', page)
    assert link, page
    assert "/link/" not in desk.get("/desk/people").text
    assert "Invitations that nobody has used yet" in page

    new = Browser(app.test_client())
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', new.get(link[1]).text)
    assert csrf
    form = {"csrf_token": csrf[1], "name": "Vera", "email": "vera@example.com", "password": OLD}
    answer = new.client.post(link[1], data=form)

    assert answer.headers["Location"] == "/desk/wall"
    assert new.get("/desk/review").status_code == 403
    assert "Vera" in desk.get("/desk/people").text


def test_an_invitation_can_be_taken_back(app: Flask, desk: Browser) -> None:
    desk.post("/desk/people/invitations", role="lead", email="new@example.com")
    link = re.search(r'value="http://localhost(/link/[^"]+)"', desk.get("/desk/people").text)
    assert link

    answer = desk.post("/desk/people/invitations/1/revocation")

    assert answer.status_code == 302
    assert Browser(app.test_client()).get(link[1]).status_code == 404
    assert desk.post("/desk/people/invitations/1/revocation").status_code == 404


def test_a_bad_address_is_named(desk: Browser) -> None:
    answer = desk.post("/desk/people/invitations", role="viewer", email="who")

    assert (answer.status_code, 'href="#email"' in answer.text) == (422, True)
    assert '<option value="viewer" selected>' in answer.text


def test_a_role_is_changed_and_the_last_admin_keeps_it(
    app: Flask, database: Database, desk: Browser, lead: int, ida: int, now: datetime
) -> None:
    hers = browser_of(app, database, ida, now)
    assert hers.get("/desk/review").status_code == 200
    assert "Ida &lt;b&gt;Ek&lt;/b&gt;" in desk.get(f"/desk/people/{ida}").text

    desk.post(f"/desk/people/{ida}/role", role="viewer")
    assert hers.get("/desk/review").status_code == 403

    refused = desk.post(f"/desk/people/{lead}/role", role="viewer")
    assert (refused.status_code, "the only admin" in refused.text) == (422, True)
    assert desk.post(f"/desk/people/{lead}/deactivation").status_code == 422
    assert "Deactivate</button>" not in desk.get(f"/desk/people/{lead}").text


def test_somebody_is_shut_out_at_once_and_let_in_again(
    app: Flask, database: Database, desk: Browser, ida: int, now: datetime
) -> None:
    hers = browser_of(app, database, ida, now)
    desk.post(f"/desk/people/{ida}/deactivation")

    assert hers.get("/desk/review").headers["Location"].startswith("/sign-in")
    assert hers.post("/sign-in", email="ida@example.com", password=OLD).status_code == 422
    assert "deactivated" in desk.get("/desk/people").text

    desk.post(f"/desk/people/{ida}/reactivation")
    assert hers.post("/sign-in", email="ida@example.com", password=OLD).status_code == 302


def test_an_admin_ends_one_or_all_of_somebodys_sessions(
    app: Flask, database: Database, desk: Browser, ida: int, now: datetime
) -> None:
    one, two, three = (browser_of(app, database, ida, now) for _ in range(3))
    with database.read() as session:
        first = min(session.scalars(select(SignIn.id).where(SignIn.user_id == ida)))
    desk.post(f"/desk/people/{ida}/sessions/{first}/ending")
    assert one.get("/desk/review").status_code == 302
    assert two.get("/desk/review").status_code == 200

    desk.post(f"/desk/people/{ida}/sessions/ending")

    assert [each.get("/desk/review").status_code for each in (two, three)] == [302, 302]
    assert "Signed in nowhere." in desk.get(f"/desk/people/{ida}").text
    assert desk.post("/desk/people/999/sessions/ending").status_code == 404


def test_people_cost_the_same_however_many(
    desk: Browser, database: Database, now: datetime
) -> None:
    def add(first: int) -> None:
        with database.write() as session:
            session.add_all(
                User(
                    email=f"{n}@example.com", name=f"N{n}", password_hash="-", language="en",
                    role="viewer", created_at=now,
                )
                for n in range(first, first + 20)
            )  # fmt: skip

    add(0)
    with statements(database) as few:
        desk.get("/desk/people")
    add(20)
    with statements(database) as many:
        desk.get("/desk/people")
    assert len(many) == len(few) <= 9, "\n".join(many)


def test_a_password_is_changed_by_who_knows_the_old_one(
    app: Flask, database: Database, ida: int, now: datetime
) -> None:
    here, there = (browser_of(app, database, ida, now) for _ in range(2))
    for old, new, field in ((NEW, NEW, "old"), (OLD, "short", "password")):
        refused = here.post("/desk/account/password", old=old, password=new)
        assert (refused.status_code, f'href="#{field}"' in refused.text) == (422, True)
        assert new not in refused.text.replace("shortest", "")
    assert there.get("/desk/account").status_code == 200

    answer = here.post("/desk/account/password", old=OLD, password=NEW)

    assert answer.status_code == 302
    assert "every other session has ended" in here.get("/desk/account").text
    assert there.get("/desk/account").status_code == 302
    fresh = Browser(app.test_client())
    assert fresh.post("/sign-in", email="ida@example.com", password=OLD).status_code == 422
    assert fresh.post("/sign-in", email="ida@example.com", password=NEW).status_code == 302


def test_password_managers_are_told_whose_password_it_is(desk: Browser) -> None:
    field = (
        '<input name="username" autocomplete="username" value="lead@example.com" readonly hidden>'
    )
    assert field in desk.get("/desk/account").text


def test_who_came_by_a_link_chooses_a_new_password_without_the_old_for_an_hour(
    app: Flask, database: Database, ida: int, now: datetime
) -> None:
    token = accounts.follow(database, accounts.invite(database, user_id=ida, at=now), at=now)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token
    browser = Browser(client)
    assert 'name="old"' not in browser.get("/desk/account").text
    with database.write() as session:
        session.scalars(select(SignIn)).one().created_at = now - timedelta(minutes=61)
    assert 'name="old"' in browser.get("/desk/account").text
    assert browser.post("/desk/account/password", password=NEW).status_code == 422
    with database.write() as session:
        session.scalars(select(SignIn)).one().created_at = now

    assert browser.post("/desk/account/password", password=NEW).status_code == 302


def test_ones_own_sessions_are_told_in_words_and_can_be_ended(
    app: Flask, database: Database, ida: int, now: datetime
) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    far = Browser(app.test_client())
    form = {"csrf_token": far.csrf(), "email": "ida@example.com", "password": OLD}
    far.client.post("/sign-in", data=form, headers={"User-Agent": agent})
    here = browser_of(app, database, ida, now)

    page = here.get("/desk/account").text
    assert "Firefox on Linux" in page
    assert "127.0.0.x" in page
    assert "127.0.0.1" not in page

    here.post("/desk/account/sessions/ending")
    assert far.get("/desk/account").status_code == 302
    assert here.get("/desk/account").status_code == 200


def test_nobody_ends_a_session_that_is_not_theirs(
    app: Flask, database: Database, desk: Browser, lead: int, ida: int, now: datetime
) -> None:
    hers = browser_of(app, database, ida, now)
    with database.read() as session:
        admins = session.scalar(select(SignIn.id).where(SignIn.user_id == lead))

    assert hers.post(f"/desk/account/sessions/{admins}/ending").status_code == 404
    assert desk.get("/desk/account").status_code == 200


def test_a_name_is_changed(desk: Browser) -> None:
    assert desk.post("/desk/account/name", name="Maria Berg").status_code == 302
    assert "Maria Berg" in desk.get("/desk/account").text
    refused = desk.post("/desk/account/name", name=" ")
    assert (refused.status_code, "Write your name." in refused.text) == (422, True)


def test_a_new_sign_in_in_the_same_browser_ends_the_one_before(
    app: Flask, database: Database, ida: int, now: datetime
) -> None:
    browser = browser_of(app, database, ida, now)
    with browser.client.session_transaction() as cookie:
        before = cookie["sign_in"]
    browser.post("/sign-in", email="ida@example.com", password=OLD)

    with browser.client.session_transaction() as cookie:
        assert cookie["sign_in"] != before
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie["sign_in"] = before
    assert thief.get("/desk/account").status_code == 302


def test_the_audit_log_can_be_narrowed_down(
    desk: Browser, database: Database, lead: int, ida: int, now: datetime
) -> None:
    with database.write() as session:
        note(session, "erased", user_id=ida, about="answer 7", at=now - timedelta(days=40))
    desk.post("/sign-in", email="nobody@example.com", password="wrong")

    assert "answer 7" in desk.get("/desk/audit").text
    assert "could not sign in" in desk.get("/desk/audit").text
    assert "nobody@example.com" not in desk.get("/desk/audit").text
    for query, there in (
        (f"person={ida}", True),
        (f"person={lead}", False),
        ("act=erased", True),
        ("act=sign-in", False),
        (f"from={now - timedelta(days=10):%Y-%m-%d}", False),
        (f"to={now - timedelta(days=10):%Y-%m-%d}", True),
        ("act=unheard-of&person=", True),
        ("from=0001-01-01&to=9999-12-31", True),
    ):
        assert ("answer 7" in desk.get(f"/desk/audit?{query}").text) == there, query
    assert "No entry fits" in desk.get("/desk/audit?act=restored").text
    assert desk.get("/desk/audit?from=yesterday").status_code == 422


def test_the_audit_log_is_taken_along_as_harmless_csv(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    with database.write() as session:
        session.get_one(User, lead).name = "=HYPERLINK(1)"
        note(session, "erased", user_id=lead, about="answer 7", at=now)

    answer = desk.post("/desk/audit/export", act="erased")

    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    heading, row = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert heading[:4] == ["number", "time", "act", "person"]
    assert row[2:5] == ["erased", "'=HYPERLINK(1)", "answer 7"]
    assert "exported the audit log" in desk.get("/desk/audit").text


@pytest.mark.parametrize(
    ("said", "told_"),
    [
        ("user 1", "Anna"), ("user 9", "account 9"), ("quote 17", "quote 17"), ("n4", "notice 4"),
        ("3 quotes", "3 quotes"), ("look", "the walls’ look"), ("private", "Holds private details"),
        ("title, timezone", "What the wall calls itself, Time zone"), ("lead", "lead"),
        ("group 3", "group 3"), ("plan 2", "publication 2"), ("feed 1, token 4", "feed 1, token 4"),
        ("channel 2", "address 2"), ("goal 1, token 4", "goal 1, token 4"), ("text 5", "text 5"),
        ("playlist 2, no group", "playlist 2, screens in no group"),
        ("state=waiting q", "state=waiting q"), ("source shop 7", "source shop 7"), ("", ""),
    ],
)  # fmt: skip
def test_what_an_entry_is_about_is_told_in_words(app: Flask, said: str, told_: str) -> None:
    with app.test_request_context("/"):
        assert audit_words.told(said, {1: "Anna"}) == told_
