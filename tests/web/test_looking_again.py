"""Pages that fetch themselves anew while they are open take nothing from whoever opens one."""

from datetime import datetime

from signage.actions.screens import ScreenDraft, add_screen
from signage.models import Database
from signage.web.looking_again import HEADER
from tests.web.conftest import SECRET, Browser

AGAIN = {HEADER: "yes"}


def test_what_is_told_once_waits_for_who_opens_the_page(
    desk: Browser, database: Database, now: datetime
) -> None:
    screen_id, _ = add_screen(database, SECRET, ScreenDraft("Lobby"), at=now)
    path = f"/desk/screens/{screen_id}"
    desk.post(f"{path}/link")
    desk.post(f"{path}/agent")
    desk.post("/desk/screens/groups", name="Canteens")

    told = {"/desk/screens": "shown only once", path: "kiosk.toml on the device. It is shown"}
    for page, text in told.items():
        answer = desk.get(page, AGAIN)
        assert (text in answer.text, "The group is made." in answer.text) == (False, False)
        assert "Set-Cookie" not in answer.headers
    assert "The group is made." in desk.get("/desk/screens/groups").text
    for page, text in told.items():
        assert text in desk.get(page).text
        assert text not in desk.get(page).text
