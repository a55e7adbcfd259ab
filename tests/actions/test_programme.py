from dataclasses import replace
from datetime import datetime

import pytest

from signage.actions.programme import GROUNDS, programme, wall_words
from signage.actions.screens import ScreenDraft, add_screen
from signage.core.contrast import contrast
from signage.models import Database, Preferences, Screen
from signage.places import place
from signage.words import LANGUAGES


@pytest.fixture
def screen(database: Database, at: datetime) -> Screen:
    draft = ScreenDraft("Canteen", site="Solna", locale="sv", theme="ink", turned=90)
    screen_id, _ = add_screen(database, "k" * 32, draft, at=at)
    with database.read() as session:
        return session.get_one(Screen, screen_id)


def test_it_holds_all_that_one_screen_needs_to_know(screen: Screen) -> None:
    told = programme(screen, Preferences(title="Kundröster"))

    assert set(told) == {
        "protocol", "version", "screen", "title", "locale", "timezone", "theme", "motion",
        "diagonal_inch", "distance_m", "lease_hours", "brand", "night", "playlist",
        "turned", "words",
    }  # fmt: skip
    assert told["screen"] == {"id": screen.id, "name": "Canteen", "site": "Solna", "group": None}
    assert (told["title"], told["locale"], told["protocol"]) == ("Kundröster", "sv", 1)
    assert told["turned"] == 90
    assert [scene["feed"] for scene in told["playlist"]] == [
        "quotes", "improvements", "notices", "quotes", "nps", "csat", "touchpoints", "ces", "mix",
        "notices",
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


def test_a_colour_of_ones_own_can_be_read_on_both_grounds(screen: Screen) -> None:
    told = programme(screen, Preferences(accent="#ffe000", titles={"mix": "Fair?"}, logo="d"))

    accent = told["brand"]["accent"]
    for theme, ground in GROUNDS.items():
        assert contrast(accent[theme]["text"], ground) >= 7
        assert contrast(accent[theme]["graphic"], ground) >= 3
    assert accent["ink"]["text"] == "#ffe000"
    assert told["brand"]["logo"] == "/pictures/d.webp"
    assert told["brand"]["titles"] == {"mix": "Fair?"}


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    sheet = (place("static") / "tokens.css").read_text("utf-8")
    assert [f"--ground: {ground};" in sheet for ground in GROUNDS.values()] == [True, True]
