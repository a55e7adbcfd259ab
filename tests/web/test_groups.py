from datetime import datetime

from signage.actions.groups import add_group
from signage.actions.screens import add_screen
from signage.actions.setup_of_screens import ScreenDraft
from signage.models import Database, Screen
from tests.web.conftest import Browser

SECRET = "k" * 32


def test_a_group_is_made_named_and_given_up(desk: Browser) -> None:
    assert "No group yet" in desk.get("/desk/screens/groups").text

    assert desk.post("/desk/screens/groups", name="Canteens").status_code == 302
    assert "The group is made." in desk.get("/desk/screens/groups").text
    assert "Canteens" in desk.get("/desk/screens/new").text
    assert desk.post("/desk/screens/groups/1", name="Kitchens").status_code == 302
    assert "Kitchens" in desk.get("/desk/screens/groups/1").text
    assert desk.post("/desk/screens/groups/1/deletion").status_code == 302
    assert "No group yet" in desk.get("/desk/screens/groups").text


def test_a_name_that_is_taken_is_told_where_it_was_typed(
    database: Database, desk: Browser, now: datetime
) -> None:
    add_group(database, "Canteens", at=now)
    other = add_group(database, "Lobbies", at=now)
    for path in ("/desk/screens/groups", f"/desk/screens/groups/{other}"):
        answer = desk.post(path, name="canteens")

        assert answer.status_code == 422
        assert "There is a group of that name already." in answer.text
        assert 'value="canteens"' in answer.text


def test_a_screen_is_put_into_a_group_and_listed_there(
    database: Database, desk: Browser, now: datetime
) -> None:
    group = add_group(database, "Canteens", at=now)
    screen, _ = add_screen(database, SECRET, ScreenDraft("By the oven"), at=now)
    setup = {
        "name": "By the oven", "locale": "en", "timezone": "Europe/Oslo", "theme": "ink",
        "diagonal_inch": "55", "distance_m": "4", "night_percent": "20", "tags": "warm, old",
    }  # fmt: skip

    wrong = desk.post(f"/desk/screens/{screen}", **setup, group_id="99")
    assert (wrong.status_code, "Choose a group" in wrong.text) == (422, True)
    assert desk.post(f"/desk/screens/{screen}", **setup, group_id=str(group)).status_code == 302

    assert "By the oven" in desk.get(f"/desk/screens/groups/{group}").text
    assert 'value="warm, old"' in desk.get(f"/desk/screens/{screen}").text
    with database.read() as session:
        assert session.get_one(Screen, screen).tags == ["warm", "old"]
