"""What stands above every page of the desk."""

from playwright.sync_api import Page

from signage.models import User
from signage.words import LANGUAGES
from tests.serving import Server

FIRST_AND_LAST = """() => [".top nav a", ".top .person"].map((found) => {
  const all = [...document.querySelectorAll(found)].map((each) => each.getBoundingClientRect());
  return [all[0].top, all.at(-1).bottom];
})"""


def test_the_desks_ways_stand_on_one_line_in_every_language(
    server: Server, desk: Page, lead_id: int
) -> None:
    desk.set_viewport_size({"width": 1440, "height": 900})
    broken = []
    for code in LANGUAGES:
        with server.database.write() as session:
            session.get_one(User, lead_id).language = code
        desk.goto(f"{server.url}/desk/deliveries")
        desk.evaluate("document.fonts.ready.then(() => undefined)")
        (first, last), (above, below) = desk.evaluate(FIRST_AND_LAST)
        if last - first > 48 or above > last or below < first:
            broken.append(code)
    assert broken == []
