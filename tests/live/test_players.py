"""Players of paired screens: renewed tokens, and two players with one token."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from signage import clock
from signage.actions import devices
from signage.actions.devices import RENEW, Heard
from signage.actions.pairings import begin, claim, pair_again, pair_new
from signage.actions.screens import ScreenDraft, let_in, linked, revoke_screen
from signage.core.pairing import Looks
from signage.core.tokens import token_hash
from signage.errors import NotFound, Refused
from signage.live.players import LAST_WORDS, Players
from signage.live.presence import Presence
from signage.models import Database, Device, Screen
from tests.live.conftest import Wall, eventually
from tests.serving import Server

SECRET = "k" * 32
ONE, TWO = "one-" * 3, "two-" * 3


def paired(
    database: Database, secret_key: str, lead: int, at: datetime, name: str = "Lobby"
) -> tuple[int, str]:
    """A paired screen, and its token."""
    begun = begin(database, Looks(1920, 1080), at=at)
    screen = pair_new(database, begun.code, ScreenDraft(name), user_id=lead, at=at)
    token = claim(database, secret_key, begun.secret, at=at)
    assert token is not None
    return screen, token


class House:
    """One process with players, a clock that is set by hand, and what was told."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.seconds = 0.0
        self.told: list[tuple[str, Any, str]] = []
        self.presence = Presence(database)
        self.cut: list[str] = []
        self.presence.on_cut(self._gone)
        self.players = Players(database, SECRET, self._emit, lambda: self.seconds)
        self.presence.on_chosen(self.players.renew)
        self.presence.keep_current(self._emit)

    def comes(self, sid: str, token: str, page: str, *, written: bool = True) -> None:
        screen_id = linked(SECRET, token)
        with self.database.read() as session:
            screen, device = session.get(Screen, screen_id), session.get(Device, screen_id)
            admission = let_in(screen, device, token, page)
        self.presence.add(sid, admission.screen, admission.by, page)
        looks = Looks(800, 600, network="10.0.0.x")
        self.players.came(sid, admission, Heard(page, looks, admission.era))
        if written:
            self.players.look()

    def goes(self, sid: str) -> None:
        self.presence.remove(sid)
        self.players.went(sid)

    def speaks(self, *sids: str, after: float = 0.0) -> None:
        self.seconds += after
        for sid in sids:
            self.players.spoke(sid)
        self.players.look()

    def follows(self) -> None:
        self.presence.keep_current(self._emit)
        self.players.look()

    def device(self, screen: int) -> Device:
        with self.database.read() as session:
            return session.get_one(Device, screen)

    def _emit(self, name: str, message: dict[str, Any], sid: str) -> None:
        self.told.append((name, message, sid))

    def _gone(self, sid: str) -> None:
        self.cut.append(sid)
        self.players.went(sid)


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


def test_a_token_is_renewed_once_it_is_old_and_the_new_one_used(house: House, lead: int) -> None:
    screen, old = paired(house.database, SECRET, lead, clock.now() - RENEW * 2)
    house.comes("a", old, ONE)
    house.speaks("a")
    house.speaks("a")

    [(name, told, sid)] = house.told
    assert (name, sid) == ("token", "a")
    house.goes("a")
    house.comes("b", told["token"], TWO)
    assert house.device(screen).token_hash == token_hash(told["token"])
    with pytest.raises(Refused, match="revoked"):
        house.comes("c", old, ONE)
    house.speaks("b")
    assert len(house.told) == 1


def test_after_a_restore_the_token_of_before_lets_in_and_another_is_given(
    house: House, lead: int
) -> None:
    screen, old = paired(house.database, SECRET, lead, clock.now() - RENEW * 2)
    backup = house.device(screen)
    house.comes("a", old, ONE)
    house.speaks("a")
    new = house.told[0][1]["token"]
    house.goes("a")
    house.comes("b", new, TWO)
    house.goes("b")
    with house.database.write() as session:
        device = session.get_one(Device, screen)
        device.token_hash, device.issued_at = backup.token_hash, backup.issued_at

    with pytest.raises(Refused, match="unknown"):
        house.comes("c", new, TWO)
    house.comes("c", old, TWO)
    house.speaks("c")

    given = house.told[1][1]["token"]
    assert given != new
    house.goes("c")
    house.comes("d", given, TWO)
    assert house.device(screen).token_hash == token_hash(given)
    with pytest.raises(Refused, match="revoked"):
        house.comes("e", old, TWO)


def test_what_an_old_device_did_and_is_written_late_is_not_the_new_ones(
    house: House, lead: int
) -> None:
    at = clock.now()
    screen, old = paired(house.database, SECRET, lead, at - RENEW * 2)
    house.comes("a", old, ONE, written=False)
    house.players.spoke("a")  # its token is old: it is due for another
    begun = begin(house.database, Looks(1920, 1080), at=at)
    pair_again(house.database, begun.code, screen, user_id=lead, at=at)
    house.players.look()

    assert house.told == []
    new = claim(house.database, SECRET, begun.secret, at=at)
    assert new is not None
    assert house.device(screen).page == ""
    assert house.device(screen).next_hash is None
    house.follows()
    assert house.cut == ["a"]
    house.comes("b", new, TWO)
    assert house.device(screen).page == TWO
    with pytest.raises(NotFound):  # it is used up
        claim(house.database, SECRET, begun.secret, at=at)


def test_a_device_that_is_revoked_is_cut_off_although_its_screen_is_paired_in_the_same_second(
    house: House, lead: int
) -> None:
    at = clock.now()
    screen, old = paired(house.database, SECRET, lead, at)
    house.comes("a", old, ONE)
    revoke_screen(house.database, screen, at=at)
    begun = begin(house.database, Looks(1920, 1080), at=at)
    pair_again(house.database, begun.code, screen, user_id=lead, at=at)
    house.follows()

    assert house.cut == ["a"]


