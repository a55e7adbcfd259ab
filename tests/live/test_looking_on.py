"""What who looks on at the desk is told: the same as the screen, and nothing comes of it."""

from datetime import datetime

from signage.actions.screens import ScreenDraft, add_screen
from signage.live.encoding import loads
from signage.live.looking_on import LookingOn
from signage.models import Database
from tests.answers import everything, hung, items

SECRET = "k" * 32


def test_it_is_told_what_the_screen_is_told_and_then_what_is_new(
    database: Database, lead: int, at: datetime
) -> None:
    hung(database, "1", lead=lead, at=at, comment="Said.")
    screen, _ = add_screen(database, SECRET, ScreenDraft("Lobby", locale="sv"), at=at)
    looking = LookingOn(database, "a version")

    first = loads(looking.told(screen, {}) or "")
    assert first["programme"]["screen"]["name"] == "Lobby"
    assert first["feeds"]["quotes"]["items"] == items(database, "quotes")
    has = {
        "programme": first["programme"]["version"],
        "feeds": {
            name: {"epoch": feed["epoch"], "rev": feed["rev"]}
            for name, feed in first["feeds"].items()
        },
    }
    again = loads(looking.told(screen, has) or "")

    assert again["programme"] is None
    assert all(feed["changes"] == [] for feed in again["feeds"].values())
    assert looking.told(99, has) is None


def test_what_is_made_up_proves_nothing(database: Database, at: datetime) -> None:
    """A screen that has more than there is proves a restore; who looks on does not."""
    screen, _ = add_screen(database, SECRET, ScreenDraft("Lobby"), at=at)
    looking = LookingOn(database, "a version")
    first = loads(looking.told(screen, None) or "")
    epoch = first["feeds"]["quotes"]["epoch"]
    before = everything(database)

    told = loads(looking.told(screen, {"feeds": {"quotes": {"epoch": epoch, "rev": 9999}}}) or "")

    assert "items" in told["feeds"]["quotes"]
    assert everything(database) == before
