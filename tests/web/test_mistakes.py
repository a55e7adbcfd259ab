"""What people and programs are told when something cannot be done."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from signage.models import Database, User
from signage.settings import Settings
from signage.web import create_flask, security
from tests.answers import waiting
from tests.logged import logged
from tests.web.conftest import Browser

JSON = {"Accept": "application/json"}


@pytest.fixture
def broken(settings: Settings, database: Database) -> FlaskClient:
    """The product with a page that fails."""

    def fail() -> str:
        raise RuntimeError("the secret of line 7")

    app = create_flask(settings, database, dict)
    app.add_url_rule("/broken", "broken", fail)
    app.add_url_rule("/api/broken", "api_broken", fail)
    return app.test_client()


@pytest.mark.parametrize("path", ["/no/such/page", "/desk/improvements/99", "/desk/screens/99"])
def test_what_is_not_there_is_a_page_in_the_house(desk: Browser, path: str) -> None:
    answer = desk.get(path)

    assert answer.status_code == 404
    assert "<h1>Nothing here</h1>" in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "leads_to", "told"),
    [
        ("/desk/deliveries/999", "/desk/deliveries", "Go to “Deliveries”"),
        ("/desk/deliveries/mistyped", "/desk/deliveries", "Go to “Deliveries”"),
        ("/desk/screens/groups/99", "/desk/screens", "Go to “Screens”"),
        ("/desk/settings/rules/99", "/desk/settings", "Go to “Settings”"),
        ("/desk/quotes/99/edit", "/", "Go to the queue"),
        ("/deliveries/999", "/", "Go to the queue"),
    ],
)
def test_what_is_not_there_leads_to_its_section(
    desk: Browser, path: str, leads_to: str, told: str
) -> None:
    assert f'<a class="button" href="{leads_to}">{told}</a>' in desk.get(path).text


def test_a_section_is_offered_to_whoever_may_see_it(
    desk: Browser, database: Database, lead: int
) -> None:
    with database.write() as session:
        session.execute(update(User).where(User.id == lead).values(role="lead"))
    assert 'href="/desk/settings/rules">Go to “Settings”' in desk.get("/desk/people/x").text

    with database.write() as session:
        session.execute(update(User).where(User.id == lead).values(role="viewer"))
    assert "Go to the queue" in desk.get("/desk/screens/no/such/page").text
    assert "Go to “Deliveries”" in desk.get("/desk/deliveries/999").text


def test_a_program_is_told_by_problem_details(desk: Browser) -> None:
    answer = desk.get("/no/such/page", JSON)

    assert answer.content_type == "application/problem+json"
    assert answer.get_json() == {
        "type": "about:problem/http-404",
        "title": "Nothing here",
        "status": 404,
        "retry": False,
        "detail": "The address is mistyped, or what it named is gone.",
    }


def test_somebody_was_faster(desk: Browser, database: Database, now: datetime) -> None:
    quote = waiting(database, at=now)
    assert desk.post(f"/desk/quotes/{quote}/setting-aside", revision="0").status_code == 302
    desk.post(f"/desk/quotes/{quote}/rejection", revision="0", reason="unclear")

    answer = desk.post(f"/desk/quotes/{quote}/approval", revision="0")

    assert answer.status_code == 409
    assert "<h1>This has changed meanwhile</h1>" in answer.text


@pytest.mark.parametrize(
    ("referer", "leads_to"),
    [
        ("http://localhost/desk/screens/playlists", "/desk/screens/playlists"),
        ("http://localhost/desk/screens/groups/1?page=2#x", "/desk/screens/groups/1"),
        ("http://localhost/desk/screens/groups/1/deletion", "/desk/screens/groups/1"),
        ("", "/desk/screens/playlists/1"),
        ("http://elsewhere.example/desk/screens/groups", "/desk/screens/playlists/1"),
        ("http://localhost//elsewhere.example", "/desk/screens/playlists/1"),
        ("http://localhost/nowhere", "/desk/screens/playlists/1"),
        ("http://[", "/desk/screens/playlists/1"),
    ],
)
def test_a_mistake_leads_back_to_its_page(desk: Browser, referer: str, leads_to: str) -> None:
    desk.post("/desk/screens/playlists", name="Lunch", like="built-in")
    answer = desk.client.post(
        "/desk/screens/playlists/1/order",
        data={"csrf_token": desk.csrf(), "seen": "old", "up": "1"}, headers={"Referer": referer},
    )  # fmt: skip

    assert answer.status_code == 409
    assert f'<a class="button primary" href="{leads_to}">Go back to the page</a>' in answer.text


def test_an_address_that_leads_nowhere_leads_back_to_nothing(desk: Browser) -> None:
    assert "Go back to the page" not in desk.get("/no/such/page").text


def test_what_was_typed_wrongly_is_named(desk: Browser, database: Database, now: datetime) -> None:
    quote = waiting(database, at=now)

    answer = desk.post(f"/desk/quotes/{quote}/rejection", revision="0", reason="")
    assert answer.status_code == 422
    assert "Choose a reason from the list." in answer.text

    told = desk.client.post(
        f"/desk/quotes/{quote}/rejection",
        data={"csrf_token": desk.csrf(), "revision": "0"},
        headers=JSON,
    )
    assert told.content_type == "application/problem+json"
    assert told.get_json()["errors"] == [
        {"field": "reason", "code": "no-reason", "detail": "Choose a reason from the list."}
    ]


def test_our_own_mistake_shows_no_trace(
    broken: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    page, told = broken.get("/broken"), broken.get("/api/broken")

    assert page.status_code == told.status_code == 500
    assert "That is our mistake" in page.text
    assert told.content_type == "application/problem+json"
    for text in (page.text, told.text):
        assert "secret" not in text
        assert "Traceback" not in text
    assert page.headers["Content-Security-Policy"]
    assert [record.message for record in logged(caplog)] == [
        "GET /broken failed",
        "GET /api/broken failed",
    ]


def test_a_wrong_method_is_told(desk: Browser) -> None:
    answer = desk.client.put("/desk/settings", data={"csrf_token": desk.csrf()})

    assert answer.status_code == 405
    assert "This address takes another one; the header “Allow” names it." in answer.text


def test_a_form_that_is_too_large_is_told(desk: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security, "LARGEST_FORM", 1000)

    answer = desk.post("/desk/settings", title="a" * 2000)

    assert answer.status_code == 413
    assert "Too large" in answer.text


def test_a_stranger_may_not_send_what_a_person_may_upload(
    nobody: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(security, "LARGEST_FORM", 1000)

    answer = nobody.post("/desk/intake/uploads", file="a" * 2000)

    assert answer.status_code == 413


def test_the_walls_page_is_the_same_for_every_wall(nobody: Browser) -> None:
    answer = nobody.get("/wall")

    assert answer.status_code == 200
    assert 'id="wall-config"' in answer.text
    assert "Set-Cookie" not in answer.headers
    assert '<html lang="fi"' in nobody.get("/wall?lang=fi").text
    assert '<html lang="en"' in nobody.get("/wall?lang=<script>").text