def test_a_young_token_stays(house: House, lead: int) -> None:
    _, token = paired(house.database, SECRET, lead, clock.now())
    house.comes("a", token, ONE)
    house.speaks("a")

    assert house.told == []


def test_a_page_that_was_loaded_anew_is_no_second_player_however_late_its_socket_closes(
    house: House, lead: int
) -> None:
    screen, token = paired(house.database, SECRET, lead, clock.now())
    house.comes("a", token, ONE)
    house.speaks("a")
    house.comes("b", token, TWO)
    house.speaks("a", after=1)  # still on its way when the page went
    house.speaks("b", after=LAST_WORDS * 3)
    assert house.presence.connected() == {screen: 2}

    house.goes("a")

    assert house.device(screen).other_page == ""
    assert house.presence.connected() == {screen: 1}


def test_a_player_that_comes_back_by_another_socket_is_the_same(house: House, lead: int) -> None:
    screen, token = paired(house.database, SECRET, lead, clock.now())
    house.comes("a", token, ONE)
    house.comes("b", token, ONE)
    house.speaks("a", "b", after=LAST_WORDS * 3)

    assert house.device(screen).other_page == ""


@pytest.mark.both
def test_two_that_speak_with_one_token_are_seen_and_settled(house: House, lead: int) -> None:
    screen, token = paired(house.database, SECRET, lead, clock.now())
    house.comes("a", token, ONE)
    house.comes("b", token, TWO)
    house.speaks("a", "b", after=LAST_WORDS)
    device = house.device(screen)
    assert (device.page, device.other_page) == (TWO, ONE)
    assert device.other_looks["network"] == "10.0.0.x"

    devices.settle(house.database, screen, ONE, user_id=lead, at=clock.now())
    house.follows()

    assert house.cut == ["b"]
    assert [(name, sid) for name, _, sid in house.told] == [("bye", "b"), ("token", "a")]
    with pytest.raises(Refused, match="revoked"):
        house.comes("b2", token, TWO)
    house.comes("a2", house.told[1][1]["token"], ONE)
    assert house.device(screen).only_page == ""


@pytest.mark.both
@pytest.mark.parametrize("is_there", [True, False])
def test_a_token_of_before_the_settling_lets_nobody_in(
    house: House, lead: int, *, is_there: bool
) -> None:
    at = clock.now()
    screen, old = paired(house.database, SECRET, lead, at - RENEW * 2)
    house.comes("a", old, ONE)
    house.comes("b", old, TWO)
    house.speaks("a", "b", after=LAST_WORDS)
    tokens = {sid: told["token"] for name, told, sid in house.told if name == "token"}
    assert tokens["a"] == tokens["b"]
    house.speaks("a")
    if not is_there:
        house.goes("a")

    devices.settle(house.database, screen, ONE, user_id=lead, at=at)

    for page in (TWO, "three", ONE):  # also before that was told on
        with pytest.raises(Refused, match="unknown"):
            house.comes("c", tokens["b"], page)
    house.follows()
    with pytest.raises(Refused, match="unknown"):
        house.comes("b2", tokens["b"], TWO)
    with pytest.raises(Refused, match="revoked"):
        house.comes("b2", old, TWO)
    house.comes("a2", old, ONE)
    name, told, sid = house.told[-1]
    assert (name, sid) == ("token", "a2")
    house.comes("a3", told["token"], "four")
    assert house.device(screen).token_hash == token_hash(told["token"])
    with pytest.raises(Refused, match="revoked"):
        house.comes("b3", tokens["b"], TWO)


def test_two_of_different_processes_are_seen_too(house: House, lead: int) -> None:
    other = House(house.database)
    screen, token = paired(house.database, SECRET, lead, clock.now())
    house.comes("a", token, ONE)
    other.comes("b", token, TWO)
    house.speaks()
    house.speaks("a", after=LAST_WORDS)
    other.speaks("b")

    assert house.device(screen).other_page == ONE


def test_a_link_in_use_elsewhere_is_no_second_player(house: House, lead: int) -> None:
    screen, token = paired(house.database, SECRET, lead, clock.now())
    house.comes("a", token, ONE)
    with house.database.read() as session:
        house.presence.add("link", session.get_one(Screen, screen))
    house.speaks("a", "link", after=LAST_WORDS * 2)

    assert house.device(screen).other_page == ""


@pytest.fixture
def second(server: Server) -> Iterator[Wall]:
    made = Wall(server.url)
    yield made
    made.leave()


def test_a_paired_wall_is_told_and_cut_off_when_it_is_revoked(
    server: Server, lead_id: int, wall: Wall, second: Wall
) -> None:
    screen, token = paired(
        server.database, server.secret_key, lead_id, clock.now() - timedelta(days=2)
    )
    looks = {"width": 1920, "height": 1080, "ratio": 1}
    said = {"token": token, "protocol": 1, "page": ONE, "looks": looks}
    wall.connect(said)
    assert (
        wall.call("hello", {"feeds": {}, "programme": None})["programme"]["screen"]["id"] == screen
    )
    renewed = wall.next("token")["token"]
    second.connect({**said, "token": renewed, "page": TWO})

    def came() -> bool:
        with server.database.read() as session:
            return session.get_one(Device, screen).page == TWO

    eventually(came)
    revoke_screen(server.database, screen, at=clock.now())

    for one in (wall, second):
        assert one.next("bye") == {"reason": "revoked"}
        assert one.next("disconnect")
