import re
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from signage.actions import accounts, passwords
from signage.models import Database, User
from tests.answers import everything
from tests.web.conftest import Browser

PASSWORD = "bread butter cheese"


@pytest.fixture
def account(database: Database, lead: int) -> None:
    with database.write() as session:
        session.get_one(User, lead).password_hash = passwords.hash_password(PASSWORD)


def without_csrf(page: str) -> str:
    """The page as it is at any second."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


def entered(browser: Browser, **fields: str) -> str:
    """Where a sign-in leads."""
    answer = browser.post("/sign-in", email="lead@example.com", password=PASSWORD, **fields)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


@pytest.mark.usefixtures("account")
def test_address_and_password_open_the_desk(nobody: Browser) -> None:
    assert entered(nobody) == "/desk/review"

    assert nobody.get("/desk/review").status_code == 200


@pytest.mark.usefixtures("account")
def test_a_person_comes_to_where_they_wanted_to_go(nobody: Browser) -> None:
    then = parse_qs(urlsplit(nobody.get("/desk/wall?page=2").headers["Location"]).query)["then"][0]

    assert entered(nobody, then=then) == "/desk/wall?page=2"


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    "then",
    [
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "https://elsewhere.example/",
        "https:elsewhere.example",
        "javascript:alert(1)",
        " //elsewhere.example",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "\t//elsewhere.example",
        "desk/wall",
        "",
    ],
)
def test_nobody_is_led_elsewhere(nobody: Browser, then: str) -> None:
    assert entered(nobody, then=then) == "/desk/review"


@pytest.mark.usefixtures("account")
def test_an_unknown_address_is_told_the_same_as_a_wrong_password(nobody: Browser) -> None:
    known = nobody.post("/sign-in", email="lead@example.com", password="wrong")
    unknown = nobody.post("/sign-in", email="who@example.com", password=PASSWORD)

    assert known.status_code == unknown.status_code == 422
    told = "Address and password do not fit together"
    assert told in known.text
    assert told in unknown.text
    assert without_csrf(known.text).replace("lead@", "who@") == without_csrf(unknown.text)
    assert nobody.get("/desk/review").status_code == 302


@pytest.mark.usefixtures("account")
def test_a_wrong_try_keeps_the_address_but_never_the_password(nobody: Browser) -> None:
    page = nobody.post("/sign-in", email="<i>lead@example.com", password="wrong-password").text

    assert "&lt;i&gt;lead@example.com" in page
    assert "wrong-password" not in page


@pytest.mark.usefixtures("account")
def test_signing_out_ends_the_sign_in_itself(app: Flask, nobody: Browser) -> None:
    entered(nobody)
    with nobody.client.session_transaction() as session:
        kept = dict(session)

    csrf = nobody.csrf()
    assert (
        nobody.client.post("/sign-out", data={"csrf_token": csrf}).headers["Location"] == "/sign-in"
    )

    assert nobody.get("/desk/review").status_code == 302
    thief = app.test_client()
    with thief.session_transaction() as session:
        session.update(kept)
    assert thief.get("/desk/review").status_code == 302


@pytest.mark.usefixtures("account")
def test_a_sign_in_keeps_nothing_of_the_session_before(nobody: Browser) -> None:
    with nobody.client.session_transaction() as session:
        session["planted"] = "by somebody"
    entered(nobody)

    with nobody.client.session_transaction() as session:
        assert "planted" not in session


def test_without_any_account_the_page_says_how_the_first_is_made(app: Flask) -> None:
    page = app.test_client().get("/sign-in").text

    assert "Nobody has an account yet" in page
    assert "password" not in page


def join(client: FlaskClient, token: str, **fields: str) -> tuple[int, str]:
    page = client.get(f"/link/{token}").text
    csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
    given = {"name": "Ida Ek", "email": "ida@example.com", "password": PASSWORD, **fields}
    answer = client.post(f"/link/{token}", data={"csrf_token": csrf, **given})
    return answer.status_code, answer.text


def test_an_invitation_makes_an_account_and_opens_the_desk(
    app: Flask, database: Database, now: datetime
) -> None:
    token = accounts.invite(database, at=now)
    client = app.test_client()
    # Looking does not use it up: mail scanners look too.
    assert client.get(f"/link/{token}").status_code == 200

    status, _ = join(client, token)

    assert status == 302
    assert "Welcome." in client.get("/desk/review").text
    for browser in (client, app.test_client()):
        spent = browser.get(f"/link/{token}")
        assert (spent.status_code, "no longer works" in spent.text) == (404, True)


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("email", "ida"), ("password", "short")]
)
def test_a_bad_field_is_named_and_the_link_stays_good(
    app: Flask, database: Database, now: datetime, field: str, value: str
) -> None:
    token = accounts.invite(database, at=now)
    client = app.test_client()
    before = everything(database)

    status, page = join(client, token, **{field: value})

    assert status == 422
    assert f'href="#{field}"' in page
    assert PASSWORD not in page
    assert everything(database) == before
    assert join(client, token)[0] == 302


def test_a_one_time_link_signs_its_person_in_once(
    app: Flask, database: Database, lead: int, now: datetime
) -> None:
    token = accounts.invite(database, at=now, user_id=lead)
    client = app.test_client()
    csrf = client.get(f"/link/{token}").text.split('name="csrf_token" value="')[1].split('"')[0]

    first = client.post(f"/link/{token}", data={"csrf_token": csrf})
    assert (first.status_code, first.headers["Location"]) == (302, "/desk/review")
    assert client.get("/desk/review").status_code == 200

    other = Browser(app.test_client())
    assert other.post(f"/link/{token}").status_code == 404
    assert other.get("/desk/review").status_code == 302


def test_a_person_chooses_the_desks_language(desk: Browser) -> None:
    answer = desk.post("/account/language", language="sv", then="/desk/settings")

    assert answer.headers["Location"] == "/desk/settings"
    assert '<html lang="sv"' in desk.get("/desk/settings").text
    # The person's own choice stands above what the browser asks for.
    assert '<html lang="sv"' in desk.get("/desk/settings", {"Accept-Language": "fi"}).text


def test_a_language_that_there_is_not_is_refused(desk: Browser) -> None:
    answer = desk.post("/account/language", language="xx")

    assert answer.status_code == 422
    assert "Choose a language from the list." in answer.text
    assert '<html lang="en"' in desk.get("/desk/settings").text


def test_the_language_form_leads_nobody_elsewhere(desk: Browser) -> None:
    answer = desk.post("/account/language", language="sv", then="//elsewhere.example")

    assert answer.headers["Location"] == "/desk/review"


def test_somebody_who_is_not_signed_in_chooses_no_language(nobody: Browser) -> None:
    answer = nobody.post("/account/language", language="sv")

    assert answer.headers["Location"] == "/sign-in"


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("sv", "sv"),
        ("nb-NO, en;q=0.5", "nb"),
        ("no, en;q=0.5", "nb"),
        ("zz, de-AT;q=0.9, en;q=0.5", "de"),
        ("en;q=0.2, FI;q=0.7, sv;q=0", "fi"),
        ("zz", "en"),
        ("*", "en"),
        ("", "en"),
    ],
)
def test_a_stranger_is_spoken_to_in_the_browsers_language(
    nobody: Browser, asked: str, spoken: str
) -> None:
    for path in ("/sign-in", "/no/such/page"):
        assert f'<html lang="{spoken}"' in nobody.get(path, {"Accept-Language": asked}).text
    refused = nobody.client.post("/sign-in", headers={"Accept-Language": asked})
    assert (refused.status_code, f'<html lang="{spoken}"' in refused.text) == (400, True)


def test_an_account_that_was_closed_is_out_at_once(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    assert desk.get("/desk/review").status_code == 200

    with database.write() as session:
        session.get_one(User, lead).disabled_at = now

    assert desk.get("/desk/review").status_code == 302


@pytest.mark.usefixtures("lead")
def test_a_cookie_signed_with_another_key_is_nobodys(app: Flask, desk: Browser) -> None:
    cookie = desk.client.get_cookie("signage")
    assert cookie is not None
    forged = app.test_client()
    forged.set_cookie("signage", cookie.value[:-2] + "xx")

    assert forged.get("/desk/review").status_code == 302
