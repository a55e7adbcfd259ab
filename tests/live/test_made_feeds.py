"""Of a feed that was made at the desk a wall is told where its playlists name it."""

from collections.abc import Iterator
from typing import Any

import pytest

from signage import clock
from signage.actions import plans
from signage.actions.feeds import delete_feed
from signage.core.plan import NO_GROUP, Entry
from tests.answers import hung, items
from tests.feeding import made
from tests.live.conftest import Wall
from tests.planning import digest, publish
from tests.serving import Server

SEGMENT = "Of one feed alone"


@pytest.fixture
def own(server: Server, lead_id: int) -> Iterator[str]:
    """A feed that is for these tests alone, and in no playlist once they are over."""
    yield f"f{made(server.database, lead_id, clock.now(), segments=(SEGMENT,))}"
    plans.set_default(server.database, NO_GROUP, "", at=clock.now())
    publish(server.database, at=clock.now())


def test_it_hears_of_a_feed_once_a_playlist_names_it(
    connected: Wall, server: Server, lead_id: int, own: str
) -> None:
    database, now = server.database, clock.now
    assert own not in says(connected)["feeds"]

    playlist = plans.add_playlist(database, own, like=plans.BUILT_IN, at=now())
    entry = Entry("quote", own)
    plans.set_entry(database, playlist, None, entry, seen=digest(database, playlist), at=now())
    plans.set_default(database, NO_GROUP, playlist, at=now())
    publish(database, at=now())

    assert any(each["feed"] == own for each in connected.next("programme")["playlist"])
    told = says(connected)["feeds"][own]
    assert (told["kind"], set(told["items"])) == ("quotes", {"turns"})
    quote = hung(database, own, lead=lead_id, at=now(), segment=SEGMENT, comment="Heard.")
    assert put_in(connected, own)["body"] == items(database, own)[f"q{quote}"]
    delete_feed(database, int(own[1:]), user_id=lead_id, at=now())
    assert says(connected)["feeds"][own]["items"] == {}


def says(wall: Wall) -> dict[str, Any]:
    """The answer to a hello of a wall that has nothing."""
    answer: dict[str, Any] = wall.call("hello", {"feeds": {}, "programme": None})
    return answer


def put_in(wall: Wall, feed: str) -> dict[str, Any]:
    """The next put of a quote in this feed."""
    while True:
        told = wall.next("changes")
        for change in told["changes"] if told["feed"] == feed else ():
            if change["op"] == "put" and change["item"].startswith("q"):
                return dict(change)
