"""Screens, settings and tokens: forms that make, change and end."""

import re
from datetime import datetime

import pytest

from signage.actions.screens import screen_of
from signage.actions.tokens import token_id
from signage.errors import Refused
from signage.models import Database, Preferences, preferences
from tests.answers import everything
from tests.web.conftest import SECRET, Browser

SCREEN = {
    "name": "Canteen", "site": "Solna", "locale": "sv", "timezone": "Europe/Stockholm",
    "theme": "ink", "motion": "on", "diagonal_inch": "65", "distance_m": "4",
}  # fmt: skip
SETTINGS = {
    "title": "Kundröster", "language": "sv", "timezone": "Europe/Oslo", "grace_seconds": "0",
    "window_days": "30", "target_score": "−5", "target_by": "2027-06-30", "question": "",
}  # fmt: skip


def shown_once(desk: Browser, path: str, pattern: str) -> str:
    found = re.search(pattern, desk.get(path).text)
    assert found
    assert re.search(pattern, desk.get(path).text) is None
    return found[1]


def test_a_screen_is_added_and_its_link_is_shown_once(desk: Browser, database: Database) -> None:
    assert desk.post("/desk/screens", **SCREEN).status_code == 302

    key = shown_once(desk, "/desk/screens", r'value="http://localhost/wall#([^"]+)"')

    screen = screen_of(database, SECRET, key)
    assert (screen.name, screen.locale, screen.motion, screen.diagonal_inch) == (
        "Canteen", "sv", True, 65,
    )  # fmt: skip


def test_a_screen_is_set_up_differently_given_a_new_link_and_revoked(
    desk: Browser, database: Database
) -> None:
    pattern = r'value="http://localhost/wall#([^"]+)"'
    desk.post("/desk/screens", **SCREEN)
    first = shown_once(desk, "/desk/screens", pattern)

    still = {name: value for name, value in SCREEN.items() if name != "motion"}
    desk.post("/desk/screens/1", **{**still, "name": "Lobby"})
    assert 'value="Lobby"' in desk.get("/desk/screens/1").text
    assert screen_of(database, SECRET, first).motion is False

    desk.post("/desk/screens/1/link")
    second = shown_once(desk, "/desk/screens", pattern)
    assert screen_of(database, SECRET, second).id == 1
    with pytest.raises(Refused):
        screen_of(database, SECRET, first)

    desk.post("/desk/screens/1/revocation")
    assert "revoked" in desk.get("/desk/screens").text
    with pytest.raises(Refused):
        screen_of(database, SECRET, second)


@pytest.mark.parametrize("path", ["/desk/screens", "/desk/screens/1"])
@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("timezone", "Solna"), ("theme", "pink"), ("diagonal_inch", "x")],
)
def test_a_bad_field_of_a_screen_is_named(
    desk: Browser, database: Database, path: str, field: str, value: str
) -> None:
    desk.post("/desk/screens", **SCREEN)
    desk.get("/desk/screens")
    before = everything(database)["screens"]

    answer = desk.post(path, **{**SCREEN, field: value})

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert everything(database)["screens"] == before


def test_a_new_screen_speaks_the_companys_language(desk: Browser) -> None:
    desk.post("/desk/settings", **SETTINGS)

    page = desk.get("/desk/screens/new").text

    assert '<option value="sv" lang="sv" selected>' in page
    assert 'value="Europe/Oslo"' in page


def test_choices_are_kept_and_shown(desk: Browser, database: Database) -> None:
    assert desk.post("/desk/settings", **SETTINGS).status_code == 302

    page = desk.get("/desk/settings").text
    assert "Saved." in page
    assert 'value="Kundröster"' in page
    with database.read() as session:
        assert preferences(session) == Preferences(
            title="Kundröster", language="sv", timezone="Europe/Oslo", grace_seconds=0,
            window_days=30, target_score=-5, target_by="2027-06-30",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("grace_seconds", "301"), ("grace_seconds", "x"), ("target_by", "soon")],
)
def test_a_bad_choice_is_named_and_nothing_is_kept(
    desk: Browser, database: Database, field: str, value: str
) -> None:
    answer = desk.post("/desk/settings", **{**SETTINGS, field: value})

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    with database.read() as session:
        assert preferences(session) == Preferences()


def test_a_token_is_shown_once_and_ends_when_revoked(
    desk: Browser, database: Database, now: datetime
) -> None:
    desk.post("/desk/intake/tokens", name="Survey <tool>")

    token = shown_once(desk, "/desk/intake", r'id="made-token" readonly value="([^"]+)"')
    assert "never used yet" in desk.get("/desk/intake").text
    assert token_id(database, token, at=now) == 1

    desk.post("/desk/intake/tokens/1/revocation")
    assert "revoked" in desk.get("/desk/intake").text
    with pytest.raises(Refused):
        token_id(database, token, at=now)


def test_a_token_without_a_name_is_told(desk: Browser) -> None:
    answer = desk.post("/desk/intake/tokens", name=" ")

    assert answer.status_code == 422
    assert "Give the token a name" in answer.text
