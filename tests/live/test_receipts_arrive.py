"""What walls say over their sockets becomes receipts, whoever of them says it."""

import pytest
from sqlalchemy import select

from signage import clock
from signage.actions import decide
from signage.actions.epochs import renew_epochs
from signage.actions.screens import ScreenDraft, change_screen
from signage.models import Database, Feed, Screen, ScreenPosition
from tests.actions.test_editions import seen
from tests.answers import hung
from tests.live.conftest import Wall
from tests.live.test_announce import next_change
from tests.patience import eventually
from tests.screening import receipts
from tests.serving import Server


def withdrawn(
    wall: Wall, database: Database, name: str, lead: int
) -> tuple[str, dict[str, object]]:
    """Words that this wall has shown and must take down: the cause, and the drop."""
    quote = hung(database, name, lead=lead, at=clock.now())
    next_change(wall, f"q{quote}", "put")
    decision = decide.withdraw(database, quote, reason="private", user_id=lead, at=clock.now())
    return decision.cause, next_change(wall, f"q{quote}", "drop")


def shown(database: Database, screen_id: int) -> int | None:
    """The rev of the quotes that a screen is known to show."""
    with database.read() as session:
        return session.scalar(
            select(ScreenPosition.rev)
            .join(Feed, Feed.id == ScreenPosition.feed_id)
            .where(ScreenPosition.screen_id == screen_id, Feed.name == "quotes")
        )


@pytest.mark.parametrize("event", ["confirm", "heartbeat", "hello"])
def test_a_wall_that_says_it_has_a_receipt(
    connected: Wall, server: Server, screen: tuple[int, str], lead_id: int, event: str
) -> None:
    connected.call("hello", {})
    cause, drop = withdrawn(connected, server.database, f"receipt {event}", lead_id)
    assert (cause, screen[0]) not in receipts(server.database)
    place = {"epoch": drop["epoch"], "rev": drop["rev"]}

    if event == "confirm":
        connected.say(event, {"feed": "quotes", **place}, lambda *_: None)
    else:
        connected.call(event, {"feeds": {"quotes": place}, "painted": {"quotes": place}})

    eventually(lambda: (cause, screen[0]) in receipts(server.database))


def test_a_wall_tells_by_its_heartbeat_what_it_shows_after_a_restore(
    connected: Wall, server: Server, screen: tuple[int, str]
) -> None:
    def unheard() -> bool:
        with server.database.read() as session:
            return bool(session.get_one(Screen, screen[0]).unheard_since)

    renew_epochs(server.database, at=clock.now(), why="asked")
    feeds = connected.call("hello", {})["feeds"]
    painted = {name: {"epoch": feed["epoch"], "rev": feed["rev"]} for name, feed in feeds.items()}
    assert unheard()

    # Without the programme that it is to have it may show another: it is asked once more.
    told = connected.call("heartbeat", {"feeds": painted, "painted": painted})
    version = told["programme"]["version"]
    assert unheard()
    connected.call("heartbeat", {"feeds": painted, "painted": painted, "programme": version})

    eventually(lambda: not unheard())


def test_a_wall_that_only_holds_it_has_none(
    connected: Wall, server: Server, screen: tuple[int, str], lead_id: int
) -> None:
    connected.call("hello", {})
    cause, drop = withdrawn(connected, server.database, "only held", lead_id)
    place = {"epoch": drop["epoch"], "rev": drop["rev"]}
    before = {"epoch": place["epoch"], "rev": int(str(place["rev"])) - 1}

    connected.call("heartbeat", {"feeds": {"quotes": place}, "painted": {"quotes": before}})
    later, drop = withdrawn(connected, server.database, "painted", lead_id)
    connected.say("confirm", {"feed": "quotes", "epoch": "other", "rev": drop["rev"]}, print)
    malformed: tuple[object, ...] = (
        None, 7, [], {"quotes": 7}, {"quotes": {"epoch": 1, "rev": "x"}}, {"x": before},
    )  # fmt: skip
    for painted in malformed:
        connected.call("heartbeat", {"feeds": {}, "painted": painted})
    connected.call("heartbeat", {"painted": {"quotes": before}})
    place = {"epoch": drop["epoch"], "rev": drop["rev"]}

    eventually(lambda: shown(server.database, screen[0]) == before["rev"])
    assert not {(cause, screen[0]), (later, screen[0])} & receipts(server.database).keys()
    connected.call("heartbeat", {"painted": {"quotes": place}})
    eventually(lambda: (later, screen[0]) in receipts(server.database))


def test_a_wall_that_has_its_new_programme_has_seen_it(
    connected: Wall, server: Server, screen: tuple[int, str]
) -> None:
    connected.call("hello", {})
    before = seen(server.database)
    draft = ScreenDraft("Canteen", site="Solna", locale="fi")
    change_screen(server.database, screen[0], draft, at=clock.now())
    version = connected.next("programme")["version"]
    assert seen(server.database) == before

    connected.call("hello", {"programme": version})

    eventually(lambda: {one for _, one in seen(server.database) - before} == {screen[0]})
