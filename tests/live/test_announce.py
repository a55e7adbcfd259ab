"""What commits anywhere reaches the walls that are connected."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from signage import clock
from signage.actions import decide
from signage.actions.prefer import prefer
from signage.actions.screens import (
    ScreenDraft,
    add_screen,
    change_screen,
    renew_link,
    revoke_screen,
)
from signage.models import FeedChange, Preferences
from tests.answers import hung
from tests.live.conftest import Wall, eventually
from tests.serving import Server


def next_change(wall: Wall, item: str, op: str) -> dict[str, Any]:
    """The next change of an item; those before it are passed over."""
    while True:
        said = wall.next("changes")
        for change in said["changes"]:
            if (change["item"], change["op"]) == (item, op):
                return {**change, "feed": said["feed"], "epoch": said["epoch"]}


def announced_at(server: Server, quote: int) -> datetime | None:
    with server.database.read() as session:
        return session.scalar(
            select(func.min(FeedChange.announced_at)).where(FeedChange.item == f"q{quote}")
        )


def test_what_another_process_decides_arrives(
    connected: Wall, server: Server, lead_id: int
) -> None:
    """The test's own process writes; the server hears of it by its sweep alone."""
    told = connected.call("hello", {})["feeds"]["quotes"]
    quote = hung(server.database, "one", lead=lead_id, at=clock.now(), comment="Good bread.")

    put = next_change(connected, f"q{quote}", "put")
    assert (put["feed"], put["epoch"]) == ("quotes", told["epoch"])
    assert put["rev"] == told["rev"] + 1
    assert put["body"]["pieces"] == [{"kind": "words", "text": "Good bread."}]

    decide.withdraw(server.database, quote, reason="private", user_id=lead_id, at=clock.now())
    drop = next_change(connected, f"q{quote}", "drop")
    assert (drop["rev"], "body" in drop) == (put["rev"] + 1, False)


def test_every_wall_hears_it_and_it_is_announced_once(
    connected: Wall, server: Server, lead_id: int
) -> None:
    connected.call("hello", {})
    other = Wall(server.url)
    _, key = add_screen(server.database, server.secret_key, ScreenDraft("Lobby"), at=clock.now())
    other.connect({"token": key, "protocol": 1}).call("hello", {})

    quote = hung(server.database, "two", lead=lead_id, at=clock.now())

    assert next_change(connected, f"q{quote}", "put") == next_change(other, f"q{quote}", "put")
    other.leave()
    eventually(lambda: announced_at(server, quote))
    first = announced_at(server, quote)
    later = hung(server.database, "three", lead=lead_id, at=clock.now())
    eventually(lambda: announced_at(server, later))
    assert announced_at(server, quote) == first


def test_a_wall_that_did_not_say_hello_hears_nothing(
    connected: Wall, server: Server, screen: tuple[int, str], lead_id: int
) -> None:
    other = Wall(server.url).connect({"token": screen[1], "protocol": 1})
    other.call("hello", {})

    quote = hung(server.database, "four", lead=lead_id, at=clock.now())

    next_change(other, f"q{quote}", "put")
    other.leave()
    told = connected.call("hello", {})
    assert f"q{quote}" in told["feeds"]["quotes"]["items"]


def test_a_choice_of_the_company_arrives_as_a_new_programme(
    connected: Wall, server: Server
) -> None:
    before = connected.call("hello", {})["programme"]

    prefer(server.database, Preferences(grace_seconds=0, title="Kundröster"), at=clock.now())

    after = connected.next("programme")
    assert (after["title"], after["screen"]) == ("Kundröster", before["screen"])
    assert after["version"] != before["version"]


def test_a_screen_that_is_set_up_differently_hears_it_alone(
    connected: Wall, server: Server, screen: tuple[int, str]
) -> None:
    connected.call("hello", {})

    changed = ScreenDraft("Canteen", site="Solna", locale="de", theme="paper")
    change_screen(server.database, screen[0], changed, at=clock.now())
    after = connected.next("programme")
    assert (after["locale"], after["theme"]) == ("de", "paper")

    change_screen(server.database, screen[0], replace(changed, name="Lobby"), at=clock.now())
    assert connected.next("programme")["screen"]["name"] == "Lobby"


def test_a_revoked_wall_is_told_and_cut_off(
    connected: Wall, server: Server, screen: tuple[int, str]
) -> None:
    connected.call("hello", {})

    revoke_screen(server.database, screen[0], at=clock.now())

    assert connected.next("bye") == {"reason": "revoked"}
    connected.next("disconnect")


def test_a_revoked_wall_that_never_said_hello_is_cut_off_too(
    connected: Wall, server: Server, screen: tuple[int, str]
) -> None:
    revoke_screen(server.database, screen[0], at=clock.now())

    assert connected.next("bye") == {"reason": "revoked"}
    connected.next("disconnect")


def test_a_new_link_cuts_off_who_came_by_the_old_one(
    connected: Wall, server: Server, screen: tuple[int, str]
) -> None:
    connected.call("hello", {})

    key = renew_link(server.database, server.secret_key, screen[0], at=clock.now())

    assert connected.next("bye") == {"reason": "revoked"}
    connected.next("disconnect")
    again = Wall(server.url).connect({"token": key, "protocol": 1})
    assert again.call("hello", {})["programme"]["screen"]["id"] == screen[0]
    again.leave()


def test_what_a_crash_left_unannounced_is_announced_after_it(
    server: Server, screen: tuple[int, str], lead_id: int
) -> None:
    server.kill()
    quote = hung(server.database, "crash", lead=lead_id, at=clock.now())
    assert announced_at(server, quote) is None

    server.start()

    wall = Wall(server.url).connect({"token": screen[1], "protocol": 1})
    assert f"q{quote}" in wall.call("hello", {})["feeds"]["quotes"]["items"]
    wall.leave()
    eventually(lambda: announced_at(server, quote))
