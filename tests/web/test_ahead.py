"""Looking ahead, as the screens of a group will be."""

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from signage.actions.groups import add_group
from signage.actions.notice_draft import NoticeDraft
from signage.actions.notices import write_notice
from signage.actions.screens import add_screen
from signage.actions.setup_of_screens import ScreenDraft
from signage.core.targets import Targets
from signage.models import Database
from tests.web.conftest import Browser


def test_looking_ahead_is_as_on_a_screen_of_the_group(
    database: Database, desk: Browser, now: datetime
) -> None:
    group = add_group(database, "Canteens", at=now)
    draft = ScreenDraft(
        "By the oven", group_id=group, turned=90, night_from="22:00", night_to="06:00",
        night_percent=0,
    )  # fmt: skip
    first, _ = add_screen(database, "k" * 32, draft, at=now)
    second, _ = add_screen(database, "l" * 32, ScreenDraft("Hall", group_id=group), at=now)
    ahead = f"/desk/screens/ahead?group={group}&day=2026-12-04"

    page = desk.get(f"{ahead}&time=23:58")
    told = ahead_data(page.text)
    assert told["programme"]["screen"]["id"] == first
    assert told["programme"]["screen"]["group"] == group
    assert told["programme"]["night"] == {"from": "22:00", "to": "06:00", "percent": 0}
    assert (told["width"], told["height"], told["programme"]["turned"]) == (1080, 1920, 0)
    assert 'id="ahead-night">Night hours: brightness 0 %' in page.text
    assert 'step="1" value="1438"' in page.text
    assert 'id="ahead-night" hidden' in desk.get(f"{ahead}&time=12:00").text
    other = ahead_data(desk.get(f"{ahead}&screen={second}").text)
    assert (other["programme"]["screen"]["id"], other["programme"]["night"]) == (second, None)
    assert (other["width"], other["height"]) == (1920, 1080)


def test_what_is_planned_to_take_over_is_looked_ahead_on(
    database: Database, desk: Browser, now: datetime, lead: int
) -> None:
    group = add_group(database, "Canteens", at=now)
    begins = now + timedelta(days=2)
    over = NoticeDraft(
        "Cake at two", "", begins, begins + timedelta(hours=2), takes_over=True,
        targets=Targets(groups=frozenset({group})),
    )  # fmt: skip
    write_notice(database, over, user_id=lead, at=now)
    there = (begins + timedelta(hours=1)).astimezone(ZoneInfo("Europe/Stockholm"))
    at = f"day={there:%Y-%m-%d}&time={there:%H:%M}"

    assert "<bdi>Cake at two</bdi>" in desk.get(f"/desk/screens/ahead?group={group}&{at}").text
    assert "<bdi>Cake at two</bdi>" not in desk.get(f"/desk/screens/ahead?{at}").text
    later = f"day={there + timedelta(days=1):%Y-%m-%d}&time={there:%H:%M}"
    page = desk.get(f"/desk/screens/ahead?group={group}&{later}").text
    assert "<bdi>Cake at two</bdi>" not in page


def ahead_data(page: str) -> dict[str, Any]:
    told = page.split('id="ahead-data">')[1].split("</script>", maxsplit=1)[0]
    return json.loads(told)  # type: ignore[no-any-return]
