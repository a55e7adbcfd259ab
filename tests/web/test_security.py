from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from signage.actions import passwords
from signage.models import Database, User
from signage.settings import Settings
from signage.web import create_flask
from tests.web.conftest import Browser
from tests.web.test_walk import address, rules

PASSWORD = "bread butter cheese"
HTTPS = "https://wall.example.com"


@pytest.fixture
def account(database: Database, lead: int) -> None:
    with database.write() as session:
        session.get_one(User, lead).password_hash = passwords.hash_password(PASSWORD)


@pytest.fixture
def secure(settings: Settings, database: Database) -> Flask:
    """The product as it is reached by https."""
    return create_flask(replace(settings, url=HTTPS), database, dict)


def headers_of(client: FlaskClient, path: str) -> dict[str, str]:
    return dict(client.get(path, buffered=True).headers)


def test_every_page_carries_the_headers_that_guard_it(app: Flask, desk: Browser) -> None:
    paths = [address(rule) for rule in rules(app, "GET")]
    for path in [*paths, "/no/such/page", "/static/tokens.css", "/api/v1/responses"]:
        headers = headers_of(desk.client, path)

        policy = dict(
            part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
        )
        assert policy["default-src"] == "'none'", path
        assert policy["script-src"] == "'self'", path
        assert policy["style-src"] == "'self'", path
        assert policy["frame-ancestors"] == "'none'", path
        assert policy["base-uri"] == "'none'", path
        assert policy["form-action"] == "'self'", path
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_pages_of_a_person_are_kept_nowhere(desk: Browser, nobody: Browser) -> None:
    assert desk.get("/desk/review").headers["Cache-Control"] == "no-store"
    assert "no-store" not in nobody.get("/static/tokens.css").headers.get("Cache-Control", "")


def test_no_page_has_inline_script_or_style(app: Flask, desk: Browser) -> None:
    for rule in rules(app, "GET"):
        page = desk.get(address(rule)).text
        assert "<style" not in page, rule
        assert " style=" not in page, rule
        assert " onclick=" not in page, rule
        assert "javascript:" not in page, rule
        scripts = [part.partition(">")[0] for part in page.split("<script")[1:]]
        assert all("src=" in part or "application/json" in part for part in scripts), rule


def cookie_of(client: FlaskClient, base_url: str) -> str:
    answer = client.get("/sign-in", base_url=base_url)
    return next(value for name, value in answer.headers if name == "Set-Cookie")


@pytest.mark.usefixtures("account")
def test_the_cookie_is_bound_to_the_browser(nobody: Browser) -> None:
    cookie = cookie_of(nobody.client, "http://localhost")

    assert cookie.startswith("signage=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


@pytest.mark.usefixtures("account")
def test_over_https_the_cookie_is_bound_to_host_and_https(secure: Flask) -> None:
    cookie = cookie_of(secure.test_client(), HTTPS)

    assert cookie.startswith("__Host-signage=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert "HttpOnly" in cookie
    answer = secure.test_client().get("/sign-in", base_url=HTTPS)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def signed_in_over_https(app: Flask, referrer: str | None) -> int:
    client = app.test_client()
    page = client.get("/sign-in", base_url=HTTPS).text
    csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
    fields = {"csrf_token": csrf, "email": "lead@example.com", "password": PASSWORD}
    headers = {"Referer": referrer} if referrer else {}
    return client.post("/sign-in", base_url=HTTPS, data=fields, headers=headers).status_code


@pytest.mark.usefixtures("account")
def test_over_https_forms_work_from_our_own_pages_alone(secure: Flask) -> None:
    """The referrer policy must let a browser tell our own pages where it comes from."""
    policy = secure.test_client().get("/sign-in", base_url=HTTPS).headers["Referrer-Policy"]
    assert policy == "same-origin"

    assert signed_in_over_https(secure, f"{HTTPS}/sign-in") == 302
    assert signed_in_over_https(secure, "https://elsewhere.example/") == 400


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(("proxies", "scheme"), [(0, "http"), (1, "https")])
def test_only_a_trusted_proxy_may_say_how_it_was_reached(
    settings: Settings, database: Database, proxies: int, scheme: str
) -> None:
    app = create_flask(replace(settings, url=HTTPS, trusted_proxies=proxies), database, dict)
    seen: list[str] = []
    app.before_request(lambda: seen.append(__import__("flask").request.scheme))

    app.test_client().get("/sign-in", headers={"X-Forwarded-Proto": "https"})

    assert seen == [scheme]


@pytest.mark.usefixtures("account")
def test_a_stranger_gets_ten_tries_a_minute(nobody: Browser) -> None:
    csrf = nobody.csrf()
    wrong = {"csrf_token": csrf, "email": "who@example.com", "password": "x"}
    codes = [nobody.client.post("/sign-in", data=wrong).status_code for _ in range(11)]

    assert codes == [422] * 10 + [429]
    answer = nobody.client.post(
        "/sign-in", data={**wrong, "email": "lead@example.com", "password": PASSWORD}
    )
    assert answer.status_code == 429
    assert "Wait a minute" in answer.text
    assert "Retry-After" in answer.headers


@pytest.mark.usefixtures("account")
def test_a_stranger_elsewhere_is_not_held_up_by_it(nobody: Browser) -> None:
    csrf = nobody.csrf()
    wrong = {"csrf_token": csrf, "email": "who@example.com", "password": "x"}
    for _ in range(11):
        nobody.client.post("/sign-in", data=wrong)

    answer = nobody.client.post(
        "/sign-in",
        data={"csrf_token": csrf, "email": "lead@example.com", "password": PASSWORD},
        environ_overrides={"REMOTE_ADDR": "192.0.2.7"},
    )

    assert answer.status_code == 302
