"""Commands reach screens that are there at once, and others with their hello; done once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from signage import clock
from signage.actions.commands import command
from signage.actions.notice_draft import NoticeDraft
from signage.actions.notices import end_notice, write_notice
from signage.actions.screens import ScreenDraft, add_screen, revoke_screen
from signage.core.targets import Targets
from signage.models import Command
from tests.live.conftest import Wall, eventually
from tests.serving import Server

HELLO: dict[str, Any] = {"feeds": {}, "programme": None}
WALLS = 12


def outcome(server: Server, id_: int) -> str | None:
    with server.database.read() as session:
        return session.get_one(Command, id_).outcome


def test_a_screen_that_is_there_is_told_at_once_and_says_what_became_of_it(
    server: Server, connected: Wall, screen: tuple[int, str], lead_id: int
) -> None:
    connected.call("hello", HELLO)
    id_ = command(server.database, screen[0], "identify", user_id=lead_id, at=clock.now())
    told = connected.next("command")
    assert (told["id"], told["what"]) == (id_, "identify")
    eventually(lambda: connected.call("hello", HELLO).get("commands") == [told])

    connected.say("outcome", {"id": id_ + 99, "outcome": "done"}, lambda: None)
    connected.say("outcome", {"id": id_, "outcome": "done", "detail": ""}, lambda: None)
    eventually(lambda: outcome(server, id_) == "done")
    eventually(lambda: "commands" not in connected.call("hello", HELLO))


def test_a_screen_that_comes_in_time_is_told_with_its_hello(
    server: Server, wall: Wall, screen: tuple[int, str], lead_id: int
) -> None:
    id_ = command(server.database, screen[0], "reload", user_id=lead_id, at=clock.now())
    wall.connect({"token": screen[1], "protocol": 1})
    eventually(
        lambda: [each["id"] for each in wall.call("hello", HELLO).get("commands", [])] == [id_]
    )


def test_another_screen_s_command_is_neither_told_nor_settled(
    server: Server, connected: Wall, lead_id: int
) -> None:
    other, _ = add_screen(server.database, server.secret_key, ScreenDraft("Other"), at=clock.now())
    id_ = command(server.database, other, "identify", user_id=lead_id, at=clock.now())
    connected.say("outcome", {"id": id_, "outcome": "done"}, lambda: None)
    assert "commands" not in connected.call("hello", HELLO)
    assert outcome(server, id_) is None


def test_all_who_come_back_at_once_are_told_of_the_takeover_that_is_on(
    server: Server, lead_id: int
) -> None:
    now = clock.now()
    some = Targets(groups=frozenset({0}))
    over = NoticeDraft("Leave", "", now, now + timedelta(minutes=5), takes_over=True, targets=some)
    notice = write_notice(server.database, over, user_id=lead_id, at=now)
    item = f"n{notice.id}"
    with walls(server) as came:
        for wall in came:
            told = wall.call("hello", HELLO)["feeds"]["notices"]["items"][item]
            assert (told["for"], told["takes_over"]) == ({"groups": [0], "screens": []}, True)
        end_notice(server.database, notice.id, user_id=lead_id, at=clock.now())
        for wall in came:
            told = wall.next("changes")
            while item not in [each["item"] for each in told["changes"]]:
                told = wall.next("changes")
            assert told["changes"][-1]["op"] == "drop"


def test_one_whose_link_ended_is_told_nothing_more(
    server: Server, connected: Wall, screen: tuple[int, str]
) -> None:
    connected.call("hello", HELLO)
    revoke_screen(server.database, screen[0], at=clock.now())
    assert connected.next("bye") == {"reason": "revoked"}


def told(wall: Wall) -> list[int]:
    return [each["id"] for each in wall.call("hello", HELLO).get("commands", [])]


@contextmanager
def walls(server: Server) -> Iterator[list[Wall]]:
    """Many of one screen, connected one after the other, as fast as they can be."""
    made = add_screen(server.database, server.secret_key, ScreenDraft("Many"), at=clock.now())
    came = [Wall(server.url) for _ in range(WALLS)]
    try:
        for wall in came:
            wall.connect({"token": made[1], "protocol": 1})
        yield came
    finally:
        for wall in came:
            wall.leave()
