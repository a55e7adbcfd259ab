from dataclasses import replace
from datetime import datetime

import pytest

from signage.actions.programme import programme, wall_words
from signage.actions.screens import ScreenDraft, add_screen
from signage.models import Database, Preferences, Screen
from signage.words import LANGUAGES


@pytest.fixture
def screen(database: Database, at: datetime) -> Screen:
    draft = ScreenDraft("Canteen", site="Solna", locale="sv", theme="ink")
    screen_id, _ = add_screen(database, "k" * 32, draft, at=at)
    with database.read() as session:
        return session.get_one(Screen, screen_id)


def test_it_holds_all_that_one_screen_needs_to_know(screen: Screen) -> None:
    told = programme(screen, Preferences(title="Kundröster"))

    assert set(told) == {
        "protocol", "version", "screen", "title", "locale", "timezone", "theme", "motion",
        "diagonal_inch", "distance_m", "lease_hours", "playlist", "words",
    }  # fmt: skip
    assert told["screen"] == {"id": screen.id, "name": "Canteen", "site": "Solna"}
    assert (told["title"], told["locale"], told["protocol"]) == ("Kundröster", "sv", 1)
    assert [scene["feed"] for scene in told["playlist"]] == [
        "quotes", "improvements", "nps", "csat", "touchpoints", "ces", "mix",
    ]  # fmt: skip


def test_its_version_changes_with_what_it_says_and_with_nothing_else(screen: Screen) -> None:
    told = programme(screen, Preferences())

    assert programme(screen, Preferences(grace_seconds=60))["version"] == told["version"]
    assert programme(screen, Preferences(title="Other"))["version"] != told["version"]
    screen.theme = "paper"
    assert programme(screen, replace(Preferences()))["version"] != told["version"]


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_language_has_every_word(locale: str) -> None:
    assert wall_words(locale).keys() == wall_words("en").keys()
    assert all(wall_words(locale).values())
